// @ts-check
"use strict";

/*
 * Notes what extensions draw and when, in a world of its own. It asks and answers as the probe of the tests does.
 * A host is an element that was put into a row and has a shadow root; who made it is not asked, so that the extension
 * and the floor are measured by the same lines. It writes nothing into the page.
 *
 * In the page's address `beat=1` starts a heartbeat, `roots=1` also notes what changes inside the roots. Neither runs
 * while paint times are taken.
 */

(() => {
  const asked = new URLSearchParams(location.search);
  const PATIENCE_MS = 10_000;

  /** @param {Node} node @returns {ShadowRoot | null} */
  const rootOf = (node) => {
    if (!(node instanceof HTMLElement)) return null;
    // @ts-ignore Firefox has it on the element, Chromium in an object for content scripts.
    return "openOrClosedShadowRoot" in node ? node.openOrClosedShadowRoot : globalThis.chrome.dom.openOrClosedShadowRoot(node);
  };

  /** Hosts in rows now. @type {Set<Node>} */
  const hosts = new Set();
  /** How many there were after each change. @type {{at: number, hosts: number, own: number}[]} */
  const changes = [];
  /** Elements put in and records of changes in our hosts and roots. */
  let writes = 0;
  /** Roots in which the worker's own rating shows. @type {Set<Node>} */
  const own = new Set();
  const watchesRoots = asked.has("roots");

  /** @param {ShadowRoot} root */
  const lookInside = (root) => {
    if (root.querySelector(".own")) own.add(root.host);
    else own.delete(root.host);
  };

  /** @param {MutationRecord[]} records */
  const inside = (records) => {
    for (const { target } of records) {
      const root = target.getRootNode();
      if (root instanceof ShadowRoot) lookInside(root);
    }
    writes += records.length;
    changes.push({ at: performance.now(), hosts: hosts.size, own: own.size });
  };

  /** @param {Node} node */
  const came = (node) => {
    const root = rootOf(node);
    if (!root || node.parentElement?.closest(".table-row") == null) return false;
    hosts.add(node);
    if (!watchesRoots) return true;
    writes += 1 + root.querySelectorAll("*").length;
    lookInside(root);
    rootObserver.observe(root, { childList: true, subtree: true, attributes: true, characterData: true });
    return true;
  };

  /** @param {MutationRecord[]} records */
  const noted = (records) => {
    let changed = false;
    for (const { addedNodes, removedNodes } of records) {
      for (const node of removedNodes) {
        // A row that went takes its hosts with it.
        if (hosts.delete(node)) writes += 1;
      }
      for (const node of addedNodes) changed = came(node) || changed;
    }
    if (changed) changes.push({ at: performance.now(), hosts: hosts.size, own: own.size });
  };
  const rootObserver = new MutationObserver(inside);
  new MutationObserver(noted).observe(document, { childList: true, subtree: true });

  const rows = () => document.querySelectorAll(".table-row").length;
  const drawn = () => performance.getEntriesByName("market:drawn").at(-1)?.startTime ?? null;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  /** Frame after frame until `found` finds something; null when it never does. @template T @param {() => T | null | undefined} found */
  const until = async (found) => {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const result = found();
      if (result !== null && result !== undefined) return result;
      if (performance.now() > end) return null;
      await frame();
    }
  };

  const complete = () => changes.find((change) => change.hosts >= 2 * rows());
  const listed = () => until(() => (drawn() === null || rows() === 0 ? null : true));

  /** When the rows were drawn, and when the last of two hosts a row came; in milliseconds since the navigation. */
  const paint = async () => {
    await listed();
    const last = await until(complete);
    return { rows: rows(), hosts: hosts.size, drawn: drawn(), last: last?.at ?? null };
  };

  /** @type {number[]} */
  const beats = [];
  /** @type {number[]} */
  const frames = [];
  let beating = asked.has("beat");
  if (beating) {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      beats.push(performance.now());
      if (beating) channel.port2.postMessage(0);
    };
    channel.port2.postMessage(0);
    const nextFrame = () => {
      frames.push(performance.now());
      if (beating) requestAnimationFrame(nextFrame);
    };
    requestAnimationFrame(nextFrame);
  }

  /**
   * The longest stretch without a heartbeat from when the rows were drawn to shortly after the last host. In a stretch
   * with a frame only the part before it counts: what follows is the browser laying out and painting the page.
   */
  const slice = async (/** @type {boolean} */ draws) => {
    await listed();
    const last = draws ? await until(complete) : null;
    if (draws && !last) return { longest: null };
    for (let i = 0; i < 10; i++) await frame();
    beating = false;
    const from = drawn() ?? 0;
    const shortlyAfter = Math.max(last?.at ?? 0, from) + 100;
    let longest = 0;
    for (let i = 1; i < beats.length; i++) {
      const [before = 0, after = 0] = [beats[i - 1], beats[i]];
      if (after < from || before > shortlyAfter) continue;
      const start = Math.max(before, from);
      const painted = frames.find((at) => at > start && at < after);
      longest = Math.max(longest, (painted ?? after) - start);
    }
    return { longest };
  };

  /** From the last host to the moment in which `want` requester chips show the worker's own rating. */
  const second = async (/** @type {number} */ want) => {
    await listed();
    const last = await until(complete);
    const rated = last && (await until(() => changes.find((change) => change.own >= want)));
    return { last: last?.at ?? null, rated: rated?.at ?? null, own: own.size, hosts: hosts.size };
  };

  /** Who offers work on this page. */
  const requesters = async () => {
    await listed();
    const links = [...document.querySelectorAll('.table-row .desktop-row a[href*="/requesters/"]')];
    const ids = links.map((link) => /\/requesters\/([0-9A-Z]+)/.exec(link.getAttribute("href") ?? "")?.[1]);
    return [...new Set(ids.filter(Boolean))];
  };

  const connected = () => {
    for (const host of hosts) if (!host.isConnected) hosts.delete(host);
    return hosts.size;
  };

  /** Lets the page draw its list again and again. @param {number} times @param {string} nodes */
  const redraw = async (times, nodes) => {
    await listed();
    if (!(await until(complete))) return null;
    const wanted = 2 * rows();
    const before = writes;
    /** @type {number[]} */
    const took = [];
    let [lost, doubled] = [0, 0];
    for (let i = 0; i < times; i++) {
      const began = performance.now();
      window.dispatchEvent(new CustomEvent("market:redraw", { detail: nodes }));
      const whole = await until(() => (connected() >= wanted ? true : null));
      const at = changes.at(-1)?.at ?? began;
      took.push(Math.max(at - (drawn() ?? began), 0));
      lost += whole ? 0 : wanted - connected();
      for (const cell of document.querySelectorAll(".table-row .project-name-column, .table-row .requester-column")) {
        doubled += Math.max([...cell.children].filter((child) => hosts.has(child)).length - 1, 0);
      }
      if (!whole) break;
    }
    return { rows: wanted / 2, times: took.length, lost, doubled, writes: writes - before, took };
  };

  /** @param {any} request @returns {unknown} */
  const answer = (request) => {
    switch (request.what) {
      case "paint": return paint();
      case "listed": return listed();
      case "slice": return slice(request.draws);
      case "second": return second(request.want);
      case "requesters": return requesters();
      case "redraw": return redraw(request.times, request.nodes);
      default: throw new Error(`no such request: ${request.what}`);
    }
  };

  document.addEventListener("wagelight-e2e-ask", async (event) => {
    event.preventDefault();
    const request = JSON.parse(/** @type {CustomEvent<string>} */ (event).detail);
    /** @type {{id: number, value?: unknown, error?: string}} */
    const told = { id: request.id };
    try {
      told.value = await answer(request);
    } catch (error) {
      told.error = String(error);
    }
    document.dispatchEvent(new CustomEvent("wagelight-e2e-answer", { detail: JSON.stringify(told) }));
  });
})();
