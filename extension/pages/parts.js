// The parts above and below our pages: messages about the stores, and how safe the records are.
const page = document.body.dataset["screen"] ?? "";
let asked = "";

/** What the browser says of our storage. */
async function known() {
  const { usage, quota } = await navigator.storage.estimate();
  return { page, asked, usage: String(usage), quota: String(quota), persisted: String(await navigator.storage.persisted()) };
}

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-part]"))) {
  const send = async (/** @type {string} */ act) => {
    const ask = { ask: "screen", screen: place.dataset["part"], act, about: await known() };
    // A background that ends in the middle is asked once more.
    const answer = await chrome.runtime.sendMessage({ t: "ask", ask }).catch(() => undefined);
    if (answer?.tree) WagelightDraw.apply(place, answer.tree);
    // A check goes on step by step until it is done or stopped.
    if (place.querySelector(".busy")) setTimeout(() => void send("go_on"), answer ? 0 : 1_000);
  };
  place.addEventListener("click", async ({ target, isTrusted }) => {
    const act = WagelightDraw.action(/** @type {Element} */ (target).closest("button"));
    if (!act || !isTrusted) return;
    if (act === "persist") asked = String(await navigator.storage.persist());
    await send(act);
  });
  chrome.storage.local.onChanged.addListener((changes) => "notices" in changes && place.dataset["part"] === "notices" && void send(""));
  void send("");
}
