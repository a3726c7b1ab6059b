// The background: answers asks, hands out the page engine, runs it for pages that may not.
// It is ended after half a minute of rest: listeners are registered at once, nothing is kept
// that cannot be had again.
import "./core.js";
import { listen } from "./front.js";
import { refused, serve } from "./writer.js";

/** @typedef {{handle(event: string): string}} PageCore */
/** @type {{instantiate(module: WebAssembly.Module): Promise<PageCore>}} */
const { instantiate } = /** @type {any} */ (globalThis)["WagelightCore"];

/**
 * Made when first needed, kept if it could be made.
 * @template T
 * @param {() => Promise<T>} make
 */
function once(make) {
  /** @type {Promise<T> | undefined} */
  let made;
  return () =>
    (made ??= make().catch((error) => {
      made = undefined;
      throw error;
    }));
}

const bytes = once(async () => {
  const file = await fetch(chrome.runtime.getURL("content.wasm"));
  return new Uint8Array(await file.arrayBuffer());
});
const base64 = once(async () => (await bytes()).toBase64());
const module = once(async () => WebAssembly.compile(await bytes()));

/** The key of this install, never exported: without it nobody can tell whose records these are. */
const accountKey = once(async () => {
  const { account_key: kept } = await chrome.storage.local.get("account_key");
  const raw = /** @type {string} */ (kept ?? crypto.getRandomValues(new Uint8Array(32)).toBase64());
  if (!kept) await chrome.storage.local.set({ account_key: raw });
  return crypto.subtle.importKey("raw", Uint8Array.fromBase64(raw), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
});

/** The browser's run: a name that is new after every start of it, when numbers of tabs mean others. */
const session = once(async () => {
  const { run } = await chrome.storage.session.get("run");
  const name = run ?? crypto.randomUUID();
  if (!run) await chrome.storage.session.set({ run: name });
  return name;
});

/** An account in a container of the browser, as a keyed hash. @param {string} account @param {string} container */
async function accountTag(account, container) {
  const text = new TextEncoder().encode(JSON.stringify([account, container]));
  const hash = await crypto.subtle.sign("HMAC", await accountKey(), text);
  return new Uint8Array(hash).slice(0, 12).toBase64({ alphabet: "base64url" });
}

/** The accounts of the open tabs. What came of a request has that of the tab it went through. @param {{tabs: any[], answer?: any}} ask */
async function hashAccounts({ tabs, answer }) {
  for (const one of [...tabs, ...(answer ? [answer] : [])]) if (one.account) one.account = await accountTag(one.account, one.container ?? "");
}

/**
 * @param {any} ask
 * @param {chrome.runtime.MessageSender | undefined} sender
 * @param {string} [account] as the page names it
 */
async function answer(ask, sender, account) {
  if (ask?.ask === "reconcile") await hashAccounts(ask);
  const context = {
    id: sender?.id,
    url: sender?.url,
    incognito: sender?.tab?.incognito ?? false,
    frame: sender?.frameId ?? null,
    tab: sender?.tab?.id ?? null,
    account: account ? await accountTag(account, /** @type {any} */ (sender?.tab)?.cookieStoreId ?? "") : null,
    session: await session(),
    now_ms: Date.now(),
  };
  const settings = ask?.ask === "hello" ? chrome.storage.local.get("settings") : undefined;
  const answer = /** @type {any} */ (await serve(ask, context));
  if (answer.is === "opened") openNote(ask);
  if (answer.is === "clock" && answer.on) front.heard(answer, ask.ask === "browser");
  if (ask?.ask !== "screen" && !context.incognito) care();
  // Remembered where pages find it without waiting for us: a page's first paint needs it.
  if (answer.is === "hello" && !context.incognito) void remember(`hello ${ask.site}`, { ...(await settings), answer });
  return answer;
}

/** What the hands need themselves was refused, as on a full disk the first key of all. @param {any} ask */
const unread = (ask) => (/** @type {unknown} */ error) => {
  console.error("Wagelight cannot use its small store:", error);
  return refused(ask, `The browser does not open its storage: this is not saved yet (${error})`, "the browser does not open its storage");
};

/** When the stores were last looked after. */
let cared = 0;

/** At most once a minute, and after what somebody waits for. */
function care() {
  if (Date.now() - cared < 60_000) return;
  cared = Date.now();
  const own = { id: chrome.runtime.id, url: chrome.runtime.getURL("background.js") };
  setTimeout(() => void serve({ ask: "care" }, { ...own, now_ms: Date.now() }), 2_000);
}

/** @param {string} key @param {object} greeting the answer, and the settings it was made with */
async function remember(key, greeting) {
  const { [key]: before } = await chrome.storage.local.get(key);
  if (JSON.stringify(before) !== JSON.stringify(greeting)) await chrome.storage.local.set({ [key]: greeting });
}

/** @param {{site: string, requester_id: string, requester_name: string}} about */
function openNote({ site, requester_id, requester_name }) {
  const about = new URLSearchParams({ site, requester_id, requester_name });
  const url = chrome.runtime.getURL(`pages/note.html?${about}`);
  void chrome.windows.create({ url, type: "popup", width: 480, height: 420 });
}

const front = listen((ask) => answer(ask, { id: chrome.runtime.id, url: chrome.runtime.getURL("background.js") }));

chrome.runtime.onConnect.addListener((port) => {
  if (port.name !== "page") return;
  /** The page's own engine, where its policy lets none run in the page. @type {PageCore | undefined} */
  let engine;
  /** Events are handled one after the other, in the order they came. */
  let turn = Promise.resolve();

  /** @param {object} message */
  const say = (message) => {
    try {
      port.postMessage(message);
    } catch {
      // The page is gone.
    }
  };

  /** @param {string} event */
  async function handle(event) {
    try {
      engine ??= await instantiate(await module());
      say({ t: "effects", effects: engine.handle(event) });
    } catch (error) {
      engine = undefined;
      console.error("Wagelight's page engine failed:", error);
      say({ t: "panicked" });
    }
  }

  // A page that goes cannot say so itself: Firefox drops its last message.
  port.onDisconnect.addListener(() => {
    void chrome.runtime.lastError; // Read, or the browser complains.
    const { host, pathname } = new URL(port.sender?.url ?? "about:blank");
    void answer({ ask: "clock", address: host + pathname, events: ["left"] }, port.sender);
  });
  port.onMessage.addListener((/** @type {any} */ message) => {
    if (message.t === "ask") {
      void answer(message.ask, port.sender, message.account).catch(unread(message.ask)).then((answer) => say({ t: "answer", id: message.id, answer }));
    } else if (message.t === "core") {
      void base64().then((wasm) => say({ t: "core", wasm }), console.error);
    } else if (message.t === "event") {
      turn = turn.then(() => handle(message.event));
    }
  });
});

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  if (message?.t !== "ask") return false;
  void answer(message.ask, sender, message.account).catch(unread(message.ask)).then(respond);
  return true; // The answer comes later.
});

// After an update Chromium leaves open pages with a script that has lost its extension, and runs
// none anew; Firefox does. What runs where stands in the manifest alone.
chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  if (!chrome.runtime.getURL("").startsWith("chrome-extension:")) return;
  if (reason !== "install" && reason !== "update") return;
  for (const script of chrome.runtime.getManifest()["content_scripts"] ?? []) {
    const excluded = (script.exclude_matches ?? []).map((/** @type {string} */ pattern) => pattern.replace(/\*$/, ""));
    for (const tab of await chrome.tabs.query({ url: script.matches ?? [], discarded: false })) {
      if (tab.id === undefined || excluded.some((/** @type {string} */ start) => tab.url?.startsWith(start))) continue;
      const files = script.js ?? [];
      // A tab that shows an error page, or was closed meanwhile, takes no script.
      await chrome.scripting.executeScript({ target: { tabId: tab.id }, files }).catch(() => {});
    }
  }
});
