"use strict";
// Picks what a page says of the worker's own work, and hears when a task is handed in, given back
// or has run out. What any of it means, the core says.

/** More rows than any page of a site's own lists. */
var WL_MAX_ROWS = 3_000;
/** A browser's timer runs out at once beyond this. */
var WL_LONGEST_TIMER_MS = 2_147_483_647;

/**
 * @param {any} page the recipe of this page
 * @param {(seen: object) => void} say
 */
function wagelightRecord(page, say) {
  const owner = new AbortController();
  const { signal } = owner;
  const came_ms = Math.round(performance.timeOrigin);
  let timer = 0;

  function look() {
    const about = WagelightCollect.about(document, page, location.href);
    const root = page.own_rows ? WagelightCollect.all(document, page.root)[0] : undefined;
    /** @type {Record<string, unknown>} */
    const seen = { came_ms, about };
    try {
      const rows = root ? WagelightCollect.data(root, page) : [];
      seen["items"] = rows.slice(0, WL_MAX_ROWS).map((row) => WagelightCollect.item(row, page));
      if (rows.length > WL_MAX_ROWS) seen["left_out"] = rows.length - WL_MAX_ROWS;
    } catch (error) {
      seen["unreadable"] = error instanceof Error ? error.message : String(error);
    }
    // Most lists say nothing of it: the background need not wake for that.
    const isEmpty = Object.keys(about).length === 0 && !root;
    if (!isEmpty) say(seen);
    const left_ms = came_ms + Number(about["remaining"] ?? NaN) * 1_000 - Date.now();
    if (left_ms >= 0 && left_ms < WL_LONGEST_TIMER_MS) timer = setTimeout(() => say({ came_ms, about, ran_out: true }), left_ms);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", look, { signal });
  else look();
  // The task's frame tells the page when it hands in; of what it says only the recipe's fields are picked.
  if (page.message) addEventListener("message", ({ data }) => {
    const message = WagelightCollect.message(data, page);
    if (Object.keys(message).length > 0) say({ came_ms, message });
  }, { capture: true, signal });
  if (page.returning) document.addEventListener("submit", ({ target, isTrusted }) => {
    if (isTrusted && target instanceof HTMLFormElement && target.matches(page.returning)) say({ came_ms, returning: true });
  }, { capture: true, signal });

  return {
    end() {
      clearTimeout(timer);
      owner.abort();
    },
  };
}
