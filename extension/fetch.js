"use strict";
// Reads one of the worker's own status pages when a page of ours says so: one plain GET of the site's JSON with the
// worker's own sign-in. What the recipe names goes back, and nothing else; when and what, the core says.

/** The core gives an answer up after the same time. */
var WL_FETCH_MS = 60_000;
/** What was picked must fit into a message, in bytes. */
var WL_MAX_PICKED = 900_000;

/** @param {() => string | undefined} account as this page names it @param {AbortSignal} signal when we leave the page */
function wagelightFetch(account, signal) {
  const came_ms = Math.round(performance.timeOrigin);

  /** The text of an answer; nothing where it is longer than any page. @param {Response} response */
  async function text(response) {
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (let size = 0; reader; ) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > WL_MAX_ANSWER) return void reader.cancel().catch(() => {});
      text += decoder.decode(value, { stream: true });
    }
    return text + decoder.decode();
  }

  /** @param {{number: number, path: string, page: any}} order */
  async function read({ number, path, page }) {
    try {
      const url = new URL(path, location.origin);
      if (url.origin !== location.origin) throw new Error("another site");
      const stop = AbortSignal.any([signal, AbortSignal.timeout(WL_FETCH_MS)]);
      const response = await fetch(url.href, { credentials: "include", redirect: "manual", cache: "no-store", signal: stop });
      const redirected = response.type === "opaqueredirect" || response.redirected;
      const whole = redirected ? "" : await text(response);
      const picked = whole === undefined ? "too_large" : WagelightCollect.answer(whole, page);
      const body = new TextEncoder().encode(JSON.stringify(picked)).length > WL_MAX_PICKED ? "too_large" : picked;
      const retry_after = response.headers.get("retry-after");
      return { number, account: account(), status: response.status, url: response.url || url.href, redirected, retry_after, body };
    } catch {
      return { number }; // No answer: no network, too slow, or the page is being left.
    }
  }

  chrome.runtime.onMessage.addListener((message, sender, answer) => {
    // One of our own pages; never the site's.
    if (!sender.url?.startsWith(chrome.runtime.getURL("")) || signal.aborted) return false;
    if (message.t === "whose") return void answer({ came_ms, account: account() });
    if (message.t !== "fetch") return false;
    void read(message).then(answer);
    return true;
  });
}
