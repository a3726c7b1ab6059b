"use strict";
// What happens on a page of the site, for the working-time clock: that it is there and has the focus,
// and that somebody is. Of keys and pointers only that there was one; nothing is read of what is
// typed. Has drawn what the background answers.

/** At most one sign of life goes to the background in so long. */
var WL_SIGN_MS = 10_000;
/** How often a page that is shown looks whether it has the focus; its clock ticks as often. */
var WL_LOOK_MS = 1_000;

/**
 * @param {ReturnType<typeof wagelightOverlay>} overlay
 * @param {ReturnType<typeof wagelightHost>} host whose port, when it is cut, tells that the page has gone
 */
function wagelightClock(overlay, host) {
  const owner = new AbortController();
  const { signal } = owner;
  /** How the page stood when it was told last. @type {{who?: string | undefined, focused?: boolean, framed?: boolean} | null} */
  let told = null;
  /** What could not be told: the background was ended on the way. @type {string[]} */
  let untold = [];
  let signed = false;
  let signedAt = 0;
  let timer = 0;
  let again = 0;
  let asked = 0;
  /** The page is not shown any more, but may come back. */
  let left = false;
  /** What is drawn, and its texts, one a second since the answer. @type {{tree: any, says: string[], at: number} | null} */
  let shown = null;

  /** @param {string[]} happened @param {string} [act] what was pressed on our drawing */
  async function tell(happened, act) {
    if (left) return;
    host.stay();
    const number = ++asked;
    const events = [...untold, ...happened];
    untold = [];
    clearTimeout(again);
    const ask = { ask: "clock", address: location.host + location.pathname, events, act };
    // Asked of an extension that is gone it throws at once.
    const send = async () => chrome.runtime.sendMessage({ t: "ask", ask, account: host.account() });
    const answer = await send().catch(() => null);
    if (signal.aborted) return;
    // The extension is gone from under this page, or the site is switched off.
    if (!chrome.runtime?.id || answer?.on === false) return end();
    if (!answer) untold.unshift(...events);
    if (number !== asked) return;
    shown = answer?.tree ? { tree: answer.tree, says: answer.says, at: Date.now() } : null;
    overlay.showClock(shown?.tree, answer?.css, (press) => void tell(["sign"], press));
    const again_ms = answer ? answer.again_ms : WL_LOOK_MS;
    if (again_ms && !document.hidden) again = setTimeout(() => void tell([]), again_ms);
  }

  /** What is other than it was told, and whether somebody is here. */
  function look() {
    const events = [];
    const who = host.account(); // Known a moment after the page is there.
    const focused = !document.hidden && document.hasFocus();
    const framed = document.activeElement instanceof HTMLIFrameElement;
    signed ||= focused && navigator.userActivation.isActive;
    const fresh = !told || told.who !== who;
    if (fresh) events.push("shown");
    if (fresh || told?.focused !== focused) events.push(focused ? "focused" : "unfocused");
    if (fresh || told?.framed !== framed) events.push(framed ? "framed" : "unframed");
    told = { who, focused, framed };
    if (signed && Date.now() - signedAt >= WL_SIGN_MS) {
      events.push("sign");
      [signed, signedAt] = [false, Date.now()];
    }
    if (events.length > 0) return void tell(events);
    const text = shown?.says[Math.floor((Date.now() - shown.at) / WL_LOOK_MS)];
    if (!shown || !text) return;
    const [first, ...rest] = shown.tree.n;
    overlay.showClock({ ...shown.tree, n: [{ ...first, x: text }, ...rest] });
  }

  /** A page that is not shown has nothing to look at: the background hears what the worker has in front instead. */
  function watch() {
    clearInterval(timer);
    look();
    if (!document.hidden) timer = setInterval(look, WL_LOOK_MS);
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
  document.addEventListener("visibilitychange", watch, { signal });
  addEventListener("pagehide", () => void (left = true), { signal });
  addEventListener("pageshow", ({ persisted }) => {
    left = false;
    if (persisted) told = null;
    watch();
  }, { signal });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch, { signal });
  else watch();
  return { end };
}
