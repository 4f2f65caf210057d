// The names that the script of the checked page knows, answered by the frame.

const root = document.querySelector("#checked");
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
const narrow = window.matchMedia("(max-width: 819px)");

function say(text) { find("#status").textContent = text; }

/** The frame answers "?" itself. */
function openHelp() {}

function isForThePage(event) {
  if (!root) return false;
  return event.key === "Escape" ? !find("dialog[open]") : free(event);
}

