// The check of the history against the site: asks the background what is to be done, and does it through an open page
// of the site. Where it stands lies in the background's store, so that this page may be closed at any time.

/** @typedef {{next?: string, is?: string, say?: string, tab: number, number: number, path: string, page: object, until_ms: number}} Next */

/** A page that sleeps or is just being left does not answer. */
const ANSWER_MS = 2_000;
/** A background starts anew in less. */
const MOST_TRIES = 10;
const AGAIN_MS = 300;

/** @template T @param {Promise<T>} promise @returns {Promise<T | undefined>} */
const soon = (promise) => Promise.race([promise.catch(() => undefined), new Promise((done) => setTimeout(done, ANSWER_MS, undefined))]);

/** The open pages of the sites, and whose they are. */
async function openTabs() {
  const url = /** @type {string[]} */ (chrome.runtime.getManifest().host_permissions);
  const tabs = await chrome.tabs.query({ url, discarded: false });
  return Promise.all(tabs.filter(({ incognito }) => !incognito).map(async ({ id = -1, url = "", ...tab }) => {
    const { host, pathname } = new URL(url);
    const said = await soon(chrome.tabs.sendMessage(id, { t: "whose" }, { frameId: 0 }));
    const container = /** @type {any} */ (tab).cookieStoreId;
    return { tab: id, address: host + pathname, came_ms: said?.came_ms, account: said?.account, container };
  }));
}

/** @param {(act: string) => Promise<void>} send draws the page anew */
export function reconcile(send) {
  let presses = 0;
  let isDriving = false;
  let isPressed = false;

  /** @type {Awaited<ReturnType<typeof openTabs>>} */
  let tabs = [];

  /** @param {string} act @param {object} [answer] @returns {Promise<Next>} */
  async function tell(act, answer) {
    tabs = await openTabs();
    const shown = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=account]"))?.value;
    const ask = { ask: "reconcile", act, tabs, answer, account: shown ? Number(shown) : undefined };
    // A background that was ended in the middle is asked again: what it had done already it does not do twice.
    for (let tries = 1; ; tries += 1) {
      const said = await chrome.runtime.sendMessage({ t: "ask", ask }).catch((error) => ({ say: String(error), lost: true }));
      if ((said && !said.lost) || tries === MOST_TRIES) return said;
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }

  /** The focus stays in this part of the page, whichever of its keys are gone. */
  const draw = () => send(document.activeElement?.closest(".check") ? "checked" : "");

  /** @param {Next} next */
  async function act(next) {
    if (next.next !== "fetch") {
      await new Promise((done) => setTimeout(done, Math.max(next.until_ms - Date.now(), 0)));
      return tell("step");
    }
    await draw();
    const { tab, number, path, page } = next;
    const container = tabs.find((one) => one.tab === tab)?.container;
    const order = { t: "fetch", number, path, page };
    const answer = await chrome.tabs.sendMessage(tab, order, { frameId: 0 }).catch(() => undefined);
    return tell("step", { ...answer, number, container });
  }

  /** Until there is nothing to do; why it was not done, if so. */
  async function drive() {
    for (let seen = presses, next = await tell("step"); ; seen = presses, next = await act(next)) {
      if (next?.next === "fetch") continue;
      if (next?.next === "wait") void draw();
      else if (seen === presses) return next?.say;
      else next = { ...next, next: "wait", until_ms: 0 };
    }
  }

  return {
    isDriving: () => isDriving,
    /** @param {string} verb */
    async press(verb) {
      // Of two presses of one key, the second finds another key there.
      if (isPressed) return;
      isPressed = true;
      let { next, say } = await tell(verb === "begin" ? "check" : verb);
      presses += 1;
      if (next === "wait" && !isDriving) {
        isDriving = true;
        void draw().then(() => (isPressed = false));
        say = await drive().catch(String);
        isDriving = false;
      }
      const trouble = document.querySelector("#trouble");
      // The last picture stays: where the background was ended meanwhile it is asked for again.
      for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
        await draw();
        if (!trouble?.textContent) break;
        await new Promise((done) => setTimeout(done, AGAIN_MS));
      }
      isPressed = false;
      if (say) trouble?.replaceChildren(say.replace(/\.?$/, "."));
    },
  };
}
