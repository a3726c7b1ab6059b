// The one that keeps records: the background's core, the writer lock, a fresh core after a failure.
// An instance cannot be started twice from one copy of its glue, and a service worker has no
// dynamic import: so the second copy, the last one there will be, is imported beside the first.
import * as first from "./background_core.js";
// @ts-ignore: the same file under a second name.
import * as again from "./background_core.js?again";

/** @typedef {typeof first} Core */
/** @type {Core[]} */
const CORES = [first, /** @type {any} */ (again)];
const BOUNDARY = 1;
/** Longer than all limits inside the core together, shorter than a service worker's rest. */
const LIMIT_MS = 25_000;

let failures = 0;
/** @type {Promise<Core> | undefined} */
let running;
/** Rejects when the running core has failed. */
let failure = watched();

function watched() {
  const failure = /** @type {PromiseWithResolvers<never>} */ (Promise.withResolvers());
  failure.promise.catch(() => {}); // It may come while nobody waits.
  return failure;
}

/** @param {string} text */
function failed(text) {
  console.error(`Wagelight's background failed: ${text}`);
  failures += 1;
  running = undefined;
  failure.reject(new Error(text));
  failure = watched();
}

/** @param {Core} core */
async function start(core) {
  try {
    await core.default();
    const own = { id: chrome.runtime.id, root: chrome.runtime.getURL("") };
    const fits = core.boundary_version() === BOUNDARY && core.init_engine(JSON.stringify(own), failed);
    if (!fits) throw new Error("the core is of another version");
    return core;
  } catch (error) {
    running = undefined; // What did not start is tried again by the next ask.
    throw error;
  }
}

/**
 * The answer to an ask that never reached a core. What a page saw stays in the page until it is kept.
 * @param {any} ask @param {string} say @param {string} short
 */
export const refused = (ask, say, short = "Wagelight failed and starts anew") =>
  ask?.ask === "seen" ? { is: "unsaved", why: "panicked", say: short } : { is: "refused", why: "panicked", say };

/**
 * Serves one ask; every answer says whether it was done. Writers hold the lock, so that only one
 * of all our pages and workers writes; a failure lets go of it.
 * @param {object} ask
 * @param {object} context of the sender
 * @returns {Promise<object>}
 */
export async function serve(ask, context) {
  const next = CORES[failures];
  if (!next) return refused(ask, "Wagelight failed twice: nothing more is saved until the browser restarts it", "Wagelight failed twice; start the browser anew");
  try {
    const own = failure;
    const core = await (running ??= start(next));
    const message = JSON.stringify(ask);
    const run = async () => {
      const timer = setTimeout(() => own === failure && failed("no answer"), LIMIT_MS);
      try {
        return await Promise.race([core.answer(message, JSON.stringify(context)), own.promise]);
      } finally {
        clearTimeout(timer);
      }
    };
    return JSON.parse(await (core.needs_lock(message) ? navigator.locks.request("writer", run) : run()));
  } catch (error) {
    console.error("Wagelight did not answer an ask:", error);
    return refused(ask, "Wagelight failed and starts anew: this is not saved, please try again");
  }
}
