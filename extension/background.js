// The background: wakes the core and answers pages.
import init, { boundary_version } from "./background_core.js";

const ready = init();

chrome.runtime.onInstalled.addListener(async () => {
  await ready;
  console.info(`Wagelight core, boundary ${boundary_version()}`);
});
