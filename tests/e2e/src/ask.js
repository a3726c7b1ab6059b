// Runs in the page through WebDriver: hands a request to the probe and waits for its answer.
const [request, done] = arguments;
const heard = (event) => {
  const told = JSON.parse(event.detail);
  if (told.id !== request.id) return;
  document.removeEventListener("wagelight-e2e-answer", heard);
  done(told);
};
document.addEventListener("wagelight-e2e-answer", heard);
const ask = new CustomEvent("wagelight-e2e-ask", { detail: JSON.stringify(request), cancelable: true });
if (document.dispatchEvent(ask)) {
  document.removeEventListener("wagelight-e2e-answer", heard);
  done({ id: request.id, absent: true });
}
