// What the browser has in front, and whether somebody is there, for the working-time clock: told
// while a task is held, at every change and every half minute, and every 15 seconds while its time
// counts. Numbers of tabs and windows, never what is in them; nothing of private windows.

/** How often the clock hears that the browser is awake, while time counts. */
const BEAT_MS = 15_000;
/** Wakes a background that was ended, every half minute while a task is held. */
const ALARM = "clock";
/** Seconds without input after which nobody is there. */
const QUIET_SECS = 60;

/**
 * Listens from the first moment of the background on.
 * @param {(ask: object) => Promise<any>} tell
 */
export function listen(tell) {
  let beat = 0;
  /** What the clock said last. @type {boolean | undefined} */
  let watches;

  /** @param {object} [what] beside what is in front */
  async function look(what = {}) {
    const tabs = (await chrome.tabs.query({ active: true })).filter(({ incognito }) => !incognito);
    const last = await chrome.windows.getLastFocused().catch(() => null);
    // Asked at every look. Firefox tells a listener that nobody is there again each time it ends the background, and
    // so wakes it for ever.
    const system = await chrome.idle.queryState(QUIET_SECS);
    const windows = tabs.map((tab) => [tab.windowId, tab.id, tab.audible ?? false]);
    await tell({ ask: "browser", windows, focused: last?.focused ? last.id : null, system, ...what });
  }

  /** Only while a task is held; the background may have forgotten. @param {object} [what] */
  async function happened(what) {
    const { clock_watches } = await chrome.storage.session.get("clock_watches");
    if (clock_watches) await look(what);
  }

  /** @param {object} [what] */
  const note = (what) => void happened(what).catch(console.error);
  chrome.tabs.onActivated.addListener(() => note());
  chrome.tabs.onCreated.addListener(({ id, openerTabId, incognito }) => {
    if (openerTabId !== undefined && !incognito) note({ opened: [[id, openerTabId]] });
  });
  chrome.tabs.onRemoved.addListener((id) => note({ closed: [id] }));
  chrome.windows.onFocusChanged.addListener(() => note());
  chrome.alarms.onAlarm.addListener(({ name }) => name === ALARM && note());

  return {
    /** @param {{counts: boolean, watches: boolean}} said @param {boolean} ofAll whether of all accounts' clocks, not of a page's alone */
    heard(said, ofAll) {
      if (said.counts || ofAll) clearTimeout(beat);
      if (said.counts) beat = setTimeout(() => note(), BEAT_MS);
      void chrome.alarms.get(ALARM).then((alarm) => {
        if (said.watches && !alarm) void chrome.alarms.create(ALARM, { periodInMinutes: 0.5 });
        if (!said.watches && ofAll && alarm) void chrome.alarms.clear(ALARM);
      });
      if (said.watches === watches) return;
      if (!said.watches && !ofAll) return note();
      watches = said.watches;
      void chrome.storage.session.set({ clock_watches: watches });
      // From now on it matters what was in front before.
      if (watches) note();
    },
  };
}
