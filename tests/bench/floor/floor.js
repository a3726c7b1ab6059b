// @ts-check
"use strict";

/*
 * The floor: what no extension that draws this picture can do without. It parses the list's data and gives every row
 * two closed roots that share one style sheet, with one text each. It decides nothing, reads no text, handles no event,
 * notices no later change, and does all rows at once.
 */

(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; display: inline-block; vertical-align: middle; box-sizing: border-box; block-size: 17px;
      inline-size: 172px; margin-inline-end: 6px; padding: 0 5px; border: 1px solid #8c959f; border-radius: 4px;
      font: 12px/15px system-ui, sans-serif; white-space: nowrap; overflow: hidden; }`);

  /** @param {Element | null} cell @param {string} text */
  const chip = (cell, text) => {
    const host = document.createElement("span");
    const root = host.attachShadow({ mode: "closed" });
    root.adoptedStyleSheets = [sheet];
    root.append(text);
    cell?.prepend(host);
  };

  const draw = () => {
    const list = document.querySelector("[data-react-class*=\"/HitSetTable'\"]");
    const rows = list?.querySelectorAll(".table-row");
    if (!list || !rows?.length) return;
    observer.disconnect();
    const { bodyData } = JSON.parse(list.getAttribute("data-react-props") ?? "");
    rows.forEach((row, index) => {
      const group = bodyData[index];
      chip(row.querySelector(".desktop-row .project-name-column"), `$${group.monetary_reward.amount_in_dollars}`);
      chip(row.querySelector(".desktop-row .requester-column"), `approves ${group.requesterInfo?.taskApprovalRate}`);
    });
  };

  const observer = new MutationObserver(draw);
  document.addEventListener("DOMContentLoaded", () => {
    observer.observe(document, { childList: true, subtree: true });
    draw();
  });
})();
