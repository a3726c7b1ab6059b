"use strict";
// The raw side of the page engine: text of JSON in, text of JSON out.
// A classic content script and, by import, part of the background: so one global, no exports.

/** @typedef {{handle(event: string): string, warm(): void}} Core */

// `var`: a second run in the same world, after an update, must not fail.
var WagelightCore = {
  /**
   * A fresh engine with its own memory. Every call of it throws once it has panicked.
   * @param {WebAssembly.Module} module
   * @returns {Promise<Core>}
   */
  async instantiate(module) {
    const { exports } = await WebAssembly.instantiate(module, {});
    const { memory, input, handle, output, warm } = /** @type {any} */ (exports);
    const encoder = new TextEncoder();
    const decoder = new TextDecoder();
    return {
      handle(event) {
        const bytes = encoder.encode(event);
        // Every call may grow the memory and so detach its buffer: ask for it anew after each.
        const at = input(bytes.length);
        new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
        const length = handle();
        const from = output();
        return decoder.decode(new Uint8Array(memory.buffer, from, length));
      },
      warm,
    };
  },
};
Object.assign(globalThis, { WagelightCore });
