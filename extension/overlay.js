"use strict";
// Our hosts on the page: two chips a row, the card, the panel; closed roots, one shared sheet, no
// name of ours on any node. Joins chips and card, and takes the worker's trusted presses in them.

/** The classes of what we draw, by which a later script of ours knows it. */
var WL_MARK = /^(chip (pay|requester)|task-card|blocked-panel)\b/;

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

  /** @param {Event} event the press, on one of our hosts @param {Host} host */
  function pressed(event, host) {
    if (host.slot === "pay" || host.slot === "requester") return card.press(host.row);
    card.keep();
    const keyboard = !(event instanceof MouseEvent) || event.detail === 0;
    const inner = keyboard ? host.root.activeElement : host.root.elementFromPoint(event.clientX, event.clientY);
    const name = WagelightDraw.action(inner);
    if (name) send({ act: { row: host.slot === "card" ? host.row : null, name } });
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
    ...chips, caused: hosts.caused, showCard: card.show, openCard: card.current, showPanel, clear,
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
      owner.abort();
    },
  };
}
