// Stands in the place of a page's script in the copy of the package that is measured: a core of its own, asked as the
// background asks its own, so that what is measured is the core and its stores and not the channel. A script of the
// driver cannot import the core itself: in Firefox it runs in a sandbox without modules.
import * as core from "../background_core.js";

const own = { id: chrome.runtime.id, root: chrome.runtime.getURL("") };
const ready = core.default().then(() => core.init_engine(JSON.stringify(own), (said) => tell({ failed: said })));
const { body } = document;

/** @param {object} told */
function tell(told) {
  body.dataset["told"] = JSON.stringify(told);
}

/** One ask of a page of the site or of ours; the time from asking to the answer, with the wait for the lock. */
async function asked({ ask, from }) {
  await ready;
  const context = { ...own, session: "bench", now_ms: Date.now(), incognito: false, frame: 0, tab: 1, ...from };
  context.url ??= `${own.root}pages/history.html`;
  const [message, whence] = [JSON.stringify(ask), JSON.stringify(context)];
  const run = () => core.answer(message, whence);
  const began = performance.now();
  const answer = await (core.needs_lock(message) ? navigator.locks.request("writer", run) : run());
  return { ms: performance.now() - began, answer };
}

/** Bytes of all that is stored as it was handed to the browser, by store. */
async function sizes() {
  const bytes = {};
  const add = (store, key, value) => {
    bytes[store] = (bytes[store] ?? 0) + key.length + (value.byteLength ?? new Blob([value]).size);
  };
  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const db = await settled(indexedDB.open("wagelight"));
  for (const name of db.objectStoreNames) {
    const store = db.transaction(name).objectStore(name);
    await new Promise((resolve, reject) => {
      const cursor = store.openCursor();
      cursor.onerror = () => reject(cursor.error);
      cursor.onsuccess = () => {
        if (!cursor.result) return resolve(undefined);
        add(name, [cursor.result.key].flat().join(), cursor.result.value);
        cursor.result.continue();
      };
    });
  }
  db.close();
  const root = await navigator.storage.getDirectory();
  const journal = await root.getDirectoryHandle("journal", { create: true });
  for await (const [name, handle] of journal.entries()) bytes.journal = (bytes.journal ?? 0) + name.length + (await handle.getFile()).size;
  for (const [key, value] of Object.entries(await chrome.storage.local.get(null))) add("storage.local", key, JSON.stringify(value));
  return { bytes };
}

new MutationObserver(() => {
  const message = JSON.parse(body.dataset["asked"] ?? "");
  (message.ask ? asked(message) : sizes()).then(tell, (error) => tell({ failed: String(error) }));
}).observe(body, { attributes: true, attributeFilter: ["data-asked"] });
body.dataset["ready"] = "yes";
