"use strict";
// Where the core runs: in this content script where the page lets wasm compile, otherwise in
// the background. Either way events go in, effects come out, and asks go to the background.

/** The shortest module there is: whether it compiles is all we want to know. */
var WL_PROBE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

/**
 * @param {(effects: any[]) => void} apply what the core wants done
 * @param {() => void} restart a fresh core needs the page anew
 * @param {(why: "lost" | "panicked") => void} leave the page is left alone from now on
 */
function wagelightHost(apply, restart, leave) {
  /** @type {chrome.runtime.Port | null} */
  let port = null;
  /** @type {import("./core.js").Core | null} */
  let core = null;
  /** @type {WebAssembly.Module | null} */
  let module = null;
  let remote = !canCompile();
  let ready = remote;
  let panics = 0;
  let over = false;
  /** Events from before the core was there. @type {object[]} */
  let early = [];
  /** Asks without an answer: asked again when the background comes back. @type {Map<number, object>} */
  const asks = new Map();

  function canCompile() {
    try {
      return new WebAssembly.Module(WL_PROBE) instanceof WebAssembly.Module;
    } catch {
      return false; // The page's own policy forbids it; Chromium applies that to us too.
    }
  }

  /** @param {"lost" | "panicked"} why */
  function end(why) {
    if (over) return;
    over = true;
    early = [];
    port?.disconnect();
    leave(why);
  }

  function connect() {
    if (port || over) return port;
    try {
      port = chrome.runtime.connect({ name: "page" });
    } catch {
      end("lost"); // The extension was updated or removed under this page.
      return null;
    }
    port.onMessage.addListener(heard);
    port.onDisconnect.addListener(() => {
      void chrome.runtime.lastError; // Read, or the browser complains.
      port = null;
      if (!chrome.runtime?.id) return end("lost");
      // The background went to sleep. A remote core went with it and is rebuilt when needed.
      if (remote) ready = false;
      if (asks.size > 0 || (!remote && !core)) setTimeout(connectAgain, 0);
    });
    return port;
  }

  function connectAgain() {
    if (!connect()) return;
    if (!remote && !core) tell({ t: "core" });
    for (const [id, ask] of asks) tell({ t: "ask", id, ask });
  }

  /** @param {object} message */
  function tell(message) {
    try {
      connect()?.postMessage(message);
    } catch {
      port = null;
      if (chrome.runtime?.id) connect()?.postMessage(message);
      else end("lost");
    }
  }

  /** @param {any} message */
  async function heard(message) {
    if (over) return;
    if (message.t === "answer") {
      if (asks.delete(message.id)) send({ answer: { id: message.id, answer: message.answer } });
    } else if (message.t === "effects") {
      apply(JSON.parse(message.effects));
    } else if (message.t === "panicked") {
      panicked("in the background");
    } else if (message.t === "core" && !module) {
      await compile(message.wasm);
    }
  }

  /** @param {string} base64 */
  async function compile(base64) {
    try {
      module = await WebAssembly.compile(Uint8Array.fromBase64(base64));
      await fresh();
    } catch {
      remote = true; // A policy that came by meta tag, after the probe.
    }
    if (remote) flush();
  }

  async function fresh() {
    if (!module) return;
    core = await WagelightCore.instantiate(module);
    core.warm();
    flush();
  }

  function flush() {
    ready = true;
    const events = early;
    early = [];
    for (const event of events) deliver(event);
  }

  /** @param {unknown} error */
  function panicked(error) {
    panics += 1;
    core = null;
    ready = remote;
    early = [];
    asks.clear();
    console.warn(`Wagelight failed on this page${panics > 1 ? " twice and leaves it alone" : " and starts anew"}:`, String(error));
    if (panics > 1) return end("panicked");
    if (remote) restart();
    else void fresh().then(restart);
  }

  /** @param {object} event */
  function deliver(event) {
    const text = JSON.stringify({ now_ms: Date.now(), event });
    if (remote) return tell({ t: "event", event: text });
    let effects;
    try {
      effects = core?.handle(text);
    } catch (error) {
      return panicked(error);
    }
    if (effects) apply(JSON.parse(effects));
  }

  /** @param {object} event */
  function send(event) {
    if (over) return;
    if (ready) return deliver(event);
    if (remote && !port && !("start" in event)) {
      // The remote core is gone: the page is told from the start, this event comes after it.
      ready = true;
      restart();
      return deliver(event);
    }
    early.push(event);
  }

  connect();
  if (!remote) tell({ t: "core" });

  return {
    send,
    /** @param {number} id @param {object} ask */
    ask(id, ask) {
      asks.set(id, ask);
      tell({ t: "ask", id, ask });
    },
    end,
  };
}
