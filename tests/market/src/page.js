// @ts-check
// What the site's own script does to a list: it draws rows, opens and closes details, and nothing else.
// The rows come from a <template>, so that they are the same however they are drawn; details come from the props.
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const config = JSON.parse(script.dataset.config ?? '{}');
  const ownNodes = new WeakSet();

  /** @returns {HTMLElement[]} */
  const roots = () => [...document.querySelectorAll('[data-react-class*="Table/"]')].map((e) => /** @type {HTMLElement} */ (e));
  const templates = () => /** @type {HTMLTemplateElement[]} */ ([...document.querySelectorAll('template[data-rows]')]);

  /** @param {Node} node */
  const own = (node) => {
    ownNodes.add(node);
    node.childNodes.forEach(own);
    return node;
  };

  /** @param {Element} row */
  const indexOf = (row) => {
    const root = row.closest('[data-react-props]');
    return root ? [...root.querySelectorAll('.table-row')].indexOf(row) : -1;
  };

  /** @param {string} tag @param {string} className @param {unknown} text */
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined && text !== null) made.textContent = String(text);
    return made;
  };

  /** The data of a row; null where the props are broken. @param {Element} row */
  const dataOf = (row) => {
    const root = /** @type {HTMLElement | null} */ (row.closest('[data-react-props]'));
    try {
      return JSON.parse(root?.dataset.reactProps ?? '').bodyData[indexOf(row)] ?? null;
    } catch {
      return null;
    }
  };

  /** @param {Element} row */
  const expand = (row) => {
    if (row.querySelector(':scope > .expanded-row')) return;
    const data = dataOf(row)?.project ?? dataOf(row) ?? {};
    const details = element('div', 'expanded-row', null);
    details.append(element('p', 'project-description', data.description));
    const list = element('dl', '', null);
    const needs = data.project_requirements ?? data.hit_requirements;
    const names = Array.isArray(needs) ? needs.map((r) => r?.qualification_type?.name).join(', ') : '';
    const lines = 'hit_id' in data ? [['HIT ID', data.hit_id], ['Feedback', data.requester_feedback ?? 'None']] : [
      ['Time Allotted', `${Math.round(Number(data.assignment_duration_in_seconds) / 60)} Min`],
      ['Expires', data.latest_expiration_time],
      ['Qualifications Required', names || 'None'],
    ];
    for (const [label, value] of lines) list.append(element('dt', '', label), element('dd', '', value));
    const close = element('button', 'btn btn-secondary expand-projects-button', 'Hide Details');
    close.setAttribute('type', 'button');
    details.append(list, close);
    row.append(own(details));
    setIcons(row, true);
  };

  /** @param {Element} row */
  const collapse = (row) => {
    row.querySelector(':scope > .expanded-row')?.remove();
    setIcons(row, false);
  };

  /** @param {Element} row @param {boolean} open */
  const setIcons = (row, open) => {
    for (const icon of row.querySelectorAll('.expand-button i.fa')) {
      icon.className = open ? 'fa fa-minus-circle' : 'fa fa-plus-circle';
    }
  };

  /** @param {Element} button */
  const toggleAll = (button) => {
    const open = button.textContent === 'Show Details';
    button.replaceChildren(own(document.createTextNode(open ? 'Hide Details' : 'Show Details')));
    for (const row of document.querySelectorAll('.table-row')) open ? expand(row) : collapse(row);
  };

  document.addEventListener('click', (event) => {
    if (config.hostile === 'FakeClicks' && !event.isTrusted) return;
    const target = event.target instanceof Element ? event.target : null;
    const row = target?.closest('.table-row');
    const all = target?.closest('.table-expand-collapse-button');
    if (all) toggleAll(all);
    else if (row && target?.closest('.expand-button, .expand-projects-button')) {
      row.querySelector(':scope > .expanded-row') ? collapse(row) : expand(row);
    }
  });

  const drawn = () => performance.mark('market:drawn');

  /** @param {number} index The template of this number, or nothing. */
  const copy = (index) => templates()[index]?.content.cloneNode(true);

  const draw = () => {
    roots().forEach((root, i) => {
      const rows = copy(i);
      if (rows) root.replaceChildren(own(rows));
    });
    drawn();
  };

  /** A few rows at a time, the header with the first. @param {number} chunk @param {number} every */
  const dribble = (chunk, every) => {
    const waiting = roots().map((root, i) => {
      const rows = /** @type {DocumentFragment | undefined} */ (copy(i));
      const list = rows?.firstElementChild;
      const left = list ? [...list.children] : [];
      if (list) {
        list.replaceChildren();
        root.replaceChildren(own(list));
      }
      return { list, left };
    });
    const step = () => {
      for (const { list, left } of waiting) list?.append(...left.splice(0, chunk).map(own));
      if (waiting.some(({ left }) => left.length > 0)) setTimeout(step, every);
      else drawn();
    };
    step();
  };

  /** What React does on a change of state. @param {string} nodes 'recreate' or 'keep' */
  const redraw = (nodes) => {
    roots().forEach((root, i) => {
      const fresh = /** @type {DocumentFragment | undefined} */ (copy(i));
      const freshRows = fresh ? [...fresh.querySelectorAll('.table-row')] : [];
      root.querySelectorAll('.table-row').forEach((old, at) => {
        const row = freshRows[at];
        if (!row) return;
        if (nodes === 'keep') rewrite(old, row);
        else {
          const open = old.querySelector(':scope > .expanded-row') !== null;
          old.replaceWith(own(row));
          if (open) expand(row);
        }
      });
    });
    drawn();
  };

  /** The same nodes, their texts and class names written anew. @param {Element} old @param {Element} fresh */
  const rewrite = (old, fresh) => {
    const open = old.querySelector(':scope > .expanded-row') !== null;
    old.className = fresh.className;
    for (const name of ['.project-name', '.hits-column', '.reward-column', '.created-column', '.requester-column a']) {
      const sources = fresh.querySelectorAll(name);
      old.querySelectorAll(name).forEach((place, i) => {
        const text = [...place.childNodes].find((node) => node.nodeType === Node.TEXT_NODE);
        const next = sources[i];
        if (text && next) text.nodeValue = next.textContent;
        if (next) place.className = next.className;
      });
    }
    setIcons(old, open);
  };

  const insertRoots = () => {
    for (const late of document.querySelectorAll('template[data-root]')) {
      late.before(own(/** @type {HTMLTemplateElement} */ (late).content.cloneNode(true)));
    }
  };

  const removeForeign = () => {
    new MutationObserver((records) => {
      for (const record of records) {
        for (const node of record.addedNodes) if (!ownNodes.has(node)) node.parentNode?.removeChild(node);
      }
    }).observe(document, { childList: true, subtree: true });
  };

  const moveRows = () => {
    for (const list of document.querySelectorAll('ol.hit-set-table')) {
      const rows = list.querySelectorAll(':scope > .table-row');
      const first = rows[0];
      const last = rows[rows.length - 1];
      if (first && last && first !== last) first.before(last);
    }
  };

  const fakeEvents = () => {
    for (const target of document.querySelectorAll('body *')) {
      const box = target.getBoundingClientRect();
      const at = { bubbles: true, cancelable: true, composed: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
      for (const type of ['pointerdown', 'pointerup', 'pointerover']) target.dispatchEvent(new PointerEvent(type, at));
      for (const type of ['mouseover', 'mousedown', 'mouseup', 'click']) target.dispatchEvent(new MouseEvent(type, at));
      for (const key of ['Enter', ' ', 'Escape']) {
        target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }));
      }
      target.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
    }
  };

  /** Untrusted clicks on links would leave the page. */
  const holdLinks = () => {
    window.addEventListener('click', (event) => event.isTrusted || event.preventDefault(), true);
  };

  /** What the server says of the last deed, drawn from its props as everything is. */
  const drawAlerts = () => {
    for (const root of document.querySelectorAll('[data-react-class*="PureAlert"]')) {
      if (root.firstChild) continue;
      const { type, header, message } = JSON.parse(/** @type {HTMLElement} */ (root).dataset.reactProps ?? '{}');
      const alert = element('div', `mturk-alert mturk-alert-${type}`, null);
      const content = element('div', 'mturk-alert-content', null);
      const text = element('p', '', null);
      text.innerHTML = message;
      content.append(element('h3', '', header), text);
      alert.append(content);
      root.append(own(alert));
    }
  };

  const start = () => {
    drawAlerts();
    const { rows, delay_ms: delay, chunk, every_ms: every } = config;
    const begin = () => {
      if (rows === 'late') insertRoots();
      rows === 'dribble' ? dribble(chunk, every) : draw();
    };
    if (rows === 'at-once') drawn();
    else if (rows !== 'never') delay > 0 ? setTimeout(begin, delay) : begin();
    if (config.redraw_every_ms) setInterval(() => redraw(config.redraw), config.redraw_every_ms);
    if (config.hostile === 'RemovesForeignNodes') removeForeign();
    if (config.hostile === 'MovesRows') setInterval(moveRows, 500);
    if (config.hostile === 'FakeClicks') {
      holdLinks();
      setInterval(fakeEvents, 200);
    }
  };

  window.addEventListener('market:redraw', (event) => {
    const wanted = event instanceof CustomEvent && event.detail;
    redraw(wanted === 'keep' || wanted === 'recreate' ? wanted : config.redraw);
  });
  document.addEventListener('DOMContentLoaded', start);
})();
