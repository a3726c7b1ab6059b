// One of our own pages: sends what is pressed and typed, draws what comes back. Holds no rule.

/** @typedef {{tree?: Tree, close?: boolean, focus?: string | null, say?: string} | undefined} Answer */
/** @typedef {Record<string, string>} Texts */
/** What a page knows beside its address, whom it asks before the background, what is the browser's part.
 * @typedef {{about?: () => Promise<Texts>, first?: (act: string) => Promise<Answer>, own?: Record<string, (rest: string) => unknown>}} Ways */

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const trouble = /** @type {HTMLElement} */ (document.querySelector("#trouble"));
const controls = () => /** @type {HTMLInputElement[]} */ ([...main.querySelectorAll("input, textarea")]);

/** The controls' values by name. @returns {Texts} */
function values() {
  const said = controls().filter(({ type, checked }) => type !== "radio" || checked);
  return Object.fromEntries(said.map((said) => [said.name, said.type !== "checkbox" ? said.value : said.checked ? "on" : "off"]));
}

/** @param {Ways} ways @returns {(act: string) => Promise<void>} */
export function start({ about = async () => ({}), first = async () => undefined, own = {} }) {
  let turn = Promise.resolve();
  /** @type {Map<string, symbol>} */
  const newest = new Map();

  /** One after the other; of an act the last alone, since what it says is read when its turn comes. @param {string} act */
  function send(act) {
    const mine = Symbol(act);
    newest.set(act, mine);
    return (turn = turn.then(async () => {
      const sent = values();
      if (newest.get(act) === mine) draw(await answer(act, sent).catch((error) => ({ say: String(error) })), sent);
    }));
  }

  /** @param {string} act @param {Texts} fields @returns {Promise<Answer>} */
  async function answer(act, fields) {
    const nearer = await first(act);
    if (nearer) return nearer;
    const known = { ...Object.fromEntries(new URLSearchParams(location.search)), ...(await about()) };
    known["version"] = chrome.runtime.getManifest().version;
    const ask = { ask: "screen", screen: document.body.dataset["screen"], act, fields, about: known };
    return chrome.runtime.sendMessage({ t: "ask", ask });
  }

  /** @param {Answer} answer @param {Texts} sent */
  function draw(answer, sent) {
    trouble.textContent = answer?.tree ? "" : `Wagelight does not answer. Please try again. (${answer?.say ?? ""})`;
    if (!answer?.tree) return;
    const typed = values();
    WagelightDraw.apply(main, answer.tree);
    // What was typed since is newer than the answer, and its own event is on the way.
    const newer = controls().filter(({ name, type }) => /^text|search/.test(type) && typed[name] !== sent[name]);
    for (const control of newer) control.value = typed[control.name] ?? "";
    if (answer.focus) document.getElementById(answer.focus)?.focus();
    if (answer.close && newer.length === 0) window.close();
  }

  /** A long text and a search are followed letter by letter, all else when it is done. @param {Event} event */
  function heard({ type, target, isTrusted }) {
    const element = /** @type {Element} */ (target);
    const at = type === "click" ? element.closest("button") : element;
    const act = WagelightDraw.action(at);
    if (!act || !isTrusted || (type !== "click" && element.matches("textarea, [type=search]") !== (type === "input"))) return;
    const [verb = "", rest = ""] = act.split(/:(.*)/s);
    if (own[verb]) own[verb](rest);
    else void send(act);
  }
  for (const type of ["click", "input", "change"]) main.addEventListener(type, heard);
  addEventListener("beforeunload", (event) => main.querySelector(".unsaved") && event.preventDefault());
  void send("");
  return send;
}
