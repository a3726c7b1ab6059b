// Runs in a page of the extension: asks the background as a list page does, and says how long the answer took.
const done = arguments[0];
const began = performance.now();
const port = chrome.runtime.connect({ name: "page" });
port.onMessage.addListener((message) => {
  if (message.t !== "answer") return;
  done({ ms: performance.now() - began });
  port.disconnect();
});
port.onDisconnect.addListener(() => done({ failed: "the background went without an answer" }));
port.postMessage({ t: "ask", id: 1, ask: { ask: "hello", site: "mturk" } });
