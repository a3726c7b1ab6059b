// @ts-check
// What the site's own script does on a work page: its timer runs, and it goes on when the frame says it is done.
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { assignment, remaining_secs: remaining, original_secs: original } = JSON.parse(script.dataset.config ?? '{}');
  const began = performance.now();

  const tick = () => {
    const since = Math.floor((performance.now() - began) / 1000);
    const elapsed = Math.min(original - remaining + since, original);
    const shown = document.querySelector('.completion-timer');
    if (shown) shown.textContent = `${Math.floor(elapsed / 60)}:${String(elapsed % 60).padStart(2, '0')}`;
    if (since < remaining) return;
    clearInterval(timer);
    document.querySelector('.threshold-1')?.classList.remove('hidden');
  };
  const timer = setInterval(tick, 1000);
  tick();

  /** The assignment that a message tells of, if it is one of those that end a task. @param {unknown} data */
  const toldOf = (data) => {
    try {
      const message = JSON.parse(String(data));
      return 'answer' in message ? message.assignmentId : undefined;
    } catch {
      return undefined;
    }
  };

  window.addEventListener('message', (event) => {
    const fromSite = ['https://www.mturk.com', location.origin].includes(event.origin);
    if (!fromSite || toldOf(event.data) !== assignment) return;
    const form = document.querySelector('[data-react-class*="TaskSubmitter"] form');
    if (form instanceof HTMLFormElement) form.submit();
  });
})();
