"use strict";
// One page of a work site: joins host, overlay and watch. Holds no rule about tasks or pay.

var WagelightPage = (() => {
  const owner = new AbortController();
  const overlay = wagelightOverlay(sendFromPopup);
  const host = wagelightHost(apply, start, leave, () => popupAnswer !== null);
  /** @type {ReturnType<typeof wagelightWatch> | null} */
  let watch = null;
  /** @type {ReturnType<typeof wagelightRecord> | null} */
  let recording = null;
  const clock = chrome.extension?.inIncognitoContext ? null : wagelightClock(overlay, host);
  /** @type {((tree: unknown) => void) | null} */
  let popupAnswer = null;
  let gaveUp = false;

  /** A fresh core sees the page from its beginning; the query of the address stays here. */
  function start() {
    // What an earlier watcher still has to say is of no use to a core that knows nothing yet.
    watch?.end();
    host.feed({ start: { url: location.origin + location.pathname, private: chrome.extension?.inIncognitoContext === true, left: overlay.left() } });
    const open = overlay.openCard();
    if (open) host.send({ open_card: open });
    // The core that was asked is gone.
    if (popupAnswer) sendFromPopup("popup");
  }

  /** @param {"lost" | "panicked"} why */
  function leave(why) {
    watch?.end();
    recording?.end();
    clock?.end();
    overlay.end();
    gaveUp = why === "panicked";
    if (!gaveUp) owner.abort();
  }

  /** @param {any[]} effects */
  function apply(effects) {
    for (const effect of effects) {
      for (const [kind, body] of Object.entries(typeof effect === "string" ? { [effect]: null } : effect)) {
        doers[kind]?.(body);
      }
    }
  }

  /** @type {Record<string, (body: any) => void>} */
  const doers = {
    collect({ page, css }) {
      overlay.begin(page, css);
      watch?.end();
      watch = wagelightWatch(page, overlay, host);
      doers["record"]?.({ page });
    },
    record({ page, css }) {
      if (css) overlay.sheet(css);
      host.account = () => WagelightCollect.account(document, page);
      recording?.end();
      recording = wagelightRecord(page, (seen) => host.feed({ seen }));
    },
    make: ({ chips }) => watch?.inTurn(chips, overlay.make),
    place: ({ rows }) => rows.forEach(overlay.placeAhead),
    draw: ({ chips }) => overlay.draw(chips),
    mark: ({ rows }) => overlay.mark(rows),
    card: ({ row, tree, memo }) => overlay.showCard(row, tree, memo),
    panel: ({ tree }) => overlay.showPanel(tree),
    ask: ({ id, ask, recall }) => host.ask(id, ask, recall),
    popup({ tree }) {
      popupAnswer?.(tree);
      popupAnswer = null;
    },
    scroll: ({ row }) => overlay.scrollTo(row),
    again: () => host.again(),
    copy: ({ text }) => void navigator.clipboard.writeText(text),
    clear: () => overlay.clear(),
    log: ({ line }) => console.info(line),
  };

  /** A page without a list has no rows to wait for. @param {object | string} event */
  function sendFromPopup(event) {
    if (watch) host.send(event);
    else host.feed(event);
  }

  /** The popup asks what this page is, or presses something of it. */
  chrome.runtime.onMessage.addListener((message, sender, answer) => {
    // One of our own pages; it may stand in a tab.
    if (message.t !== "popup" || !sender.url?.startsWith(chrome.runtime.getURL("")) || owner.signal.aborted) return false;
    if (gaveUp) return void answer({ gave_up: true });
    popupAnswer = answer;
    watch?.wake();
    if (message.act) sendFromPopup({ act: { row: null, name: message.act } });
    sendFromPopup("popup");
    return true;
  });

  /** Somebody saved something, in this tab or another; hidden tabs look when they are shown. */
  let rung = false;
  const look = () => {
    if (document.hidden || !rung) return;
    rung = false;
    host.again();
    sendFromPopup("bell");
  };
  chrome.storage.local.onChanged.addListener((changes) => {
    if (!("bell" in changes || "settings" in changes) || owner.signal.aborted) return;
    rung = true;
    look();
  });
  document.addEventListener("visibilitychange", look, { signal: owner.signal });
  // A page restored from the back-forward cache: its port is gone, its rows may be others.
  addEventListener("pagehide", host.rest, { signal: owner.signal });
  addEventListener("pageshow", (event) => {
    if (!event.persisted || gaveUp) return;
    host.wake();
    start();
  }, { signal: owner.signal });

  wagelightFetch(() => host.account(), owner.signal);
  start();
  return { start };
})();
