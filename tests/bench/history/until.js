// Waits some seconds for the page of files to say something with nothing under way; what it says then, or null where
// something is still under way.
const [words, done] = arguments;
const main = document.querySelector("main");
const isBusy = () => /(Reading the file|Loading): /.test(main.innerText);
let timer = 0;
const look = () => {
  if (isBusy() || !main.innerText.includes(words)) return;
  end(main.innerText);
};
const observer = new MutationObserver(look);
function end(text) {
  observer.disconnect();
  clearTimeout(timer);
  done(text);
}
observer.observe(main, { childList: true, characterData: true, subtree: true });
timer = setTimeout(() => end(isBusy() ? null : main.innerText), 5_000);
look();
