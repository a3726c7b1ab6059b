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
    if (m.t === "ask") port.postMessage({ t: "answer", id: m.id, answer: m.ask.ask === "hello" ? { is: "hello", settings: { limits: { USD: { fair_micros: 120000, good_micros: 175000 } } }, on: true } : m.ask.ask === "facts" ? { is: "facts", rows: [] } : { is: "refused", say: "not yet" } });
    if (m.t === "event") {
      core ??= compiled().then((/** @type {any} */ x) => globalThis["WagelightCore"].instantiate(x));
      port.postMessage({ t: "effects", effects: (await core).handle(m.event) });
    }
  });
});
