// The history. Shown again after it was hidden, it is drawn anew: work goes on in other tabs.
import { start } from "./page.js";
import { reconcile } from "./reconcile.js";
const check = reconcile((act) => send(act));
const send = start({
  about: async () => ({ driving: check.isDriving() ? "yes" : "" }),
  own: { check: (verb) => check.press(verb) },
});
addEventListener("visibilitychange", () => document.hidden || void send(""));
// A repair that ends while the page is looked at brings the rows back.
chrome.storage.local.onChanged.addListener((changes) => "notices" in changes && void send(""));
