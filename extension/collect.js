"use strict";
// Picks what a recipe names from a page, nothing else. The same steps run natively on saved
// pages (`sites/saved.rs`); both must agree.

/** Longest text that crosses to the core; a title of 10,000 characters is cut there, in sight. */
var WL_MAX_TEXT = 12_000;
/** Longer data is no list of tasks. */
var WL_MAX_DATA = 20_000_000;
/** A longer answer is no page of one of the worker's lists. */
var WL_MAX_ANSWER = 5_000_000;

/** Paths taken apart: a list asks for the same few some thousand times. @type {Map<string, string[]>} */
var WL_PATHS = new Map();

/**
 * @typedef {{path: string} | {css: string} | {attr: string} | {segment_after: string} | {query: string}
 *   | {address_segment_after: string} | {address_query: string} | "text" | "json" | "present"} Step
 * @typedef {{from: Step[][], required?: boolean}} FieldSpec
 * @typedef {Record<string, FieldSpec>} Fields
 * @typedef {{from?: Step[], fields: Fields}} Part
 */

var WagelightCollect = {
  /**
   * All elements of the first selector that matches any.
   * @param {ParentNode} where
   * @param {string[]} selectors
   */
  all(where, selectors) {
    for (const selector of selectors) {
      const found = where.querySelectorAll(selector);
      if (found.length > 0) return [...found];
    }
    return [];
  },

  /**
   * The rows of a root's data as items; throws an Error with words for the user.
   * @param {Element} root
   * @param {any} page
   * @returns {unknown[]}
   */
  data(root, page) {
    const text = root.getAttribute(page.data.attr);
    if (text === null) throw new Error("the list carries no data");
    if (text.length > WL_MAX_DATA) throw new Error("the list's data is larger than any list");
    const value = WagelightCollect.json(text);
    if (value === undefined) throw new Error("the list's data is not JSON, or cut off");
    const list = WagelightCollect.path(value, page.data.list);
    if (!Array.isArray(list)) throw new Error("the list's data has another form than known");
    return list;
  },

  /** @param {unknown} element @param {any} page */
  item(element, page) {
    /** @type {Record<string, unknown>} */
    const item = {};
    /** @type {string[]} */
    const unreadable = [];
    WagelightCollect.pick(element, page.fields, item, unreadable);
    for (const path of page.requirements?.list ?? []) {
      const list = WagelightCollect.path(element, path);
      if (!Array.isArray(list)) continue;
      item["requirements"] = list.slice(0, 50).map((one) => {
        const requirement = {};
        WagelightCollect.pick(one, page.requirements.fields, requirement, unreadable);
        return requirement;
      });
      break;
    }
    if (unreadable.length > 0) item["unreadable"] = unreadable;
    return item;
  },

  /**
   * What a page says as a whole; of its address only what a step names.
   * @param {ParentNode} where
   * @param {any} page
   * @param {string} address
   */
  about(where, page, address) {
    /** @type {Record<string, unknown>} */
    const item = {};
    /** @type {string[]} */
    const unreadable = [];
    for (const { from = [], fields } of /** @type {Part[]} */ (page.about ?? [])) {
      WagelightCollect.pick(WagelightCollect.follow(where, from, address), fields, item, unreadable, address);
    }
    if (unreadable.length > 0) item["unreadable"] = unreadable;
    return item;
  },

  /** The account that a page is shown to. @param {ParentNode} where @param {any} page @returns {string | undefined} */
  account(where, page) {
    const account = WagelightCollect.follow(where, page.account ?? []);
    return typeof account === "string" ? account : undefined;
  },

  /** What a task's frame told the page; nothing else of its text goes on. @param {unknown} text @param {any} page */
  message(text, page) {
    /** @type {Record<string, unknown>} */
    const item = {};
    WagelightCollect.pick(text, page.message ?? {}, item, []);
    return item;
  },

  /** The site's JSON answer for this page, or why it is none. @param {string} text @param {any} page */
  answer(text, page) {
    if (text.length > WL_MAX_ANSWER) return "too_large";
    const value = WagelightCollect.json(text);
    if (value === undefined) {
      return page.fetch.captcha.some((/** @type {string} */ word) => text.includes(word)) ? "captcha" : "no_json";
    }
    const list = WagelightCollect.path(value, page.data.answer);
    return Array.isArray(list) ? { items: list.map((element) => WagelightCollect.item(element, page)) } : "other_form";
  },

  /**
   * @param {unknown} from
   * @param {Fields} fields
   * @param {Record<string, unknown>} into what has a value in it already keeps it
   * @param {string[]} unreadable
   * @param {string} [address]
   */
  pick(from, fields, into, unreadable, address) {
    for (const name in fields) {
      if (Object.hasOwn(into, name)) continue;
      for (const steps of fields[name]?.from ?? []) {
        const value = WagelightCollect.follow(from, steps, address);
        if (value === undefined || value === null) continue;
        if (typeof value === "object") unreadable.push(`${name}: ${Array.isArray(value) ? "a list" : "an object"}`);
        else into[name] = String(value).slice(0, WL_MAX_TEXT).toWellFormed(); // Half a character would spoil the whole message.
        break;
      }
    }
  },

  /** @param {unknown} from @param {Step[]} steps @param {string} [address] */
  follow(from, steps, address = "") {
    let value = from;
    for (const step of steps) value = WagelightCollect.step(value, step, address);
    return value;
  },

  /** @param {any} value @param {Step} step @param {string} address @returns {any} */
  step(value, step, address) {
    if (step === "present") return value === undefined ? undefined : "true";
    if (typeof step === "object" && "address_query" in step) return WagelightCollect.query(address, step.address_query);
    if (typeof step === "object" && "address_segment_after" in step) return WagelightCollect.segment(address, step.address_segment_after);
    if (value === undefined || value === null) return undefined;
    if (step === "text") return value.textContent.replace(/\s+/g, " ").trim();
    if (step === "json") return WagelightCollect.json(value);
    if ("path" in step) return WagelightCollect.path(value, step.path);
    if ("css" in step) return value.querySelector(step.css) ?? undefined;
    if ("attr" in step) return value.getAttribute(step.attr) ?? undefined;
    if ("query" in step) return WagelightCollect.query(String(value), step.query);
    return WagelightCollect.segment(String(value), step.segment_after);
  },

  /** @param {unknown} text @returns {unknown} */
  json(text) {
    if (typeof text !== "string" || text.length > WL_MAX_DATA) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  },

  /** @param {string} url @param {string} name */
  segment(url, name) {
    const segments = url.split(/[?#]/)[0]?.split("/") ?? [];
    const at = segments.indexOf(name);
    return at < 0 ? undefined : segments[at + 1] || undefined;
  },

  /** @param {string} url @param {string} name */
  query(url, name) {
    const [whole = ""] = url.split("#");
    for (const pair of whole.slice(whole.indexOf("?") + 1 || whole.length).split(/[&;]/)) {
      const at = pair.indexOf("=");
      const key = pair.slice(0, Math.max(at, 0)).replace(/%5B/gi, "[").replace(/%5D/gi, "]");
      if (key === name && at + 1 < pair.length) return pair.slice(at + 1);
    }
    return undefined;
  },

  /** @param {any} value @param {string} path */
  path(value, path) {
    let keys = WL_PATHS.get(path);
    if (!keys) WL_PATHS.set(path, (keys = path.split(".")));
    for (const key of keys) {
      if (value === null || typeof value !== "object" || !Object.hasOwn(value, key)) return undefined;
      value = value[key];
    }
    return value;
  },

  /** @param {Element} row @param {number} key @param {number} index @param {any} page */
  row(row, key, index, page) {
    /** @type {Record<string, unknown>} */
    const mark = { key, index };
    WagelightCollect.pick(row, page.row_fields, mark, []);
    return mark;
  },
};
