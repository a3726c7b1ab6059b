"use strict";
// Applies view trees: tags and attributes from closed lists, text as text, actions by name.
// Knows nothing of tasks or pay. Used on work sites (in closed roots) and in our own pages.

/**
 * @typedef {{t: string, c?: string, x?: string, a?: [string, string][], k?: string, on?: string, n?: Tree[]}} Tree
 */

var WL_TAGS = new Set(
  "span div p h1 h2 ul li button a fieldset legend label input textarea table tbody tr th td progress".split(" "),
);
var WL_ATTRIBUTES = new Set(
  ("role aria-label aria-pressed aria-expanded aria-haspopup aria-live aria-describedby aria-invalid aria-hidden title tabindex href target type name id " +
    "for disabled checked value maxlength max min step rows dir scope colspan").split(" "),
);

var WagelightDraw = (() => {
  /** What a press on an element does. @type {WeakMap<Element, string>} */
  const actions = new WeakMap();
  /** The tree an element was last made from. @type {WeakMap<Element, Tree>} */
  const drawn = new WeakMap();

  /** @param {Tree} tree */
  function create(tree) {
    if (!WL_TAGS.has(tree.t)) throw new Error(`no such tag in a view tree: ${tree.t}`);
    return update(document.createElement(tree.t), { t: tree.t }, tree);
  }

  /** @param {Element} element @param {Tree} before @param {Tree} tree */
  function update(element, before, tree) {
    if ((before.c ?? "") !== (tree.c ?? "")) element.className = tree.c ?? "";
    attributes(element, before.a ?? [], tree.a ?? []);
    if (tree.on) actions.set(element, tree.on);
    else actions.delete(element);
    if (tree.n?.length || before.n?.length) children(element, tree);
    else if ((before.x ?? "") !== (tree.x ?? "")) element.textContent = tree.x ?? "";
    drawn.set(element, tree);
    return element;
  }

  /** @param {Element} element @param {[string, string][]} before @param {[string, string][]} after */
  function attributes(element, before, after) {
    for (const [name] of before) {
      if (!after.some(([kept]) => kept === name)) element.removeAttribute(name);
    }
    for (const [name, value] of after) {
      if (!WL_ATTRIBUTES.has(name) || (name === "href" && !/^https:\/\/|^[a-z]+\.html/.test(value))) continue;
      if (element.getAttribute(name) !== value) element.setAttribute(name, value);
      // The attributes of a control are only its first state.
      if (name === "value" && "value" in element && element.value !== value) element.value = value;
    }
    if (element instanceof HTMLInputElement) element.checked = after.some(([name]) => name === "checked");
  }

  /** The text of an element with children is its first node. @param {Element} element @param {Tree} tree */
  function children(element, tree) {
    const old = new Map();
    for (const [position, child] of [...element.children].entries()) {
      old.set(drawn.get(child)?.k ?? position, child);
    }
    const fresh = (tree.n ?? []).map((childTree, position) => {
      const child = old.get(childTree.k ?? position);
      const before = child && drawn.get(child);
      return before?.t === childTree.t ? update(child, before, childTree) : create(childTree);
    });
    const wanted = tree.x ? [document.createTextNode(tree.x), ...fresh] : fresh;
    // Nothing that stays is moved: a node that moves loses the focus.
    /** @type {Set<Node>} */
    const staying = new Set(wanted);
    for (const node of [...element.childNodes]) if (!staying.has(node)) node.remove();
    wanted.forEach((node, i) => {
      const there = element.childNodes[i] ?? null;
      if (there !== node) element.insertBefore(node, there);
    });
  }

  return {
    /**
     * Makes the only child of `parent` show `tree`; an element with the same key and tag stays.
     * @param {ParentNode & Node} parent
     * @param {Tree} tree
     */
    apply(parent, tree) {
      const element = parent.firstElementChild;
      const before = element && drawn.get(element);
      if (element && before?.t === tree.t) update(element, before, tree);
      else parent.replaceChildren(create(tree));
    },

    /** The action of an element or the nearest around it. @param {Element | null} element */
    action(element) {
      for (let at = element; at; at = at.parentElement) {
        const name = actions.get(at);
        if (name) return name;
      }
      return undefined;
    },
  };
})();
Object.assign(globalThis, { WagelightDraw });
