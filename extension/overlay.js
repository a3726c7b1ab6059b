"use strict";
// Our hosts on the page: two chips a row, the card, the panel; closed roots, one shared sheet, no
// name of ours on any node. Joins chips and card, and takes the worker's trusted presses in them.

/** The classes of what we draw, by which a later script of ours knows it. */
var WL_MARK = /^(chip (pay|requester)|task-card|blocked-panel|task-clock)\b/;

/** What the clock never covers, if there is a place without. */
var WL_CONTROLS = "a, button, input, select, textarea, iframe, [role=button]";

/** @typedef {{host: HTMLElement, root: ShadowRoot, row: number, slot: string}} Host */
/** @typedef {ReturnType<typeof wagelightHosts>} Hosts */

/** The registry of our hosts: what is not in it is the page's. */
function wagelightHosts() {
  const sheet = new CSSStyleSheet();
  /** Those that stand on the page or are made for it. @type {Map<EventTarget, Host>} */
  const hosts = new Map();
  /** Those that we took off the page ourselves. @type {WeakSet<Node>} */
  const taken = new WeakSet();

  /** What can have the focus in it. @param {Host} host @returns {HTMLElement[]} */
  function controls(host) {
    return [...host.root.querySelectorAll("button, a, input, textarea")].filter((one) => one instanceof HTMLElement);
  }

  return {
    sheet, controls,
    /** @param {Host | null | undefined} host */
    focus(host) {
      if (host) controls(host)[0]?.focus();
    },
    /** @param {string} slot @param {number} row @returns {Host} */
    make(slot, row) {
      const host = document.createElement("span");
      const root = host.attachShadow({ mode: "closed" });
      root.adoptedStyleSheets = [sheet];
      const made = { host, root, row, slot };
      hosts.set(host, made);
      return made;
    },
    /** @param {Host | null | undefined} host */
    drop(host) {
      if (!host) return;
      hosts.delete(host.host);
      taken.add(host.host);
      host.host.remove();
    },
    /** @param {EventTarget | null} target */
    at: (target) => (target ? hosts.get(target) : undefined),
    /** Whether a change of the page's nodes is only our own drawing. @param {MutationRecord} record */
    caused: ({ addedNodes, removedNodes }) =>
      [...addedNodes].every((node) => hosts.has(node) || taken.has(node)) && [...removedNodes].every((node) => taken.has(node)),
    /** After an update: what an earlier script of ours left, told by the classes in its closed roots. */
    sweep() {
      const { dom } = /** @type {any} */ (chrome); // Chromium's way; Firefox has it on the element.
      for (const span of /** @type {NodeListOf<any>} */ (document.querySelectorAll("span:not([class]):empty"))) {
        const root = span.openOrClosedShadowRoot ?? dom?.openOrClosedShadowRoot(span);
        const mark = root?.firstElementChild?.className;
        if (!hosts.has(span) && WL_MARK.test(mark ?? "")) span.remove();
      }
    },
  };
}

