"use strict";
// Where the core runs: in this content script where the page lets wasm compile, otherwise in
// the background. Either way events go in, effects come out, and asks go to the background.

/** The shortest module there is: whether it compiles is all we want to know. */
var WL_PROBE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
/** More than a page tells in a day of work. */
var WL_MOST_UNSAVED = 100;
/** A disk may have room again without any word of it. */
var WL_RETRY_MS = 60_000;

/**
 * @param {(effects: any[]) => void} apply what the core wants done
 * @param {() => void} restart a fresh core needs the page from its beginning
 * @param {(why: "lost" | "panicked") => void} leave the page is left alone from now on
 * @param {() => boolean} waits whether somebody waits for an answer of the core
 */
function wagelightHost(apply, restart, leave, waits) {
  /** @type {chrome.runtime.Port | null} */
  let port = null;
  /** @type {Core | null} */
  let core = null;
  /** @type {WebAssembly.Module | null} */
  let module = null;
  let remote = !canCompile();
  /** The core knows this page: it was told its start and did not die since. */
  let alive = false;
  /** The core has seen all rows there are: the worker's events make sense to it. */
  let caughtUp = false;
  let panics = 0;
  let over = false;
  /** The page is not shown any more, but may come back. */
  let asleep = false;
  /** What the page said before the core was there. @type {object[]} */
  let early = [];
  /** What the worker did before the core had caught up. @type {(object | string)[]} */
  let waiting = [];
  /** Which core asked: a later one knows nothing of earlier asks. */
  let generation = 0;
  let nextAsk = 1;
  /** Asks without an answer, or told and not on disk yet: `say` is why. Asked again when the background comes back. @type {Map<number, {ask: object, id: number, generation: number, say?: string}>} */
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
    leave(why);
    try {
      port?.disconnect();
    } catch {
      // It went with the extension.
    }
  }

  function connect() {
    if (port || over || asleep) return port;
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
      // Chromium may cut the port a moment before it takes the extension away.
      setTimeout(() => chrome.runtime?.id || end("lost"), 500);
      if (remote) forget(); // The background went to sleep, and the core with it.
      // What was answered, and is not saved, does not wake it at once: it may have died of the same thing.
      if (asks.size > unsaved().length || (!remote && !module)) setTimeout(askAgain, 0);
      if (remote && waits()) setTimeout(() => over || asleep || alive || restart(), 0);
    });
    return port;
  }

  function forget() {
    alive = caughtUp = false;
    generation += 1;
  }

  function askAgain() {
    if (!remote && !module) tell({ t: "core" });
    for (const [id, { ask }] of asks) put(id, ask);
  }

  /** @param {number} id @param {object} ask */
  function put(id, ask) {
    tell({ t: "ask", id, ask, account: self.account() });
  }

  /** @param {object} message */
  function tell(message) {
    try {
      connect()?.postMessage(message);
    } catch {
      port = null; // It died a moment ago, its event is still on the way.
      if (remote) forget();
      connect()?.postMessage(message);
    }
  }

  /** @param {any} message */
  function heard(message) {
    if (over) return;
    if (message.t === "answer") {
      const asked = asks.get(message.id);
      if (asked && message.answer.is === "unsaved") {
        asked.say = message.answer.say;
        return tellUnsaved();
      }
      asks.delete(message.id);
      if (asked?.say !== undefined) tellUnsaved();
      if (asked?.generation === generation) feed({ answer: { id: asked.id, answer: message.answer } });
    } else if (message.t === "effects") {
      apply(JSON.parse(message.effects));
    } else if (message.t === "panicked") {
      panicked("in the background");
    } else if (message.t === "core" && !module && !remote) {
      void compile(message.wasm);
    }
  }

  const unsaved = () => [...asks].filter(([, { say }]) => say !== undefined);

  let retry = 0;

  /** What is not on disk stays here until it is; what is beyond the bound is forgotten, the oldest first. */
  function tellUnsaved() {
    for (const [id] of unsaved().slice(0, -WL_MOST_UNSAVED)) asks.delete(id);
    const kept = unsaved();
    clearTimeout(retry);
    if (kept.length > 0) retry = setTimeout(self.again, WL_RETRY_MS);
    feed({ unsaved: { count: kept.length, say: kept.at(-1)?.[1].say ?? "" } });
  }

  /** @param {string} base64 */
  async function compile(base64) {
    try {
      module = await WebAssembly.compile(Uint8Array.fromBase64(base64));
      await fresh();
    } catch {
      remote = true; // A policy that came by meta tag, after the probe.
      flush();
    }
  }

  async function fresh() {
    if (!module) return;
    core = await WagelightCore.instantiate(module);
    core.warm();
    flush();
  }

  function flush() {
    const events = early;
    early = [];
    for (const event of events) deliver(event);
  }

  /** @param {unknown} error */
  function panicked(error) {
    panics += 1;
    core = null;
    forget();
    early = [];
    const outcome = panics > 1 ? "twice and leaves it alone" : "and starts anew";
    console.warn(`Wagelight failed on this page ${outcome}:`, String(error));
    if (panics > 1) return end("panicked");
    if (!remote) void fresh();
    restart();
  }

  /** @param {object | string} event */
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

  /** What the page shows or the background says. @param {any} event */
  function feed(event) {
    if (over) return;
    if (event.start) {
      // From here on an engine knows nothing of what was asked before.
      generation += 1;
      caughtUp = false;
      alive = true;
    }
    if (!alive) return restart(); // Which reads all of the page anew, this event's part too.
    if (remote || core) deliver(event);
    else early.push(event);
    // A core that knows nothing yet hears of it too.
    if (event.start && unsaved().length > 0) tellUnsaved();
  }

  const self = {
    feed,
    /** The worker's account as the page names it; only its keyed hash is ever kept. @type {() => string | undefined} */
    account: () => undefined,
    /** The port stands: when it is cut, the background knows that the page has gone. */
    stay: () => void connect(),
    /** The page is left, maybe for the back-forward cache: there no port may be open, and none be opened. */
    rest() {
      asleep = true;
      port?.disconnect();
      port = null;
      if (remote) forget();
    },
    /** The page is back. What was asked and not answered before is asked again. */
    wake() {
      asleep = false;
      if (!over) askAgain();
    },
    /** What the worker does; waits until the core knows the rows. @param {object | string} event */
    send(event) {
      if (over) return;
      if (caughtUp && alive) return deliver(event);
      if (!alive) restart(); // It opens the card first, in which the event may have happened.
      waiting.push(event);
    },
    /** What is not on disk yet is told again. */
    again() {
      if (over || asleep) return;
      for (const [id, { ask }] of unsaved()) put(id, ask);
    },
    /** All rows there are have been told. */
    caughtUp() {
      if (caughtUp || !alive || !(remote || core)) return;
      caughtUp = true;
      const events = waiting;
      waiting = [];
      for (const event of events) deliver(event);
    },
    /**
     * @param {number} id the core's own number
     * @param {object} ask
     * @param {string | undefined} recall where the last answer to it is remembered
     */
    ask(id, ask, recall) {
      const number = nextAsk++;
      const asked = { ask, id, generation };
      asks.set(number, asked);
      put(number, ask);
      if (!recall) return;
      void chrome.storage.local.get([recall, "settings"]).then((/** @type {any} */ { [recall]: remembered, settings }) => {
        const open = asks.has(number) && asked.generation === generation;
        // What was remembered under other settings would draw what the worker switched off.
        const holds = JSON.stringify(remembered?.settings) === JSON.stringify(settings);
        if (remembered?.answer && holds && open) feed({ answer: { id, answer: remembered.answer } });
      });
    },
  };
  connect();
  if (!remote) tell({ t: "core" });
  return self;
}
