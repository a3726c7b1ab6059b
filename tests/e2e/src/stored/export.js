// Runs in a page of the extension: all that is stored, as it lies there. Nothing of ours reads it on the way.
const done = arguments[0];
const packed = (value) => (typeof value === "string" ? value : { bytes: new Uint8Array(value).toBase64() });
const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function database(name) {
  // To open one that is not there would make it.
  if (!(await indexedDB.databases()).some((known) => known.name === name)) return null;
  const db = await settled(indexedDB.open(name));
  const stores = {};
  for (const store of db.objectStoreNames) {
    const all = db.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([settled(all.getAllKeys()), settled(all.getAll())]);
    stores[store] = keys.map((key, at) => [[key].flat(), packed(values[at])]);
  }
  db.close();
  return stores;
}

async function files() {
  const root = await navigator.storage.getDirectory();
  const found = {};
  for await (const [folder, directory] of root.entries()) {
    if (directory.kind !== "directory") continue;
    for await (const [name, handle] of directory.entries()) {
      found[`${folder}/${name}`] = packed(await (await handle.getFile()).arrayBuffer());
    }
  }
  return found;
}

/** All that can be read: one damaged value costs the answer that all are asked for in. */
async function local() {
  const all = await chrome.storage.local.get(null).catch(() => null);
  if (all) return all;
  const each = (await chrome.storage.local.getKeys()).map((key) => chrome.storage.local.get(key).catch(() => ({})));
  return Object.assign({}, ...(await Promise.all(each)));
}

(async () => ({ database: await database("wagelight"), local: await local(), files: await files() }))().then(
  done,
  (error) => done({ failed: String(error) }),
);
