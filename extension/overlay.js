"use strict";
// Our hosts on the page: one a chip, one for the card, one for the panel; closed roots, one
// shared sheet, no name of ours on any node. Takes the worker's trusted presses in them.

/** The classes of what we draw, by which a later script of ours knows it. */
var WL_MARK = /^(chip (pay|requester)|task-card|blocked-panel)\b/;

/** The card floats above all of the page. */
var WL_ABOVE = "position:fixed;z-index:2147483000;";
/** A pointer or focus that stays so long wants to know more. */
var WL_REST_MS = 400;

/** @typedef {{element: HTMLElement, pay?: Host, requester?: Host, style?: "dim" | "hidden"}} DrawnRow */
/** @typedef {{host: HTMLElement, root: ShadowRoot, row: number, slot: string}} Host */

/** @param {(event: object | string) => void} send to the core */
function wagelightOverlay(send) {
  const sheet = new CSSStyleSheet();
  /** What a chip shows that has no room: the number and its verdict, whole. */
  const short = new CSSStyleSheet();
  short.replaceSync(".chip.pay { inline-size: calc(100% - 6px); } .stated .main ~ .aside { display: none; }");
  /** @type {Map<number, DrawnRow>} */
  const rows = new Map();
  /** Chips whose rows are not there yet, by list and place in its data. @type {Map<string, {id: string, pay: Host, requester: Host}>} */
  const made = new Map();
  /** Rows whose chips are still to be made: they came in between. @type {Map<string, number>} */
  const wanted = new Map();
  /** Every host of ours that is on the page. @type {Map<EventTarget, Host>} */
  const hosts = new Map();
  /** Hosts that we took off the page ourselves. @type {WeakSet<Node>} */
  const taken = new WeakSet();
  /** @type {any} */
  let page = null;
  /** Which of the page's row forms is laid out now. */
  let variant = 0;
  /** Rows whose pay chip no frame has shown yet. @type {DrawnRow[]} */
  let fresh = [];
  /** The frame before which they are looked at, if one is asked for. */
  let frame = 0;
  /** @type {Host | null} */
  let card = null;
  /** @type {Host | null} */
  let panel = null;
  /** Times at which the page took chips away: it wins after ten in ten seconds. @type {number[]} */
  let mended = [];
  let insists = false;
  /** Timers: before a card opens, before it closes, by itself. */
  let resting = 0;
  /** What the first of them does. @type {(() => void) | null} */
  let armed = null;
  let leaving = 0;
  /** Where the pointer was last. */
  let pointer = "";

  /** @param {string} slot @param {number} row @returns {Host} */
  function makeHost(slot, row) {
    const host = document.createElement("span");
    const root = host.attachShadow({ mode: "closed" });
    root.adoptedStyleSheets = [sheet];
    const made = { host, root, row, slot };
    hosts.set(host, made);
    return made;
  }

  /** @param {Host | null | undefined} host */
  function drop(host) {
    if (!host) return;
    hosts.delete(host.host);
    taken.add(host.host);
    host.host.remove();
  }

  /** Made for rows that never came, or by a core that is no more. */
  function forget() {
    for (const { pay, requester } of made.values()) [pay, requester].map(drop);
    made.clear();
    wanted.clear();
  }

  /** After an update: what an earlier script of ours left, told by the classes in its closed roots. */
  function sweep() {
    const { dom } = /** @type {any} */ (chrome); // Chromium's way; Firefox has it on the element.
    for (const element of document.querySelectorAll("span:not([class]):empty")) {
      const span = /** @type {any} */ (element);
      const root = span.openOrClosedShadowRoot ?? dom?.openOrClosedShadowRoot(span);
      const mark = root?.firstElementChild?.className;
      if (!hosts.has(element) && WL_MARK.test(mark ?? "")) element.remove();
    }
  }

  /**
   * Which form of the rows shows. Asked when the page is laid out anyway: before that the answer would cost a
   * computation of all its new rows' styles.
   */
  function findVariant() {
    const row = [...rows.values()].find(({ element, style }) => element.isConnected && style !== "hidden")?.element;
    const laidOut = page.variants.findIndex((/** @type {any} */ one) => row?.querySelector(one.css)?.checkVisibility());
    return laidOut < 0 ? variant : laidOut;
  }

  /** At the left edge of the slot's cell, in the form of the row that shows. @param {Element} row @param {Host} host */
  function place(row, host) {
    const form = page.variants[variant];
    const cell = row.querySelector(`${form.css} ${form[host.slot]}`);
    if (cell && cell.firstChild !== host.host) cell.insertBefore(host.host, cell.firstChild);
  }

  /** @param {{row: number, slot: "pay" | "requester", tree: Tree}[]} chips */
  function draw(chips) {
    for (const { row: key, slot, tree } of chips) {
      const row = rows.get(key);
      if (!row) continue;
      let host = row[slot];
      if (!host) {
        host = row[slot] = makeHost(slot, key);
        if (slot === "pay") fresh.push(row);
      }
      WagelightDraw.apply(host.root, tree);
      if (!host.host.isConnected) place(row.element, host);
    }
    look();
  }

  /** @param {{root: number, index: number, id: string, pay: Tree, requester: Tree}[]} chips */
  function make(chips) {
    for (const { root, index, id, ...trees } of chips) {
      const pay = makeHost("pay", -1);
      const requester = makeHost("requester", -1);
      WagelightDraw.apply(pay.root, trees.pay);
      WagelightDraw.apply(requester.root, trees.requester);
      made.set(`${root} ${index}`, { id, pay, requester });
      const key = wanted.get(`${root} ${index}`);
      if (key !== undefined) placeMade(key, root, index);
    }
  }

  /**
   * The core says where they belong. A row at the task's place that names the task has them at once, as the core may
   * be far away: it matches rows in the same way.
   * @param {number} key @param {number} root @param {number} index @param {unknown} [named]
   */
  function placeMade(key, root, index, named) {
    const at = `${root} ${index}`;
    const row = rows.get(key);
    const chips = made.get(at);
    if (named === undefined && row && !row.pay && !chips) wanted.set(at, key);
    if (!row || !chips || (named !== undefined && named !== chips.id)) return;
    made.delete(at);
    wanted.delete(at);
    row.pay = chips.pay;
    row.requester = chips.requester;
    for (const host of [chips.pay, chips.requester]) {
      host.row = key;
      place(row.element, host);
    }
    fresh.push(row);
    look();
  }

  function look() {
    if (fresh.length > 0 && frame === 0) frame = requestAnimationFrame(beforePaint);
  }

  /** Chips that no frame has shown yet: what the frame's own layout tells of them is used before it is painted. */
  function beforePaint() {
    frame = 0;
    const drawn = fresh.filter(({ element, pay }) => element.isConnected && pay);
    fresh = [];
    relayout();
    if (drawn[0] && wraps(drawn[0])) shorten(drawn);
  }

  /** Whether titles take as many lines as they need; where they do not, no chip makes a row higher. @param {DrawnRow} row */
  function wraps(row) {
    const form = page.variants[variant];
    const cell = row.element.querySelector(`${form.css} ${form.pay}`);
    return cell !== null && getComputedStyle(cell).whiteSpace !== "nowrap";
  }

  /** @param {DrawnRow} row */
  function heightOf(row) {
    return row.element.getBoundingClientRect().height;
  }

  /**
   * A chip that costs its row a line gives up what the card says anyway, and keeps that width. Where the line is lost
   * all the same, the chip stays whole.
   * @param {DrawnRow[]} drawn
   */
  function shorten(drawn) {
    sheet.insertRule(":host { display: none !important; }");
    const height = new Map(drawn.map((row) => [row, heightOf(row)]));
    sheet.deleteRule(0);
    const isHigher = (/** @type {DrawnRow} */ row) => heightOf(row) > (height.get(row) ?? 0) + 0.5;
    const higher = drawn.filter(isHigher);
    for (const { pay } of higher) if (pay) pay.root.adoptedStyleSheets = [sheet, short];
    const lost = new Set(higher.filter(isHigher));
    const widths = higher.map(({ pay }) => pay?.host.getBoundingClientRect().width);
    higher.forEach((row, at) => {
      if (!row.pay) return;
      if (lost.has(row)) row.pay.root.adoptedStyleSheets = [sheet];
      else row.pay.host.style.inlineSize = `${widths[at]}px`;
    });
  }

  /** Puts chips back that the page took away, unless it insists. */
  function mend() {
    if (insists) return;
    const lost = [...rows.values()].filter((row) => row.element.isConnected && [row.pay, row.requester].some((host) => host && !host.host.isConnected));
    if (lost.length === 0) return;
    const now = performance.now();
    mended = [...mended.filter((time) => now - time < 10_000), now];
    if (mended.length > 10) {
      insists = true;
      return console.info("Wagelight: this page takes away what is drawn on it, and is left as it is");
    }
    for (const row of lost) for (const host of [row.pay, row.requester]) if (host) place(row.element, host);
  }

  /** The other form of the rows may show now. */
  function relayout() {
    const next = findVariant();
    if (next !== variant) {
      variant = next;
      for (const row of rows.values()) for (const host of [row.pay, row.requester]) if (host) place(row.element, host);
    }
    if (card) position(card);
  }

  /** @param {number} key @param {Tree | null} tree @param {unknown} memo what a fresh core needs to go on with it */
  function showCard(key, tree, memo) {
    if (!tree) return closeCard();
    if (card && card.row !== key) closeCard();
    const fresh = !card;
    card ??= makeHost("card", key);
    cardMemo = memo;
    const worked = card.root.activeElement !== null;
    WagelightDraw.apply(card.root, tree);
    // The key that was pressed may be gone: the focus stays in the card.
    const dialog = card.root.firstElementChild;
    if (worked && !card.root.activeElement && dialog instanceof HTMLElement) dialog.focus();
    if (!fresh) {
      // It stays where it is under the worker's pointer, unless it grew out of sight.
      if (card.host.getBoundingClientRect().bottom > innerHeight) position(card);
    } else {
      card.host.style.position = "fixed";
      document.documentElement.append(card.host);
      if (!position(card) && opening === "rest") return send("close_card");
      if (opening === "press") focusable(card)[0]?.focus();
    }
  }

  /** How the worker asked for the card: decides about focus. @type {"press" | "focus" | "rest"} */
  let opening = "press";
  let returning = false;
  /** @type {"dim" | "hidden" | undefined} */
  let left;
  /** @type {unknown} */
  let cardMemo;

  function closeCard() {
    const had = card && card.host === document.activeElement;
    const row = card && rows.get(card.row);
    clearTimeout(leaving);
    leaving = 0;
    drop(card);
    card = null;
    // The focus goes back to the chip, which is no wish to see the card again.
    returning = true;
    if (had && row?.pay) focusable(row.pay)[0]?.focus();
    returning = false;
  }

  /** @param {Host} host @returns {HTMLElement[]} */
  function focusable(host) {
    return [...host.root.querySelectorAll("button, a, input, textarea")].filter((one) => one instanceof HTMLElement);
  }

  /**
   * Below the chip, or above, or beside; where it covers no control with which work is accepted. On a narrow page the
   * card itself becomes as narrow as what stands left of those controls.
   * @param {Host} host
   * @returns {boolean} whether such a place was found
   */
  function position(host) {
    const chip = rows.get(host.row)?.pay?.host.getBoundingClientRect();
    const card = host.root.firstElementChild;
    if (!chip || !card) return false;
    const controls = WagelightCollect.all(document, page.accept).map((one) => one.getBoundingClientRect())
      .filter((one) => one.width > 0 && one.bottom > 0 && one.top < innerHeight);
    const room = Math.min(innerWidth, ...controls.map((one) => one.left)) - 16;
    for (const narrow of ["", `--room:${room}px;`]) {
      host.host.style.cssText = `${WL_ABOVE}${narrow}`;
      const found = freePlace(chip, card.getBoundingClientRect(), controls);
      if (!found && !narrow && room >= 240) continue;
      const [x, top] = found ?? [8, 8];
      host.host.style.cssText = `${WL_ABOVE}${narrow}left:${x}px;top:${top}px`;
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

  /** @param {Tree | null} tree */
  function showPanel(tree) {
    if (!tree) {
      drop(panel);
      panel = null;
      return;
    }
    panel ??= makeHost("panel", -1);
    WagelightDraw.apply(panel.root, tree);
    if (!panel.host.isConnected) document.documentElement.append(panel.host);
  }

  /** @param {Event} event the press, on one of our hosts @param {Host} host */
  function pressed(event, host) {
    const keyboard = !(event instanceof MouseEvent) || event.detail === 0;
    const inner = keyboard ? host.root.activeElement
      : host.root.elementFromPoint(/** @type {MouseEvent} */ (event).clientX, /** @type {MouseEvent} */ (event).clientY);
    if (host.slot === "pay" || host.slot === "requester") {
      disarm();
      opening = "press";
      if (card?.row === host.row) focusable(card)[0]?.focus();
      else send({ open_card: { row: host.row } });
      return;
    }
    opening = "press"; // What is worked with stays until it is closed.
    const name = WagelightDraw.action(inner);
    if (name) send({ act: { row: host.slot === "card" ? host.row : null, name } });
  }

  /** @param {KeyboardEvent} event @param {Host} host */
  function keyed(event, host) {
    if (event.key === "Escape" && card) {
      event.preventDefault();
      send("close_card");
    } else if (event.key === "Tab" && card && host === card) {
      const all = focusable(card);
      const at = card.root.activeElement;
      const first = at === all[0] || at === card.root.firstElementChild;
      if (event.shiftKey ? first : at === all.at(-1)) {
        event.preventDefault();
        send("close_card");
      }
    }
  }

  /** First in line at the window: the page sees no key or press made in our roots. @param {Event} event */
  function first(event) {
    const host = event.target && hosts.get(event.target);
    if (!host) {
      if (event.isTrusted && card) {
        if (event.type === "pointerdown") send("close_card");
        if (event.type === "keydown" && /** @type {KeyboardEvent} */ (event).key === "Escape") send("close_card");
      }
      return;
    }
    event.stopImmediatePropagation();
    if (!event.isTrusted) return event.preventDefault();
    if (event.type === "click") pressed(event, host);
    if (event.type === "keydown") keyed(/** @type {KeyboardEvent} */ (event), host);
  }

  /** @param {Event} event */
  function moved(event) {
    const { clientX, clientY, isTrusted, target } = /** @type {PointerEvent} */ (event);
    const at = `${clientX} ${clientY}`;
    // A chip that scrolling brings under the pointer, or a closing card uncovers, was not pointed at.
    if (!isTrusted || !target || at === pointer) return;
    pointer = at;
    rest(hosts.get(target), "rest");
  }

  /** @param {Event} event */
  function focused(event) {
    if (event.isTrusted && event.target && !returning) rest(hosts.get(event.target), "focus");
  }

  /** A card that came by itself, by focus or a resting pointer, goes by itself. @param {Host | undefined} host @param {"focus" | "rest"} how */
  function rest(host, how) {
    disarm();
    if (card && opening !== how) return;
    if (card && host?.row === card.row) {
      clearTimeout(leaving);
      leaving = 0;
      return;
    }
    if (card && !leaving) leaving = setTimeout(() => send("close_card"), WL_REST_MS);
    if (!host || host.slot === "panel") return;
    armed = () => {
      armed = null;
      if (how === "focus" && !host.root.activeElement?.matches(":focus-visible")) return;
      opening = how;
      send({ open_card: { row: host.row } });
    };
    resting = setTimeout(armed, WL_REST_MS);
  }

  function disarm() {
    clearTimeout(resting);
    armed = null;
  }

  function scrolled() {
    // What was pointed at opens when the page has come to rest.
    clearTimeout(resting);
    if (armed) resting = setTimeout(armed, WL_REST_MS);
    if (card && !card.host.contains(document.activeElement) && opening !== "press") send("close_card");
    else if (card) position(card);
  }

  const owner = new AbortController();
  const { signal } = owner;
  for (const type of ["pointerdown", "pointerup", "mousedown", "mouseup", "click", "dblclick", "auxclick", "contextmenu", "keydown", "keyup", "keypress", "input", "change", "beforeinput"]) {
    addEventListener(type, first, { capture: true, signal });
  }
  addEventListener("pointermove", moved, { capture: true, passive: true, signal });
  addEventListener("focusin", focused, { capture: true, signal });
  addEventListener("scroll", scrolled, { capture: true, passive: true, signal });
  addEventListener("resize", relayout, { signal });

  return {
    /** @param {any} spec @param {string} css */
    begin(spec, css) {
      page = spec;
      variant = Math.max(page.variants.findIndex((/** @type {any} */ one) => matchMedia(one.media).matches), 0);
      sheet.replaceSync(css);
      forget();
      sweep();
    },
    /** @param {number} key @param {Element} element */
    add(key, element) {
      if (!rows.has(key)) rows.set(key, { element: /** @type {HTMLElement} */ (element) });
    },
    /** @param {number} key */
    remove(key) {
      const row = rows.get(key);
      drop(row?.pay);
      drop(row?.requester);
      rows.delete(key);
    },
    make,
    placeMade,
    draw,
    mend,
    showCard,
    showPanel,
    /** @param {[number, "plain" | "dim" | "hidden"][]} marks */
    mark(marks) {
      for (const [key, style] of marks) {
        const row = rows.get(key);
        if (!row) continue;
        const { element } = row;
        if (style === "plain") delete row.style;
        else row.style = left = style;
        element.style.opacity = style === "dim" ? "0.6" : "";
        element.style.display = style === "hidden" ? "none" : "";
      }
    },
    /** @param {number} key */
    scrollTo(key) {
      const row = rows.get(key);
      row?.element.scrollIntoView({ block: "center" });
      if (row?.pay) focusable(row.pay)[0]?.focus();
    },
    /** How blocked rows were left by a core before this one. */
    left: () => left,
    /** Whose card is open, so that a fresh core opens it as it was. */
    openCard: () => card && { row: card.row, memo: cardMemo },
    /** How a row was marked, by this core or one before it. @param {number} key */
    style: (key) => rows.get(key)?.style,
    /** Whether a change of the page's nodes is only our own drawing. @param {MutationRecord} record */
    caused: ({ addedNodes, removedNodes }) =>
      [...addedNodes].every((node) => hosts.has(node) || taken.has(node)) && [...removedNodes].every((node) => taken.has(node)),
    /** Everything of ours leaves the page; rows show as the site drew them. */
    clear() {
      for (const [key, row] of rows) {
        this.mark([[key, "plain"]]);
        drop(row.pay);
        drop(row.requester);
        delete row.pay;
        delete row.requester;
      }
      forget();
      drop(card);
      drop(panel);
      card = panel = null;
    },
    end() {
      disarm();
      clearTimeout(leaving);
      cancelAnimationFrame(frame);
      this.clear();
      owner.abort();
      rows.clear();
    },
  };
}
