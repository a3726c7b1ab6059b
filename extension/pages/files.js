// Files. A worker does one piece after the other; here they are shown, and done what only a page may do.
import { start } from "./page.js";
const worker = new Worker("files_work.js", { type: "module" });
/** @type {(answer: any) => void} */
let answered = () => {};

worker.onmessage = async ({ data }) => {
  if (!data.call) return answered(data);
  const asked = /** @type {any} */ (chrome.storage.local)[data.method](...data.args);
  const { call } = data;
  worker.postMessage(await asked.then((/** @type {any} */ value) => ({ call, value }), (/** @type {Error} */ { name, message }) => ({ call, thrown: { name, message } })));
};
worker.onerror = ({ message }) => answered({ say: message });

const send = start({
  async first(act) {
    const [file] = /** @type {HTMLInputElement | null} */ (document.querySelector("[type=file]"))?.files ?? [];
    const answer = await new Promise((resolve) => {
      answered = resolve;
      worker.postMessage({ act, file: act === "file" ? file : undefined });
    });
    if (answer.file) {
      const href = URL.createObjectURL(answer.file);
      Object.assign(document.createElement("a"), { href, download: answer.name }).click();
    }
    if (answer.goes_on) void send("step");
    return answer;
  },
});