/** @param {(event: object | string) => void} send to the core */
function wagelightOverlay(send) {
  const hosts = wagelightHosts();
  const card = wagelightCard(hosts, (row) => chips.pay(row), send);
  const chips = wagelightChips(hosts, card.position);
  /** @type {Host | null} */
  let panel = null;
  /** The task's clock, with a sheet of its own: no recipe needs to have been read for it. @type {Host | null} */
  let clock = null;
  const clockSheet = new CSSStyleSheet();
  /** Who hears what is pressed on it. @type {(act: string) => void} */
  let pressedClock = () => {};
  /** Where the pointer was last. */
  let pointer = "";

  /** @param {Tree | null} tree */
  function showPanel(tree) {
    if (!tree) {
      hosts.drop(panel);
      panel = null;
      return;
    }
    panel ??= hosts.make("panel", -1);
    WagelightDraw.apply(panel.root, tree);
    if (!panel.host.isConnected) document.documentElement.append(panel.host);
  }

  /**
   * Shows the clock where it covers no control, or nothing.
   * @param {Tree | null | undefined} tree
   * @param {string} [css] @param {(act: string) => void} [press]
   */
  function showClock(tree, css, press) {
    if (!tree) {
      hosts.drop(clock);
      clock = null;
      return;
    }
    if (css) clockSheet.replaceSync(css);
    if (press) pressedClock = press;
    const made = !clock;
    if (made) hosts.sweep();
    clock ??= hosts.make("clock", -1);
    clock.root.adoptedStyleSheets = [clockSheet];
    WagelightDraw.apply(clock.root, tree);
    if (!clock.host.isConnected) document.documentElement.append(clock.host);
    if (made || css) placeClock(clock.host);
  }

  /**
   * Where it stood, or in the first corner, or else at the first place along an edge, if it stands there on nothing of
   * the page that is pressed.
   * @param {HTMLElement} host
   */
  function placeClock(host) {
    const { width, height, left, top } = host.getBoundingClientRect();
    const [right, bottom] = [document.documentElement.clientWidth - width - 8, innerHeight - height - 8];
    const controls = [...document.querySelectorAll(WL_CONTROLS)].map((one) => one.getBoundingClientRect());
    const isFree = (/** @type {number[]} */ [x = 0, y = 0]) => !controls.some((one) =>
      one.width > 0 && one.left < x + width && one.right > x && one.top < y + height && one.bottom > y);
    const middle = [0.25, 0.5, 0.75].flatMap((part) => [[right * part, 8], [right * part, bottom], [8, bottom * part], [right, bottom * part]]);
    const before = host.style.left ? [[Math.min(left, right), Math.min(top, bottom)]] : [];
    const places = [...before, [8, bottom], [right, bottom], [right, 8], [8, 8], ...middle];
    const [x, y] = places.find(isFree) ?? [8, bottom];
    host.style.cssText = `left:${x}px;top:${y}px`;
  }

  /** @param {Event} event the press, on one of our hosts @param {Host} host */
  function pressed(event, host) {
    if (host.slot === "pay" || host.slot === "requester") return card.press(host.row);
    if (host.slot !== "clock") card.keep();
    const keyboard = !(event instanceof MouseEvent) || event.detail === 0;
    const inner = keyboard ? host.root.activeElement : host.root.elementFromPoint(event.clientX, event.clientY);
    const name = WagelightDraw.action(inner);
    if (name && host.slot === "clock") pressedClock(name);
    else if (name) send({ act: { row: host.slot === "card" ? host.row : null, name } });
  }

  /** First in line at the window: the page sees no key or press made in our roots. @param {Event} event */
  function first(event) {
    const host = hosts.at(event.target);
    const key = event instanceof KeyboardEvent && event.type === "keydown" ? event : null;
    if (!host) {
      const leaves = event.type === "pointerdown" || key?.key === "Escape";
      if (event.isTrusted && leaves && card.current()) send("close_card");
      return;
    }
    event.stopImmediatePropagation();
    if (!event.isTrusted) return event.preventDefault();
    if (event.type === "click") pressed(event, host);
    if (key) card.keyed(key, host);
  }

  /** @param {PointerEvent} event */
  function moved({ clientX, clientY, isTrusted, target }) {
    const at = `${clientX} ${clientY}`;
    // A chip that scrolling brings under the pointer, or a closing card uncovers, was not pointed at.
    if (!isTrusted || !target || at === pointer) return;
    pointer = at;
    card.rest(hosts.at(target), "rest");
  }

  /** @param {FocusEvent} event */
  function focused({ isTrusted, target }) {
    if (isTrusted && target) card.rest(hosts.at(target), "focus");
  }

  const owner = new AbortController();
  const { signal } = owner;
  for (const type of ["pointerdown", "pointerup", "mousedown", "mouseup", "click", "dblclick", "auxclick", "contextmenu", "keydown", "keyup", "keypress", "input", "change", "beforeinput"]) {
    addEventListener(type, first, { capture: true, signal });
  }
  addEventListener("pointermove", moved, { capture: true, passive: true, signal });
  addEventListener("focusin", focused, { capture: true, signal });
  addEventListener("scroll", card.scrolled, { capture: true, passive: true, signal });
  addEventListener("resize", chips.relayout, { signal });

  /** Everything of ours leaves the page; rows show as the site drew them. */
  function clear() {
    chips.clear();
    card.clear();
    showPanel(null);
  }

  return {
    ...chips, caused: hosts.caused, showCard: card.show, openCard: card.current, showPanel, showClock, clear,
    /** @param {string} css */
    sheet: (css) => hosts.sheet.replaceSync(css),
    /** @param {any} page the recipe of this page @param {string} css */
    begin(page, css) {
      hosts.sheet.replaceSync(css);
      chips.begin(page.variants);
      card.begin(page.accept);
      hosts.sweep();
    },
    end() {
      card.end();
      chips.end();
      showPanel(null);
      showClock(null);
      owner.abort();
    },
  };
}
