// A background whose life can be told from its next one.
const life = crypto.randomUUID();
chrome.runtime.onMessage.addListener((message, sender, answer) => {
  chrome.storage.local.get({ clicks: 0 }).then(async ({ clicks }) => {
    const now = message === "click" ? clicks + 1 : clicks;
    await chrome.storage.local.set({ clicks: now });
    answer({ life, clicks: now });
  });
  return true;
});
