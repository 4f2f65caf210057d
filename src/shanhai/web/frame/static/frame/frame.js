// What every page does: theme, keys, menus, notices, and pictures where there are any.

import "./theme.js";
import "./keys.js";

/** Menus close on Escape and on a click elsewhere. */
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".account[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const close = event.target.closest(".notice .close");
  if (close) close.closest(".notice").remove();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector(".account[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

/** Where the navigation is wider than the screen, the page's own entry is in view. */
const here = document.querySelector("#navigation [aria-current]");
if (here) {
  const navigation = here.closest("#navigation");
  const behind = here.getBoundingClientRect().right - navigation.getBoundingClientRect().right;
  if (behind > 0) navigation.scrollLeft += behind + 16;
}

/** Show a notice as the server does: level is success, info, warning or error. */
export function notify(text, level = "info") {
  const notice = document.createElement("div");
  notice.className = `notice ${level}`;
  if (level === "error") notice.setAttribute("role", "alert");
  const told = document.createElement("p");
  told.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = "×";
  close.setAttribute("aria-label", document.documentElement.lang === "en" ? "Close" : "关闭");
  notice.append(told, close);
  document.querySelector("#notices").append(notice);
}

const drawAll = async () => {
  if (!document.querySelector(".chart .drawing:not([data-drawn])")) return;
  const { draw } = await import("./chart.js");
  document.querySelectorAll(".chart .drawing:not([data-drawn])").forEach(draw);
};
document.addEventListener("htmx:load", drawAll);
drawAll();
