"use strict";
// Tests of the real stores, run in a page of the packed extension. See README.md.

const SITE = "mturk";
const ID = "A00EXAMPLE000";

/** @param {object} ask @returns {Promise<any>} */
globalThis.askBackground = (ask) => chrome.runtime.sendMessage({ t: "ask", ask });
const ask = globalThis.askBackground;

const rate = (patch, id = ID) =>
  ask({ ask: "rate", site: SITE, requester_id: id, requester_name: "Example", patch });
const block = (id, title_key) =>
  ask({ ask: "block", site: SITE, requester_id: id, requester_name: "", title_key, title: title_key, reason: "broken" });
const facts = (rows) => ask({ ask: "facts", site: SITE, rows });
const own = async (id = ID) => (await facts([{ requester_id: id }])).rows[0].own;

function same(actual, expected, what = "") {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: ${left} instead of ${right}`);
}

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Opens the database as it is, or at a version. */
async function open(version, upgrade) {
  const request = indexedDB.open("wagelight", version);
  request.onupgradeneeded = () => upgrade?.(request.result);
  return settled(request);
}

/** A database of our own making, though this page or the background may open theirs at any moment. */
async function fresh(version, upgrade) {
  for (let turn = 0; turn < 50; turn++) {
    await settled(indexedDB.deleteDatabase("wagelight"));
    const request = indexedDB.open("wagelight", version);
    let isOurs = false;
    request.onupgradeneeded = ({ oldVersion }) => {
      isOurs = oldVersion === 0;
      if (isOurs) upgrade(request.result);
    };
    const database = await settled(request).catch(() => null);
    if (isOurs && database) return database;
    database?.close();
  }
  throw new Error("somebody always opens the database first");
}

/** Every record of a store, by its key. */
async function records(name) {
  const database = await open();
  try {
    const store = database.transaction(name).objectStore(name);
    const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
    return keys.map((key, at) => [key, values[at]]);
  } finally {
    database.close();
  }
}

async function plant(store, key, text) {
  const database = await open();
  try {
    const transaction = database.transaction(store, "readwrite");
    transaction.objectStore(store).put(text, key);
    await new Promise((resolve) => (transaction.oncomplete = resolve));
  } finally {
    database.close();
  }
}

/** The background's connection closes on its own when the database is deleted. */
async function empty() {
  await settled(indexedDB.deleteDatabase("wagelight"));
  await chrome.storage.local.clear();
}

const TESTS = {
  async "a rating is on disk when it is answered, and the bell rings"() {
    const bell = new Promise((resolve) =>
      chrome.storage.onChanged.addListener(function heard(changes) {
        if (!changes.bell?.newValue) return;
        chrome.storage.onChanged.removeListener(heard);
        resolve(changes.bell.newValue);
      }),
    );
    same(await rate({ again: "never", pay: 2 }), { is: "saved", undo: "1" });
    const [[key, text]] = await records("ratings");
    same(key, [SITE, ID]);
    same([JSON.parse(text).v, JSON.parse(text).again, JSON.parse(text).pay], [1, "never", 2]);
    const { n, site, requesters } = await bell;
    same([n, site, requesters], [1, SITE, [ID]]);
  },

  async "undo brings back what was there, byte for byte"() {
    await rate({ pay: 4, note: "first" });
    const before = await records("ratings");
    const { undo } = await rate({ pay: null, note: "second", broken: true });
    same(await ask({ ask: "undo", site: SITE, token: undo }), { is: "saved", undo: null });
    same(await records("ratings"), before);
    same((await ask({ ask: "undo", site: SITE, token: undo })).why, "too_late");
  },

  async "asks side by side are each done once and in one order"() {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => rate({ pay: 1 + (n % 5) }, `A${n}`)));
    same(answers.map(({ undo }) => Number(undo)).sort((a, b) => a - b), Array.from({ length: 60 }, (_, n) => n + 1));
    const { ratings, change, undo } = await ask({ ask: "stored_summary" });
    const texts = (await records("ratings")).map(([, text]) => text);
    const bytes = texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
    same([ratings, change, undo], [{ count: 60, bytes }, 60, 50]);
  },

  async "keys beyond ASCII and title keys are told apart"() {
    await block("A1", "研究 😀");
    await block("A1");
    const rows = (await facts([{ requester_id: "A1", title_key: "研究 😀" }, { requester_id: "A1", title_key: "研究" }])).rows;
    same(rows.map((row) => [!!row.requester_block, !!row.title_block]), [[true, true], [true, false]]);
    const list = await ask({ ask: "blocks", site: SITE, limit: 1 });
    const rest = await ask({ ask: "blocks", site: SITE, limit: 1, after: list.next });
    same([list.blocks[0].scope, rest.blocks[0].title_key], ["requester", "研究 😀"]);
    same((await ask({ ask: "blocks", site: "mturk-sandbox" })).blocks, []);
  },

  async "a database closed under the background is opened anew"() {
    await rate({ pay: 1 });
    await settled(indexedDB.deleteDatabase("wagelight"));
    same(await own(), null);
    same(await rate({ pay: 2 }), { is: "saved", undo: "1" });
  },

  async "a newer database is read and never written"() {
    await rate({ pay: 3 });
    const newer = await open(9, (database) => database.createObjectStore("later"));
    newer.close();
    same((await own()).pay, 3);
    const refused = await rate({ pay: 1 });
    same([refused.is, refused.why], ["refused", "newer"]);
    same(JSON.parse((await records("ratings"))[0][1]).pay, 3);
  },

  async "a database of the first schema gains the history's stores and keeps what it has"() {
    const old = await fresh(1, (database) => {
      for (const store of ["ratings", "blocks", "undo", "meta"]) database.createObjectStore(store);
    });
    old.close();
    const text = JSON.stringify({ v: 1, n: 1, site: SITE, requester_id: ID, pay: 4, rated_at: 5 });
    await plant("ratings", [SITE, ID], text);
    await rate({ pay: 2 }, "A2");
    const database = await open();
    const [version, stores] = [database.version, [...database.objectStoreNames]];
    database.close();
    same(version, 2);
    same(stores, ["blocks", "day_sums", "days", "entries", "entry_days", "meta", "ratings", "tallies", "terms", "undo"]);
    same((await records("ratings"))[0], [[SITE, ID], text]);
  },

  async "once the newer database is gone, writing goes on"() {
    (await fresh(9, (database) => database.createObjectStore("meta"))).close();
    same((await rate({ pay: 1 })).why, "newer");
    await settled(indexedDB.deleteDatabase("wagelight"));
    same((await rate({ pay: 1 })).is, "saved");
  },

  async "a newer and a damaged record stay as they are"() {
    for (const [text, why] of [['{"v":9}', "newer"], ["{", "damaged"], [{ not: "text" }, "damaged"]]) {
      await rate({ pay: 3 }, "A2");
      await plant("ratings", [SITE, ID], text);
      same((await rate({ pay: 1 })).why, why);
      same((await facts([{ requester_id: ID }])).problems.length, 1);
      same((await records("ratings"))[0][1], text);
    }
  },

  async "a writer waits for the lock, a reader does not"() {
    const order = [];
    let release;
    const held = new Promise((resolve) => (release = resolve));
    let mine;
    const got = new Promise((resolve) => (mine = resolve));
    const lock = navigator.locks.request("writer", () => (mine(), held));
    await got;
    const writing = rate({ pay: 5 }).then(() => order.push("written"));
    await facts([{ requester_id: ID }]);
    order.push("read");
    release();
    await Promise.all([writing, lock]);
    same(order, ["read", "written"]);
  },

  async "settings are kept in storage.local and heard by others"() {
    const { settings } = await ask({ ask: "settings_set", patch: { unit: "hour", sites: { mturk: false } } });
    same([settings.unit, settings.sites_off], ["hour", ["mturk"]]);
    same((await chrome.storage.local.get("settings")).settings.v, 1);
    same((await ask({ ask: "hello", site: SITE })).on, false);
  },

  async "what is none of ours is refused and nothing breaks"() {
    for (const odd of [null, 1, "x", [], {}, { ask: "fly" }, { ask: "undo", site: SITE, token: "-1" }]) {
      same((await ask(odd)).is, "refused", JSON.stringify(odd));
    }
    same((await rate({ pay: 1 })).is, "saved");
  },
};

/** A promise that may hang, but not the whole run. */
async function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than 20 s`)), 20_000);
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

