// The note about a requester, in a window of its own.
import { start } from "./page.js";
const send = start({});
addEventListener("keydown", ({ isTrusted, isComposing, key, ctrlKey, metaKey }) => {
  const act = key === "Escape" ? "cancel" : key === "Enter" && (ctrlKey || metaKey) ? "save" : "";
  if (act && isTrusted && !isComposing) void send(act);
});
