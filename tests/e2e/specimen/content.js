"use strict";
// A button in a closed root on every row: it shows the background's life and count, and counts trusted clicks only.
for (const column of document.querySelectorAll(".table-row .desktop-row .project-name-column")) {
  const host = document.createElement("span");
  const button = document.createElement("button");
  button.className = "specimen";
  button.style.cssText = "position: absolute; height: 24px; white-space: nowrap; color: CanvasText; background: Canvas; color-scheme: light dark";
  const show = async (message) => {
    const { life, clicks } = await chrome.runtime.sendMessage(message);
    button.textContent = `${clicks} clicks, life ${life}`;
  };
  button.addEventListener("click", (event) => event.isTrusted && show("click"));
  button.addEventListener("keydown", (event) => {
    if (event.key === "x") throw new Error("planted error");
  });
  button.addEventListener("pointerenter", (event) => event.isTrusted && button.setAttribute("aria-label", "pointer here"));
  button.addEventListener("pointerleave", (event) => event.isTrusted && button.removeAttribute("aria-label"));
  host.attachShadow({ mode: "closed" }).append(button);
  column.prepend(host);
  show("look");
}
