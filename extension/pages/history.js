// The history. Shown again after it was hidden, it is drawn anew: work goes on in other tabs.
import { start } from "./page.js";
const send = start({});
addEventListener("visibilitychange", () => document.hidden || void send(""));
