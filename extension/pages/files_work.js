// Saves and loads: a core of its own, one piece a message, under the writer lock where the core says so.
import * as core from "../background_core.js";

/** A worker has no `storage.local`: its page lends it. @type {Map<number, PromiseWithResolvers<unknown>>} */
const calls = new Map();
let asked = 0;
/** @param {string} method */
const lent = (method) => (/** @type {unknown[]} */ ...args) => {
  const answer = Promise.withResolvers();
  calls.set(++asked, answer);
  postMessage({ call: asked, method, args });
  return answer.promise;
};
const local = { get: lent("get"), set: lent("set"), remove: lent("remove") };
Object.assign(globalThis, { chrome: { storage: { local } } });

const ready = core.default().then(() =>
  core.init_engine('{"id":"","root":""}', () => postMessage({ say: "It failed. Nothing was lost: open this page anew" })),
);
const SAVING = "file being saved";
/** What the last piece said of the next. @type {any} */
let last = {};
/** @type {File | undefined} */
let file;
/** @type {any} */
let out;

/** @param {string} act */
async function piece(act) {
  const [from, to] = (act === "step" && last.wants) || [0, 0];
  const bytes = new Uint8Array(await (file ?? new Blob()).slice(from, to).arrayBuffer());
  const order = JSON.stringify({ act, file_bytes: file?.size ?? null, now_ms: Date.now() });
  const run = () => core.file_step(order, bytes);
  const [text, written] = await (last.locks ? navigator.locks.request("writer", run) : run());
  last = JSON.parse(text);
  if (!last.name) return last;
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle(SAVING, { create: true });
  if (!out) {
    out = await /** @type {any} */ (handle).createSyncAccessHandle();
    out.truncate(0);
  }
  out.write(written);
  if (!last.is_written) return last;
  out.flush();
  out.close();
  out = undefined;
  return { ...last, file: await handle.getFile() };
}

addEventListener("message", async ({ data }) => {
  if (data.call) {
    const { resolve, reject } = /** @type {PromiseWithResolvers<unknown>} */ (calls.get(data.call));
    calls.delete(data.call);
    return data.thrown ? reject(data.thrown) : resolve(data.value);
  }
  await ready;
  file = data.file ?? file;
  if (data.act !== "step") out = out?.close();
  postMessage(await piece(data.act).catch((error) => ({ say: String(error) })));
});
