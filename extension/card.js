"use strict";
// The card of one row: shown where it covers no control with which work is accepted. It comes and
// goes by the worker's press, and by itself with a resting pointer or the focus, which it gives back.

/** The card floats above all of the page. */
var WL_ABOVE = "position:fixed;z-index:2147483000;";
/** A pointer or focus that stays so long wants to know more. */
var WL_REST_MS = 400;

/**
 * @param {Hosts} hosts
 * @param {(row: number) => Host | undefined} chipOf where the card of a row stands, and its focus goes back to
 * @param {(event: object | string) => void} send to the core
 */
function wagelightCard(hosts, chipOf, send) {
  /** @type {Host | null} */
  let card = null;
  /** What a fresh core needs to go on with it. @type {unknown} */
  let memo;
  /** Where the controls are with which work is accepted. @type {string[]} */
  let accept = [];
  /** How the worker asked for the card: decides about focus. @type {"press" | "focus" | "rest"} */
  let opening = "press";
  /** The focus is on its way back to the chip. */
  let returning = false;
  /** Timers: before a card opens, before it closes, by itself. */
  let resting = 0;
  let leaving = 0;
  /** What the first of them does. @type {(() => void) | null} */
  let armed = null;

  /** @param {number} key @param {Tree | null} tree @param {unknown} remember for a fresh core */
  function show(key, tree, remember) {
    if (!tree) return close();
    if (card && card.row !== key) close();
    const fresh = !card;
    card ??= hosts.make("card", key);
    memo = remember;
    const worked = card.root.activeElement !== null;
    WagelightDraw.apply(card.root, tree);
    // The key that was pressed may be gone: the focus stays in the card.
    const dialog = card.root.firstElementChild;
    if (worked && !card.root.activeElement && dialog instanceof HTMLElement) dialog.focus();
    // An open one stays where it is under the worker's pointer, unless it grew out of sight.
    if (!fresh && card.host.getBoundingClientRect().bottom > innerHeight) position();
    if (!fresh) return;
    card.host.style.position = "fixed";
    document.documentElement.append(card.host);
    if (!position() && opening === "rest") return send("close_card");
    if (opening === "press") hosts.focus(card);
  }

  function close() {
    const had = card && card.host === document.activeElement;
    const chip = card && chipOf(card.row);
    stay();
    clear();
    // The focus goes back to the chip, which is no wish to see the card again.
    returning = true;
    if (had) hosts.focus(chip);
    returning = false;
  }

  function clear() {
    hosts.drop(card);
    card = null;
  }

  /**
   * Below the chip, or above, or beside; where it covers no control with which work is accepted. On a narrow page the
   * card itself becomes as narrow as what stands left of those controls.
   * @returns {boolean} whether such a place was found
   */
  function position() {
    const chip = card && chipOf(card.row)?.host.getBoundingClientRect();
    const dialog = card?.root.firstElementChild;
    if (!card || !chip || !dialog) return false;
    const controls = WagelightCollect.all(document, accept).map((one) => one.getBoundingClientRect())
      .filter((one) => one.width > 0 && one.bottom > 0 && one.top < innerHeight);
    const room = Math.min(innerWidth, ...controls.map((one) => one.left)) - 16;
    for (const narrow of ["", `--room:${room}px;`]) {
      card.host.style.cssText = `${WL_ABOVE}${narrow}`;
      const found = freePlace(chip, dialog.getBoundingClientRect(), controls);
      if (!found && !narrow && room >= 240) continue;
      const [x, top] = found ?? [8, 8];
      card.host.style.cssText = `${WL_ABOVE}${narrow}left:${x}px;top:${top}px`;
      return found !== undefined;
    }
    return false;
  }

  /** @param {DOMRect} chip @param {DOMRect} box @param {DOMRect[]} controls @returns {[number, number] | undefined} */
  function freePlace(chip, box, controls) {
    const width = innerWidth - box.width - 8;
    const height = innerHeight - box.height - 8;
    const left = Math.max(8, Math.min(chip.left, width));
    /** @type {[number, number][]} */
    const places = [chip.bottom + 4, chip.top - box.height - 4, 8, height].flatMap((top) =>
      [left, 8, width].map((x) => /** @type {[number, number]} */ ([x, top])));
    return places.find(([x, top]) => top >= 0 && top <= Math.max(height, 8) && !controls.some((one) =>
      one.left < x + box.width && one.right > x && one.top < top + box.height && one.bottom > top));
  }

  /** A card that came by itself, by focus or a resting pointer, goes by itself. @param {Host | undefined} host @param {"focus" | "rest"} how */
  function rest(host, how) {
    if (returning) return;
    disarm();
    if (card && opening !== how) return;
    if (card && host?.row === card.row) return stay();
    if (card && !leaving) leaving = setTimeout(() => send("close_card"), WL_REST_MS);
    if (!host || host.row < 0) return;
    armed = () => {
      armed = null;
      if (how === "focus" && !host.root.activeElement?.matches(":focus-visible")) return;
      opening = how;
      send({ open_card: { row: host.row } });
    };
    resting = setTimeout(armed, WL_REST_MS);
  }

  function stay() {
    clearTimeout(leaving);
    leaving = 0;
  }

  function disarm() {
    clearTimeout(resting);
    armed = null;
  }

  return {
    /** @param {string[]} selectors of the controls with which work is accepted */
    begin(selectors) {
      accept = selectors;
    },
    show, position, rest, clear,
    /** Whose card is open, so that a fresh core opens it as it was. */
    current: () => card && { row: card.row, memo },
    /** The chip of a row was pressed. @param {number} row */
    press(row) {
      disarm();
      opening = "press";
      if (card?.row === row) hosts.focus(card);
      else send({ open_card: { row } });
    },
    /** What is worked with stays until it is closed. */
    keep() {
      opening = "press";
    },
    /** A key in one of our hosts: it closes the card, or leaves it past its ends. @param {KeyboardEvent} event @param {Host} host */
    keyed(event, host) {
      if (!card) return;
      const all = hosts.controls(card);
      const at = card.root.activeElement;
      const isEnd = event.shiftKey ? at === all[0] || at === card.root.firstElementChild : at === all.at(-1);
      if (event.key !== "Escape" && !(event.key === "Tab" && host === card && isEnd)) return;
      event.preventDefault();
      send("close_card");
    },
    scrolled() {
      // What was pointed at opens when the page has come to rest.
      clearTimeout(resting);
      if (armed) resting = setTimeout(armed, WL_REST_MS);
      if (card && !card.host.contains(document.activeElement) && opening !== "press") send("close_card");
      else position();
    },
    end() {
      disarm();
      stay();
      clear();
    },
  };
}
