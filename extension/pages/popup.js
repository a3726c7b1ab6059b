// The popup: the tab in front says what it was read as; where none answers, the background draws.
// With `?tab=ID` it is the same in a window that stays.
import { start } from "./page.js";
const kept = new URLSearchParams(location.search).get("tab");
if (kept || !chrome.windows) document.body.classList.add("kept");
let gaveUp = false;
const find = async () =>
  kept ? chrome.tabs.get(Number(kept)) : (await chrome.tabs.query({ active: true, currentWindow: true }))[0];

async function address() {
  const { origin, pathname } = new URL((await find().catch(() => undefined))?.url ?? "about:blank");
  return origin + pathname;
}

/** The worker's day stands below what the page says of itself. */
async function day() {
  const ask = { ask: "screen", screen: "popup", act: "day", about: { url: await address() } };
  const answer = await chrome.runtime.sendMessage({ t: "ask", ask });
  if (answer?.tree) WagelightDraw.apply(/** @type {HTMLElement} */ (document.querySelector("#day")), answer.tree);
}
void day();

const send = start({
  async first(act) {
    const id = (await find().catch(() => undefined))?.id ?? -1;
    const said = await chrome.tabs.sendMessage(id, { t: "popup", act }, { frameId: 0 }).catch(() => undefined);
    gaveUp = said?.gave_up === true;
    const scrolled = said && act.startsWith("scroll:");
    if (scrolled && kept) void chrome.tabs.update(id, { active: true });
    return said && !gaveUp ? { tree: said, close: scrolled && !kept } : undefined;
  },
  async about() {
    const url = await address();
    const wanted = /** @type {string[]} */ (chrome.runtime.getManifest().host_permissions);
    const given = await Promise.all(wanted.map((host) => chrome.permissions.contains({ origins: [host] })));
    const missing = wanted.filter((_, at) => !given[at]).join("\n");
    return { url, missing, gave_up: gaveUp ? "yes" : "", browser: navigator.userAgent };
  },
  own: {
    history: () => chrome.tabs.create({ url: chrome.runtime.getURL("pages/history.html") }).then(() => kept || window.close()),
    options: () => chrome.runtime.openOptionsPage().then(() => kept || window.close()),
    allow: (origin) => chrome.permissions.request({ origins: [origin] }).then(() => send("")),
    copy: (text) => navigator.clipboard.writeText(text).then(() => document.querySelector("#told")?.replaceChildren("Copied.")),
    async window() {
      const url = chrome.runtime.getURL(`pages/popup.html?tab=${(await find())?.id}`);
      void chrome.windows.create({ url, type: "popup", width: 400, height: 560 }).then(() => window.close());
    },
  },
});
// A window that stays shows what the page is now.
addEventListener("focus", () => kept && void Promise.all([send(""), day()]));
