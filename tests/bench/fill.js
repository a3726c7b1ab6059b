// Runs in a page of the extension: rates and blocks through the background, as the extension's own pages do. The
// given requesters first, then made-up ones. Several asks are under way at a time, or each would wait for the one before.
const [{ requesters, ratings, blocks, limit_ms }, done] = arguments;
const site = "mturk";
const invented = (number) => `A${String(number).padStart(13, "0")}`;
const rated = [...requesters, ...Array.from({ length: ratings }, (_, i) => invented(i))].slice(0, ratings);
const asks = [
  ...rated.map((id) => ({ ask: "rate", site, requester_id: id, requester_name: "", patch: { again: "again", pay: 4 } })),
  ...Array.from({ length: blocks }, (_, i) => ({ ask: "block", site, requester_id: invented(1_000_000 + i), requester_name: "" })),
];
const began = performance.now();
const saved = { rate: 0, block: 0 };
let next = 0;
const work = async () => {
  while (next < asks.length && performance.now() - began < limit_ms) {
    const ask = asks[next++];
    const answer = await chrome.runtime.sendMessage({ t: "ask", ask });
    if (answer?.is !== "saved") throw new Error(`${ask.ask} was answered by ${JSON.stringify(answer)}`);
    saved[ask.ask] += 1;
  }
};
Promise.all(Array.from({ length: 8 }, work)).then(
  () => done({ ratings: saved.rate, blocks: saved.block, took_ms: performance.now() - began }),
  (error) => done({ failed: String(error) }),
);
