// The options. What is stored may change in another tab: then they are drawn anew.
import { start } from "./page.js";
const send = start({
  about: async () => ({ persisted: String(await navigator.storage.persisted()) }),
  own: { persist: () => navigator.storage.persist().then(() => send("")) },
});
chrome.storage.local.onChanged.addListener(() => void send(""));
