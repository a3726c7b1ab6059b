// Runs with Firefox's own rights: everything that was said in any console, and every uncaught error.
const done = arguments[0];
const storage = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
const said = storage.getEvents().map((event) => ({
  error: event.level === "error",
  text: `${event.level} ${event.filename}:${event.lineNumber} ${Array.from(event.arguments, String).join(" ")}`,
}));
const noticed = Services.console.getMessageArray().map((entry) => {
  const isScript = entry instanceof Ci.nsIScriptError;
  const stack = isScript && entry.stack ? String(entry.stack) : "";
  return { error: isScript && !(entry.flags & Ci.nsIScriptError.warningFlag), text: `${entry}\n${stack}`.trim() };
});
done([...said, ...noticed]);
