// The background: wakes the core and answers pages.
import "./core.js";

/** @type {Promise<string> | undefined} */
let bytes;
const wasm = () => (bytes ??= fetch(chrome.runtime.getURL("content.wasm")).then(async (r) => new Uint8Array(await r.arrayBuffer()).toBase64()));
/** @type {Promise<WebAssembly.Module> | undefined} */
let module;
const compiled = () => (module ??= fetch(chrome.runtime.getURL("content.wasm")).then(async (r) => WebAssembly.compile(await r.arrayBuffer())));

chrome.runtime.onConnect.addListener((port) => {
  /** @type {Promise<any> | undefined} */
  let core;
  port.onMessage.addListener(async (/** @type {any} */ m) => {
    if (m.t === "core") port.postMessage({ t: "core", wasm: await wasm() });
    if (m.t === "ask") port.postMessage({ t: "answer", id: m.id, answer: m.ask.hello ? { hello: { settings: {}, on: true, blocked: {} } } : m.ask.facts ? { facts: { rows: [] } } : { refused: { why: "not yet" } } });
    if (m.t === "event") {
      core ??= compiled().then((/** @type {any} */ x) => globalThis["WagelightCore"].instantiate(x));
      port.postMessage({ t: "effects", effects: (await core).handle(m.event) });
    }
  });
});
