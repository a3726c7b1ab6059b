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

/** @param {IDBRequest | IDBOpenDBRequest} request */
const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** Bytes of all that is stored as it was handed to the browser, by store. */
async function sizes() {
  const bytes = {};
  const add = (store, key, value) => {
    bytes[store] = (bytes[store] ?? 0) + key.length + (value.byteLength ?? new Blob([value]).size);
  };
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

/** Bytes that are written in one transaction. */
const BATCH = 16_000_000;

/** The records of `wagelight generate --stores` into the stores, as they are. @param {File} file */
async function fill(file) {
  // The core makes the database and its stores.
  await asked({ ask: { ask: "stored_summary" }, from: {} });
  const db = await settled(indexedDB.open("wagelight"));
  const journal = await (await navigator.storage.getDirectory()).getDirectoryHandle("journal", { create: true });
  const text = new TextDecoder();
  for (let at = 0; at < file.size; ) {
    const bytes = new Uint8Array(await file.slice(at, at + BATCH).arrayBuffer());
    const view = new DataView(bytes.buffer);
    const puts = [];
    let from = 0;
    while (from + 8 <= bytes.length) {
      const [head, value] = [view.getUint32(from, true), view.getUint32(from + 4, true)];
      const [begin, end] = [from + 8 + head, from + 8 + head + value];
      if (end > bytes.length) break;
      const [store, key, isText] = JSON.parse(text.decode(bytes.subarray(from + 8, begin)));
      const part = bytes.slice(begin, end);
      puts.push([store, key, isText ? text.decode(part) : part]);
      from = end;
    }
    if (from === 0) throw new Error("a record is larger than a batch");
    at += from;
    const rows = puts.filter(([store]) => db.objectStoreNames.contains(store));
    if (rows.length > 0) {
      const names = [...new Set(rows.map(([store]) => store))];
      const transaction = db.transaction(names, "readwrite", { durability: "strict" });
      for (const [store, key, value] of rows) transaction.objectStore(store).put(value, key);
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
    }
    for (const [store, key, value] of puts) {
      if (store === "local") await chrome.storage.local.set({ [key]: value });
      if (store !== "journal") continue;
      const writable = await (await journal.getFileHandle(key, { create: true })).createWritable();
      await writable.write(value);
      await writable.close();
    }
  }
  db.close();
  return { bytes: { file: file.size } };
}

const input = Object.assign(document.createElement("input"), { type: "file" });
input.onchange = () => fill(/** @type {FileList} */ (input.files)[0]).then(tell, (error) => tell({ failed: String(error) }));
body.append(input);

new MutationObserver(() => {
  const message = JSON.parse(body.dataset["asked"] ?? "");
  (message.ask ? asked(message) : sizes()).then(tell, (error) => tell({ failed: String(error) }));
}).observe(body, { attributes: true, attributeFilter: ["data-asked"] });
body.dataset["ready"] = "yes";
