"use strict";
// Watches the page's lists: when their data and rows are there, when rows come and go.
// One observer; our own drawing never wakes it; work is cut into slices, rows in view first.

/** A slice may take this long; the rest goes on in a new task. */
var WL_SLICE_MS = 10;
/** Elements or rows that go to the core at once. */
var WL_CHUNK = 20;
/** So many rows of a list are done in page order: a page that just came shows its beginning. More are done by what is in view. */
var WL_FIRST = 100;
/** When no rows came for so long after loading, the page has settled without them. */
var WL_SETTLE_MS = 4_000;

/** A row's number is its own for as long as its node lives, through every fresh core. @type {WeakMap<Element, number>} */
var WL_KEYS = new WeakMap();
var WL_NEXT_KEY = 1;

/** @typedef {Record<string, unknown>} Item */
/** @typedef {{element: Element, index: number, mark?: Item}} FreshRow */

/** A hidden page is not worked on, unless the worker asks about it: its popup may stand in another window. */
var WL_ASKED = false;
function wagelightAsleep() {
  return document.hidden && !WL_ASKED;
}

/**
 * @param {any} page the recipe of this page
 * @param {ReturnType<typeof wagelightOverlay>} overlay
 * @param {ReturnType<typeof wagelightHost>} host
 */
function wagelightWatch(page, overlay, host) {
  const owner = new AbortController();
  const { signal } = owner;
  const send = (/** @type {object | string} */ event) => signal.aborted || host.feed(event);
  /** @type {Map<Element, number>} */
  const roots = new Map();
  let nextRoot = 0;
  /** Row element → its number and list. @type {Map<Element, {key: number, root: number}>} */
  const rows = new Map();
  /** The first items of each list, by its number. @type {Map<number, Item[]>} */
  const first = new Map();
  /** Work still to do, oldest first. @type {(() => void)[]} */
  let queue = [];
  let scheduled = false;
  /** Lists of which some rows wait for a frame, to be put in order. */
  let ordering = 0;
  let stale = false;
  const channel = new MessageChannel();
  channel.port1.onmessage = work;

  function later() {
    if (scheduled) return;
    scheduled = true;
    channel.port2.postMessage(0);
  }

  function work() {
    scheduled = false;
    if (wagelightAsleep()) return void (stale = true);
    const end = performance.now() + WL_SLICE_MS;
    while (queue.length > 0 && performance.now() < end) queue.shift()?.();
    if (queue.length > 0) later();
    else if (rows.size > 0 && ordering === 0 && !signal.aborted) host.caughtUp();
  }

  /** @param {Element} root @param {number} number */
  function readData(root, number) {
    let list;
    try {
      list = WagelightCollect.data(root, page);
    } catch (error) {
      return send({ unreadable: { what: error instanceof Error ? error.message : String(error) } });
    }
    if (list.length === 0) send({ items: { root: number, from: 0, items: [] } });
    for (let from = 0; from < list.length; from += WL_CHUNK) {
      queue.push(() => {
        if (roots.get(root) !== number) return;
        const items = list.slice(from, from + WL_CHUNK).map((one) => WagelightCollect.item(one, page));
        if (from < WL_FIRST) first.set(number, [...(first.get(number) ?? []), ...items]);
        send({ items: { root: number, from, items } });
      });
    }
  }

  function scan() {
    if (wagelightAsleep()) return void (stale = true);
    // A row whose nodes are still being parsed names nothing yet; the end of parsing scans again.
    if (document.readyState === "loading") return;
    for (const root of roots.keys()) if (!root.isConnected) forgetRoot(root);
    for (const root of WagelightCollect.all(document, page.root)) {
      if (roots.has(root)) continue;
      const number = nextRoot++;
      roots.set(root, number);
      readData(root, number);
    }
    /** @type {Map<number, number[]>} */
    const removed = new Map();
    for (const [element, { key, root }] of rows) {
      if (element.isConnected) continue;
      rows.delete(element);
      overlay.remove(key);
      removed.set(root, [...(removed.get(root) ?? []), key]);
    }
    for (const [root, keys] of removed) send({ rows: { root, added: [], removed: keys, total: rows.size } });
    for (const [root, number] of roots) if (root.isConnected) scanRows(root, number);
    overlay.mend();
    work();
  }

  /** A list that is gone takes its tasks with it. @param {Element} root */
  function forgetRoot(root) {
    const number = roots.get(root);
    if (number === undefined) return;
    roots.delete(root);
    first.delete(number);
    send({ items: { root: number, from: 0, items: [] } });
  }

  /** What was written anew shows other tasks now: a list's data, or a link in a row. @param {Node} target */
  function rewritten(target) {
    for (const [element, { key, root }] of rows) {
      if (!element.contains(target) && !(target.contains(element) && roots.has(/** @type {Element} */ (target)))) continue;
      rows.delete(element);
      overlay.mark([[key, "plain"]]);
      overlay.remove(key);
      send({ rows: { root, added: [], removed: [key], total: rows.size } });
    }
    forgetRoot(/** @type {Element} */ (target));
  }

  /** @param {Element} root @param {number} number */
  function scanRows(root, number) {
    const all = WagelightCollect.all(root, page.row);
    /** @type {FreshRow[]} */
    const fresh = [];
    all.forEach((element, index) => {
      if (!rows.has(element)) fresh.push({ element, index });
    });
    for (const { element } of fresh) {
      const key = WL_KEYS.get(element) ?? WL_NEXT_KEY++;
      WL_KEYS.set(element, key);
      rows.set(element, { key, root: number });
    }
    // Chips that are there already come in the rows' first frame; the core hears of the rows when its turn comes.
    for (const row of fresh.slice(0, WL_FIRST)) takeIn(row, number);
    const queueRows = (/** @type {typeof fresh} */ some) => {
      for (let from = 0; from < some.length; from += WL_CHUNK) {
        queue.push(() => sendRows(some.slice(from, from + WL_CHUNK), number, all.length));
      }
    };
    queueRows(fresh.slice(0, WL_FIRST));
    const rest = fresh.slice(WL_FIRST);
    if (rest.length === 0) return;
    ordering += 1;
    // The next frame says by itself which of the many are in view; asked before, all of the page would be laid out.
    const view = new IntersectionObserver((seen) => {
      view.disconnect();
      ordering -= 1;
      const inView = new Set(seen.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target));
      queueRows([...rest.filter(({ element }) => inView.has(element)), ...rest.filter(({ element }) => !inView.has(element))]);
      later();
    });
    for (const { element } of rest) view.observe(element);
  }

  /** Hears what a row says, and gives it the chips that were made for it. @param {FreshRow} row @param {number} root */
  function takeIn(row, root) {
    const key = rows.get(row.element)?.key;
    if (key === undefined || !row.element.isConnected) return undefined;
    if (row.mark) return row.mark;
    overlay.add(key, row.element);
    row.mark = WagelightCollect.row(row.element, key, row.index, page);
    if (names(row.mark, first.get(root)?.[row.index] ?? {})) overlay.placeMade(key, root, row.index);
    return row.mark;
  }

  /** Whether a row at an item's place names it: the core matches in the same way. @param {Item} mark @param {Item} item */
  function names(mark, item) {
    if (mark["id"]) return mark["id"] === item["id"];
    const start = String(item["title"] ?? "").replace(/\s+/g, " ").trim().slice(0, 40);
    if (start === "" || !String(mark["title"] ?? "").includes(start)) return false;
    return (mark["requester_id"] ?? item["requester_id"]) === item["requester_id"];
  }

  /** @param {FreshRow[]} chunk @param {number} root @param {number} total */
  function sendRows(chunk, root, total) {
    const added = [];
    const styles = [];
    for (const row of chunk) {
      const mark = takeIn(row, root);
      if (!mark) continue;
      const style = overlay.style(Number(mark["key"]));
      if (style) styles.push([mark["key"], style]);
      added.push(mark);
    }
    send({ rows: { root, added, removed: [], styles, total } });
  }

  const observer = new MutationObserver((records) => {
    const attributes = records.filter(({ type }) => type === "attributes");
    for (const { target } of attributes) rewritten(target);
    if (attributes.length > 0 || !records.every(overlay.caused)) scan();
  });

  document.addEventListener("visibilitychange", () => {
    WL_ASKED = false;
    if (document.hidden) return;
    if (stale) scan();
    stale = false;
    settle();
    later();
  }, { signal });

  observer.observe(document, { childList: true, subtree: true, attributeFilter: ["href", page.data.attr] });
  document.addEventListener("DOMContentLoaded", scan, { signal });
  scan();
  /** The time for late rows is over; said when the page is next worked on. */
  let due = false;
  function settle() {
    if (!due || signal.aborted || wagelightAsleep()) return;
    due = false;
    send("settled");
    if (!signal.aborted) host.caughtUp();
  }
  const wait = () => setTimeout(() => {
    due = true;
    settle();
  }, WL_SETTLE_MS);
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { signal });

  return {
    /** A few at once, each lot when its turn comes. @template T @param {T[]} all @param {(some: T[]) => void} work */
    inTurn(all, work) {
      for (let from = 0; from < all.length; from += WL_CHUNK) queue.push(() => work(all.slice(from, from + WL_CHUNK)));
      later();
    },
    /** The worker asks about this page, which may be hidden. */
    wake() {
      WL_ASKED = document.hidden;
      if (stale) scan();
      stale = false;
      settle();
    },
    end() {
      observer.disconnect();
      owner.abort();
      channel.port1.close();
      queue = [];
    },
  };
}
