"use strict";
// Picks what a recipe names from a page, nothing else. The same steps run natively on saved
// pages (`sites/saved.rs`); both must agree.

/** Longest text that crosses to the core; a title of 10,000 characters is cut there, in sight. */
var WL_MAX_TEXT = 12_000;

/** Paths taken apart: a list asks for the same few some thousand times. @type {Map<string, string[]>} */
var WL_PATHS = new Map();

/**
 * @typedef {{path: string} | {css: string} | {attr: string} | {segment_after: string} | "text"} Step
 * @typedef {{from: Step[][], required?: boolean}} FieldSpec
 * @typedef {Record<string, FieldSpec>} Fields
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
    if (text.length > 20_000_000) throw new Error("the list's data is larger than any list");
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      throw new Error("the list's data is not JSON, or cut off");
    }
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
    for (const path of page.requirements.list) {
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
   * @param {unknown} from
   * @param {Fields} fields
   * @param {Record<string, unknown>} into
   * @param {string[]} unreadable
   */
  pick(from, fields, into, unreadable) {
    for (const name in fields) {
      for (const steps of fields[name]?.from ?? []) {
        let value = from;
        for (const step of steps) value = WagelightCollect.step(value, step);
        if (value === undefined || value === null) continue;
        if (typeof value === "object") unreadable.push(`${name}: ${Array.isArray(value) ? "a list" : "an object"}`);
        else into[name] = String(value).slice(0, WL_MAX_TEXT).toWellFormed(); // Half a character would spoil the whole message.
        break;
      }
    }
  },

  /** @param {any} value @param {Step} step @returns {any} */
  step(value, step) {
    if (value === undefined || value === null) return undefined;
    if (step === "text") return value.textContent.replace(/\s+/g, " ").trim();
    if ("path" in step) return WagelightCollect.path(value, step.path);
    if ("css" in step) return value.querySelector(step.css);
    if ("attr" in step) return value.getAttribute(step.attr);
    const segments = String(value).split(/[?#]/)[0]?.split("/") ?? [];
    const at = segments.indexOf(step.segment_after);
    return at < 0 ? undefined : segments[at + 1] || undefined;
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
