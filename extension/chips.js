"use strict";
// The chips of the rows: made ahead of their rows, placed, drawn, looked at before their first
// paint, put back when the page takes them; and how rows are marked. Knows nothing of the card.

/** @typedef {{element: HTMLElement, pay?: Host, requester?: Host, style?: "dim" | "hidden"}} DrawnRow */

/**
 * @param {Hosts} hosts
 * @param {() => void} shifted when chips may stand elsewhere than before
 */
function wagelightChips(hosts, shifted) {
  /** What a chip shows that has no room: the number and its verdict, whole. */
  const short = new CSSStyleSheet();
  short.replaceSync(".chip.pay { inline-size: calc(100% - 6px); } .stated .main ~ .aside { display: none; }");
  /** @type {Map<number, DrawnRow>} */
  const rows = new Map();
  /** Chips whose rows are not there yet, by list and place in its data. @type {Map<string, {pay: Host, requester: Host}>} */
  const made = new Map();
  /** Rows whose chips are still to be made: they came in between. @type {Map<string, number>} */
  const wanted = new Map();
  /** The forms that a row of this page can have. @type {any[]} */
  let forms = [];
  /** The one that is laid out now. @type {any} */
  let form = null;
  /** Rows whose pay chip no frame has shown yet. @type {DrawnRow[]} */
  let fresh = [];
  /** The frame before which they are looked at, if one is asked for. */
  let frame = 0;
  /** Times at which the page took chips away: it wins after ten in ten seconds. @type {number[]} */
  let mended = [];
  /** How a blocked row was marked last. @type {"dim" | "hidden" | undefined} */
  let left;

  /** Those that a row has. */
  const chipsOf = (/** @type {{pay?: Host, requester?: Host}} */ { pay, requester }) => [pay, requester].filter((host) => host !== undefined);

  /** Made for rows that never came, or by a core that is no more. */
  function forget() {
    [...made.values()].flatMap(chipsOf).forEach(hosts.drop);
    made.clear();
    wanted.clear();
  }

  /**
   * Which form of the rows shows. Asked when the page is laid out anyway: before that the answer would cost a
   * computation of all its new rows' styles.
   */
  function findForm() {
    const row = [...rows.values()].find(({ element, style }) => element.isConnected && style !== "hidden")?.element;
    return forms.find((one) => row?.querySelector(one.css)?.checkVisibility()) ?? form;
  }

  /** The cell of a slot, in the form of the row that shows. @param {Element} row @param {string} slot */
  function cellOf(row, slot) {
    return row.querySelector(`${form.css} ${form[slot]}`);
  }

  /** At the left edge of the slot's cell. @param {Element} row @param {Host} host */
  function place(row, host) {
    const cell = cellOf(row, host.slot);
    if (cell && cell.firstChild !== host.host) cell.insertBefore(host.host, cell.firstChild);
  }

  /** @param {Iterable<DrawnRow>} some */
  function placeAll(some) {
    for (const row of some) for (const host of chipsOf(row)) place(row.element, host);
  }

  /** @param {{row: number, slot: "pay" | "requester", tree: Tree}[]} chips */
  function draw(chips) {
    for (const { row: key, slot, tree } of chips) {
      const row = rows.get(key);
      if (!row) continue;
      if (slot === "pay" && !row.pay) fresh.push(row);
      const host = (row[slot] ??= hosts.make(slot, key));
      WagelightDraw.apply(host.root, tree);
      if (!host.host.isConnected) place(row.element, host);
    }
    look();
  }

  /** @param {{root: number, index: number, pay: Tree, requester: Tree}[]} chips */
  function make(chips) {
    for (const { root, index, ...trees } of chips) {
      const at = `${root} ${index}`;
      const { pay, requester } = made.get(at) ?? { pay: hosts.make("pay", -1), requester: hosts.make("requester", -1) };
      WagelightDraw.apply(pay.root, trees.pay);
      WagelightDraw.apply(requester.root, trees.requester);
      made.set(at, { pay, requester });
      const key = wanted.get(at);
      if (key !== undefined) placeMade(key, root, index);
    }
  }

  /** The core says whose they are: where they are still to be made, they come as soon as they are. @param {[number, number, number]} row */
  function placeAhead([key, root, index]) {
    const row = rows.get(key);
    if (row && !row.pay && !made.has(`${root} ${index}`)) wanted.set(`${root} ${index}`, key);
    placeMade(key, root, index);
  }

  /** Puts chips that were made ahead on their row. @param {number} key @param {number} root @param {number} index */
  function placeMade(key, root, index) {
    const at = `${root} ${index}`;
    const row = rows.get(key);
    const chips = made.get(at);
    if (!row || !chips) return;
    made.delete(at);
    wanted.delete(at);
    // Made again since they were placed: more is known.
    chipsOf(row).forEach(hosts.drop);
    row.pay = chips.pay;
    row.requester = chips.requester;
    chips.pay.row = chips.requester.row = key;
    placeAll([row]);
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
  function wraps({ element }) {
    const cell = cellOf(element, "pay");
    return cell !== null && getComputedStyle(cell).whiteSpace !== "nowrap";
  }

  /**
   * A chip that costs its row a line gives up what the card says anyway, and keeps that width. Where the line is lost
   * all the same, the chip stays whole.
   * @param {DrawnRow[]} drawn
   */
  function shorten(drawn) {
    const heightOf = (/** @type {DrawnRow} */ { element }) => element.getBoundingClientRect().height;
    hosts.sheet.insertRule(":host { display: none !important; }");
    const height = new Map(drawn.map((row) => [row, heightOf(row)]));
    hosts.sheet.deleteRule(0);
    const isHigher = (/** @type {DrawnRow} */ row) => heightOf(row) > (height.get(row) ?? 0) + 0.5;
    const higher = drawn.filter(isHigher);
    for (const { pay } of higher) if (pay) pay.root.adoptedStyleSheets = [hosts.sheet, short];
    const lost = new Set(higher.filter(isHigher));
    const widths = higher.map(({ pay }) => pay?.host.getBoundingClientRect().width);
    higher.forEach((row, at) => {
      if (!row.pay) return;
      if (lost.has(row)) row.pay.root.adoptedStyleSheets = [hosts.sheet];
      else row.pay.host.style.inlineSize = `${widths[at]}px`;
    });
  }

  /** Puts chips back that the page took away, unless it insists. */
  function mend() {
    if (mended.length > 10) return;
    const lost = [...rows.values()].filter((row) => row.element.isConnected && chipsOf(row).some(({ host }) => !host.isConnected));
    if (lost.length === 0) return;
    const now = performance.now();
    mended = [...mended.filter((time) => now - time < 10_000), now];
    if (mended.length > 10) return console.info("Wagelight: this page takes away what is drawn on it, and is left as it is");
    placeAll(lost);
  }

  /** The other form of the rows may show now. */
  function relayout() {
    const before = form;
    form = findForm();
    if (form !== before) placeAll(rows.values());
    shifted();
  }

  /** @param {[number, "plain" | "dim" | "hidden"][]} marks */
  function mark(marks) {
    for (const [key, style] of marks) {
      const row = rows.get(key);
      if (!row) continue;
      if (style === "plain") delete row.style;
      else row.style = left = style;
      row.element.style.opacity = style === "dim" ? "0.6" : "";
      row.element.style.display = style === "hidden" ? "none" : "";
    }
  }

  /** Rows show as the site drew them. */
  function clear() {
    for (const [key, row] of rows) {
      mark([[key, "plain"]]);
      chipsOf(row).forEach(hosts.drop);
      delete row.pay;
      delete row.requester;
    }
    forget();
  }

  return {
    /** @param {any[]} variants the forms of the page's rows */
    begin(variants) {
      forms = variants;
      form = forms.find((one) => matchMedia(one.media).matches) ?? forms[0];
      forget();
    },
    /** @param {number} key @param {Element} element */
    add(key, element) {
      if (!rows.has(key)) rows.set(key, { element: /** @type {HTMLElement} */ (element) });
    },
    /** @param {number} key */
    remove(key) {
      chipsOf(rows.get(key) ?? {}).forEach(hosts.drop);
      rows.delete(key);
    },
    make, placeMade, placeAhead, draw, mend, relayout, mark, clear,
    /** @param {number} key */
    scrollTo(key) {
      const row = rows.get(key);
      row?.element.scrollIntoView({ block: "center" });
      hosts.focus(row?.pay);
    },
    /** Where the card of a row stands, and what opens it. @param {number} key */
    pay: (key) => rows.get(key)?.pay,
    /** How blocked rows were left by a core before this one. */
    left: () => left,
    /** How a row was marked, by this core or one before it. @param {number} key */
    style: (key) => rows.get(key)?.style,
    end() {
      cancelAnimationFrame(frame);
      clear();
      rows.clear();
    },
  };
}
