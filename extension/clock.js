"use strict";
// What happens on a page of the site, for the working-time clock: that it is there and has the focus,
// and that somebody is. Of keys and pointers only that there was one; nothing is read of what is
// typed. Draws what the background answers, in a corner that covers no control.

/** At most one sign of life goes to the background in so long. */
var WL_SIGN_MS = 10_000;
/** How often a page that is shown looks whether it has the focus, and the clock on it ticks. */
var WL_LOOK_MS = 1_000;

/**
 * @param {ReturnType<typeof wagelightOverlay>} overlay
 * @param {() => string | undefined} account
 */
function wagelightClock(overlay, account) {
  const owner = new AbortController();
  const { signal } = owner;
  /** What was told last. @type {Record<string, boolean>} */
  let told = {};
  let signed = false;
  let signedAt = 0;
  let timer = 0;
  let again = 0;
  /** Texts of the drawing, one a second since the answer. @type {{tree: any, says: string[], at: number} | null} */
  let shown = null;
  /** Asks are answered in order; a later answer is the newer one. */
  let asked = 0;

  /** @param {string[]} events @param {string} [act] what was pressed on our drawing */
  async function tell(events, act) {
    if (signal.aborted) return;
    const number = ++asked;
    clearTimeout(again);
    const ask = { ask: "clock", address: location.host + location.pathname, events, act };
    /** @type {any} */
    let answer = null;
    try {
      answer = await chrome.runtime.sendMessage({ t: "ask", ask, account: account() });
    } catch {
      if (!chrome.runtime?.id) return end(); // The extension was updated or removed under this page.
    }
    if (answer?.is === "clock" && !answer.on) return end();
    if (number !== asked || signal.aborted) return;
    shown = answer?.tree ? { tree: answer.tree, says: answer.says, at: Date.now() } : null;
    overlay.showClock(shown?.tree, answer?.css, (act) => void tell(["sign"], act));
    if (answer?.again_ms && !document.hidden) again = setTimeout(() => void tell([]), answer.again_ms);
  }

  /** What is other than it was told. @param {string[]} events that are told in any case, before */
  function look(events = []) {
    const has = document.hasFocus() && !document.hidden;
    const now = { focused: has, framed: document.activeElement instanceof HTMLIFrameElement };
    signed ||= has && navigator.userActivation.isActive;
    if (told["focused"] !== now.focused) events.push(now.focused ? "focused" : "unfocused");
    if ((told["framed"] ?? false) !== now.framed) events.push(now.framed ? "framed" : "unframed");
    if (signed && Date.now() - signedAt >= WL_SIGN_MS) events.push("sign");
    told = now;
    if (events.includes("sign")) [signed, signedAt] = [false, Date.now()];
    if (events.length > 0) void tell(events);
    else tick();
  }

  function tick() {
    const { tree, says = [], at = 0 } = shown ?? {};
    const text = says[Math.min(Math.floor((Date.now() - at) / 1_000), says.length - 1)];
    if (text === undefined) return;
    tree.n[0].x = text;
    overlay.showClock(tree);
  }

  /** A page that is not shown has nothing to look at; the background hears what the worker has in front instead. */
  function watch(events = /** @type {string[]} */ ([])) {
    clearInterval(timer);
    look(events);
    if (!document.hidden) timer = setInterval(() => look(), WL_LOOK_MS);
  }

  function begin() {
    told = {};
    watch(["shown"]);
  }

  function end() {
    clearInterval(timer);
    clearTimeout(again);
    overlay.showClock(null);
    owner.abort();
  }

  for (const type of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
    addEventListener(type, ({ isTrusted }) => void (signed ||= isTrusted), { capture: true, passive: true, signal });
  }
  document.addEventListener("visibilitychange", () => watch(), { signal });
  addEventListener("pagehide", () => void tell(["left"]), { signal });
  addEventListener("pageshow", ({ persisted }) => persisted && begin(), { signal });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { signal });
  else begin();
  return { end };
}
