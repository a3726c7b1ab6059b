// Runs with Firefox's own rights: bytes that the process of the open page has allocated on purpose.
const done = arguments[0];
const { gBrowser } = globalThis.gBrowser ? globalThis : Services.wm.getMostRecentWindow("navigator:browser");
const pid = gBrowser.selectedBrowser.browsingContext.currentWindowGlobal.osPid;
const reporters = Cc["@mozilla.org/memory-reporter-manager;1"].getService(Ci.nsIMemoryReporterManager);
let bytes = 0;
const add = (process, path, kind, units, amount) => {
  if (process.includes(`pid ${pid})`) && path.startsWith("explicit/")) bytes += amount;
};
Services.obs.notifyObservers(null, "child-gc-request");
Services.obs.notifyObservers(null, "child-cc-request");
reporters.getReports(add, null, () => done(bytes > 0 ? bytes : `process ${pid} reported nothing`), null, false);