globalThis.runStoreTests = async () => {
  const results = [];
  for (const [name, test] of Object.entries(TESTS)) {
    let error = null;
    try {
      await within(empty(), "emptying the stores");
      await within(test(), "the test");
    } catch (thrown) {
      error = String(thrown);
    }
    results.push({ name, error });
  }
  await empty();
  return results;
};

/** Facts for a page of rows with so many blocks stored: milliseconds of each of `rounds`, page to page. */
globalThis.timeFacts = async (blocks, rounds) => {
  await empty();
  await rate({ pay: 1 });
  for (let n = 0; n < blocks; n += 100) {
    await Promise.all(Array.from({ length: Math.min(100, blocks - n) }, (_, k) => block(`B${n + k}`, `title ${n + k}`)));
  }
  const rows = Array.from({ length: 100 }, (_, n) => ({ requester_id: `B${n}`, title_key: `title ${n}` }));
  const times = { facts: [], hello: [], rate: [] };
  const timed = async (name, work) => {
    const start = performance.now();
    await work();
    times[name].push(performance.now() - start);
  };
  for (let n = 0; n < rounds; n += 1) {
    await timed("hello", () => ask({ ask: "hello", site: SITE }));
    await timed("facts", () => facts(rows));
    await timed("rate", () => rate({ pay: 1 + (n % 5) }));
  }
  return times;
};
