// @ts-check
"use strict";

/*
 * The eyes of the tests. It runs beside the extension under test, in a world of its own, where a browser lets a content
 * script open closed shadow roots; in pages of the extension under test it is injected by WebDriver.
 *
 * A test's script dispatches `wagelight-e2e-ask` on the document with a request in JSON. Whoever listens says so by
 * `preventDefault` and answers with the event `wagelight-e2e-answer`. Nothing is written into the page, so that the
 * extension's watcher sees no change that a page would not make.
 */

(() => {
  /** @typedef {{x: number, y: number, width: number, height: number}} Box */

  // Kept, because axe-core is given another one.
  const openRoot = Object.getOwnPropertyDescriptor(Element.prototype, "shadowRoot")?.get;
  // @ts-ignore Chromium has it in content scripts; pages of an extension do without.
  const anyRoot = globalThis.chrome?.dom?.openOrClosedShadowRoot;

  /** @param {Element} element @returns {ShadowRoot | null} */
  const rootOf = (element) => {
    if (!(element instanceof HTMLElement)) return null;
    // @ts-ignore Firefox has it on the element.
    if ("openOrClosedShadowRoot" in element) return element.openOrClosedShadowRoot;
    return anyRoot ? anyRoot(element) : openRoot?.call(element);
  };

  /** What a test was shown and may point at later. @type {Map<number, Element>} */
  const shown = new Map();
  /** @type {WeakMap<Element, number>} */
  const numbers = new WeakMap();

  /** @param {Element} element */
  const numberOf = (element) => {
    let number = numbers.get(element);
    if (number === undefined) {
      number = shown.size + 1;
      numbers.set(element, number);
      shown.set(number, element);
    }
    return number;
  };

  /** @param {Element} element @returns {Box} */
  const boxOf = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  };

  const INPUT_ROLES = new Map(
    Object.entries({ checkbox: "checkbox", radio: "radio", range: "slider", button: "button", submit: "button", search: "searchbox", number: "spinbutton" }),
  );
  const ROLES = new Map(
    Object.entries({ BUTTON: "button", DIALOG: "dialog", FIELDSET: "group", FORM: "form", H1: "heading", H2: "heading", H3: "heading", IMG: "img", LI: "listitem", MAIN: "main", METER: "meter", NAV: "navigation", OL: "list", OPTION: "option", OUTPUT: "status", PROGRESS: "progressbar", SELECT: "combobox", SUMMARY: "button", TABLE: "table", TD: "cell", TEXTAREA: "textbox", TH: "columnheader", TR: "row", UL: "list" }),
  );

  /** The role as far as our own closed list of tags needs it. @param {Element} element @returns {string | null} */
  const roleOf = (element) => {
    const given = element.getAttribute("role");
    if (given) return given;
    const tag = element.tagName.toUpperCase();
    if (tag === "A") return element.hasAttribute("href") ? "link" : null;
    if (tag === "INPUT") return INPUT_ROLES.get(element.getAttribute("type") ?? "text") ?? "textbox";
    return ROLES.get(tag) ?? null;
  };

  /** @param {Element} element @returns {string} */
  const textOf = (element) => (element.textContent ?? "").replace(/\s+/g, " ").trim();

  /** @param {Element} element @returns {string} */
  const nameOf = (element) => {
    const label = element.getAttribute("aria-label");
    if (label) return label.trim();
    const scope = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    const labelledBy = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
    const labels = labelledBy.map((id) => scope.getElementById(id)).filter((found) => found !== null);
    if (labels.length > 0) return labels.map(textOf).join(" ");
    const own = /** @type {{labels?: NodeListOf<HTMLLabelElement> | null}} */ (/** @type {unknown} */ (element)).labels;
    if (own && own.length > 0) return [...own].map(textOf).join(" ");
    return element.getAttribute("alt") ?? (textOf(element) || (element.getAttribute("title") ?? ""));
  };

  /** @param {Element} element @param {Box} box */
  const isVisible = (element, box) =>
    box.width > 0 && box.height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  /** @param {Element} element */
  const nodeOf = (element) => {
    const box = boxOf(element);
    const visible = isVisible(element, box);
    const disabled = "disabled" in element && element.disabled === true;
    const tabIndex = /** @type {HTMLElement} */ (element).tabIndex ?? -1;
    const scope = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    const style = getComputedStyle(element);
    const own = [...element.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE);
    /** @type {unknown} */
    const children = [...element.children].filter((child) => child.tagName !== "STYLE").map(nodeOf);
    return {
      number: numberOf(element),
      tag: element.tagName.toLowerCase(),
      role: roleOf(element),
      name: nameOf(element),
      text: own.map((child) => child.nodeValue ?? "").join(" ").replace(/\s+/g, " ").trim(),
      classes: [...element.classList],
      attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
      box,
      visible,
      focusable: visible && !disabled && tabIndex >= 0,
      focused: scope.activeElement === element,
      color: style.color,
      background: style.backgroundColor,
      children,
    };
  };

  /** Whether a person sees any of it; a host itself may take no room. @param {any} node @returns {boolean} */
  const isSeen = (node) => node.visible || node.children.some(isSeen);

  const ROW = ".table-row, .task-row";

  /** The id that follows `before` in the links of a row. @param {Element} row @param {string} before */
  const linkedId = (row, before) => {
    for (const link of row.querySelectorAll(`a[href*="${before}"]`)) {
      const [, id] = new RegExp(`${before}([0-9A-Z]+)`).exec(link.getAttribute("href") ?? "") ?? [];
      if (id) return id;
    }
    return null;
  };

  /** The group of a row. A row that the worker cannot accept names none. @param {Element} row */
  const groupOf = (row) => linkedId(row, "/projects/");

  /** Every element of the page with a shadow root, also within other shadow roots. */
  const hosts = () => {
    /** @type {{host: Element, root: ShadowRoot}[]} */
    const found = [];
    /** @param {ParentNode} scope */
    const walk = (scope) => {
      for (const element of scope.querySelectorAll("*")) {
        const root = rootOf(element);
        if (root) {
          found.push({ host: element, root });
          walk(root);
        }
      }
    };
    walk(document);
    return found;
  };

  const read = () => {
    const rows = [...document.querySelectorAll(ROW)];
    return hosts().map(({ host, root }) => {
      const row = host.closest(ROW);
      const variant = host.closest(".desktop-row") ? "desktop" : host.closest(".mobile-row") ? "mobile" : null;
      const column = host.closest(".project-name-column, .requester-column, .column");
      const nodes = [...root.children].filter((child) => child.tagName !== "STYLE").map(nodeOf);
      return {
        number: numberOf(host),
        row: row ? rows.indexOf(row) : null,
        group: row ? groupOf(row) : null,
        requester: row ? linkedId(row, "/requesters/") : null,
        variant,
        column: column ? [...column.classList] : [],
        tag: host.tagName.toLowerCase(),
        attributes: Object.fromEntries([...host.attributes].map(({ name, value }) => [name, value])),
        box: boxOf(host),
        visible: nodes.some(isSeen),
        closed: root.mode === "closed",
        nodes,
      };
    });
  };

  /** The page's own body, for pages of the extension. */
  const body = () => nodeOf(document.body);

  /** @param {number} number @returns {HTMLElement} */
  const elementOf = (number) => {
    const element = shown.get(number);
    if (!element) throw new Error(`nothing was shown under number ${number}`);
    if (!element.isConnected) throw new Error(`number ${number} is no longer in the page`);
    return /** @type {HTMLElement} */ (element);
  };

  /** Brings an element into view and says where it is. @param {number} number */
  const reveal = (number) => {
    const element = elementOf(number);
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    return boxOf(element);
  };

  /** What really lies at the middle of an element, through all shadow roots. @param {number} number */
  const hit = (number) => {
    const element = elementOf(number);
    const { x, y, width, height } = boxOf(element);
    /** @type {Element | null} */
    let found = document.elementFromPoint(x + width / 2, y + height / 2);
    for (let root = found && rootOf(found); found && root; root = found && rootOf(found)) {
      const inner = root.elementFromPoint(x + width / 2, y + height / 2);
      if (!inner || inner === found) break;
      found = inner;
    }
    const reached = found !== null && (element === found || element.contains(found) || found.contains(element));
    return { reached, by: found ? found.outerHTML.slice(0, 200) : null };
  };

  /** @param {Element} part */
  const isThePages = (part) => rootOf(part) === null;

  /** Where the page's own things are: rows, and the controls that accept, return and work. */
  const geometry = () => {
    const scroll = { x: scrollX, y: scrollY };
    return [...document.querySelectorAll(ROW)].map((row, index) => ({
      key: groupOf(row) ?? `row ${index}`,
      parts: [row, ...row.querySelectorAll("a, button, .column, .column > span")].filter(isThePages).map((part) => {
        const what = `${part.tagName.toLowerCase()}.${part.className}`;
        // What is not laid out is nowhere, wherever the page is scrolled to.
        if (part.getClientRects().length === 0) return { what, x: 0, y: 0, width: 0, height: 0 };
        const { x, y, width, height } = boxOf(part);
        return { what, x: x + scroll.x, y: y + scroll.y, width, height };
      }),
    }));
  };

  /** As `geometry`, with all that extensions drew taken out of the flow for the moment of measuring. */
  const geometryWithoutHosts = () => {
    const drawn = hosts().map(({ host }) => /** @type {HTMLElement} */ (host));
    const before = drawn.map((host) => host.getAttribute("style"));
    for (const host of drawn) host.style.setProperty("display", "none", "important");
    const measured = geometry();
    drawn.forEach((host, index) => {
      const style = before[index];
      if (style === null || style === undefined) host.removeAttribute("style");
      else host.setAttribute("style", style);
    });
    return measured;
  };

  /*
   * A page moves by itself while it fills its list, and the first paint of an extension may come some frames after the
   * rows when its background is cold. What counts are the shifts after the frame in which every row first had its chips:
   * that frame has ended when a later one begins.
   */
  let painted = Infinity;
  /** @param {Element} row */
  const hasChips = (row) => [...row.querySelectorAll("span")].some((span) => rootOf(span) !== null);
  const waitForChips = new MutationObserver(() => {
    const rows = [...document.querySelectorAll(ROW)];
    if (rows.length === 0 || !rows.every(hasChips)) return;
    waitForChips.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => (painted = performance.now())));
  });
  waitForChips.observe(document, { childList: true, subtree: true });

  /** @type {{value: number, start: number, after_input: boolean, moved: {node: string, from: Box, to: Box}[]}[]} */
  const shifts = [];
  /** @param {PerformanceEntryList} entries */
  const note = (entries) => {
    for (const entry of /** @type {any[]} */ (entries)) {
      // What moves within our own roots, or of our own hosts, moves nothing of the page: the browser names no node there.
      const ofPage = entry.sources.filter((/** @type {any} */ { node }) => node && !(node instanceof Element && rootOf(node)));
      if (ofPage.length === 0) continue;
      const moved = ofPage.map((/** @type {any} */ source) => ({
        node: source.node?.outerHTML?.slice(0, 200) ?? source.node?.nodeValue?.slice(0, 200) ?? "",
        from: source.previousRect.toJSON(),
        to: source.currentRect.toJSON(),
      }));
      shifts.push({ value: entry.value, start: entry.startTime, after_input: entry.hadRecentInput, moved });
    }
  };
  const measuresShifts = PerformanceObserver.supportedEntryTypes.includes("layout-shift");
  const observer = measuresShifts ? new PerformanceObserver((list) => note(list.getEntries())) : null;
  observer?.observe({ type: "layout-shift", buffered: true });
  const layoutShifts = () => {
    if (!observer) return null;
    if (painted === Infinity) throw new Error("not every row had chips at any moment: there is nothing to measure from");
    note(observer.takeRecords());
    return shifts.filter(({ start }) => start >= painted);
  };

  /** A thing that every accessibility check must object to: a button without a name in a closed root. */
  const plant = () => {
    const host = document.createElement("span");
    // Out of the flow, so that planting moves nothing.
    host.style.cssText = "position: absolute; left: 0; top: 0";
    const button = document.createElement("button");
    button.style.cssText = "width: 24px; height: 24px";
    host.attachShadow({ mode: "closed" }).append(button);
    document.body.prepend(host);
    planted = host;
    return null;
  };
  /** @type {Element | null} */
  let planted = null;
  const unplant = () => {
    planted?.remove();
    planted = null;
    return null;
  };

  /** axe-core with eyes for closed roots; outside shadow roots it reports only when asked (`everywhere`). */
  const axe = async (/** @type {boolean} */ everywhere) => {
    Object.defineProperty(Element.prototype, "shadowRoot", {
      configurable: true,
      get() {
        return rootOf(this);
      },
    });
    // @ts-ignore It sets a global of this world.
    if (!globalThis.axe) await import(globalThis.chrome.runtime.getURL("axe.min.js"));
    // @ts-ignore
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    /** @type {{rule: string, impact: string, help: string, target: string[], html: string, why: string}[]} */
    const found = [];
    for (const violation of violations) {
      for (const node of violation.nodes) {
        const target = node.target.flat();
        const inside = node.target.some((/** @type {unknown} */ step) => Array.isArray(step));
        if (!inside && !everywhere) continue;
        found.push({ rule: violation.id, impact: violation.impact, help: violation.help, target, html: node.html, why: node.failureSummary });
      }
    }
    return found;
  };

  /** @param {any} request @returns {unknown} */
  const answer = (request) => {
    switch (request.what) {
      case "read": return read();
      case "body": return body();
      case "reveal": return reveal(request.number);
      case "hit": return hit(request.number);
      case "geometry": return geometry();
      case "geometry_without_hosts": return geometryWithoutHosts();
      case "layout_shifts": return layoutShifts();
      case "plant": return plant();
      case "unplant": return unplant();
      case "axe": return axe(request.everywhere);
      default: throw new Error(`no such request: ${request.what}`);
    }
  };

  document.addEventListener("wagelight-e2e-ask", async (event) => {
    event.preventDefault();
    const request = JSON.parse(/** @type {CustomEvent<string>} */ (event).detail);
    /** @type {{id: number, value?: unknown, error?: string}} */
    const told = { id: request.id };
    try {
      const value = answer(request);
      told.value = value instanceof Promise ? await value : value;
    } catch (error) {
      told.error = String(error);
    }
    document.dispatchEvent(new CustomEvent("wagelight-e2e-answer", { detail: JSON.stringify(told) }));
  });
})();
