// The keyboard. A page adds its own keys with `onKey`; elements take one with data-key (focus or click) or, after g, data-go.

const OFF = "shanhai-keys-off";
const FULL_WIDTH = { "？": "?", "、": "/", "／": "/", "】": "]", "【": "[" };
const own = new Map();
let going = false;

/** Answer a key such as "j", "ArrowDown" or "Enter"; the help is told in the template's block "keys". */
export function onKey(key, answer) {
  own.set(key, answer);
}

/** Whether single keys are to answer: not while typing, not with another modifier, not over a dialog. */
export function isForThePage(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return false;
  return !event.target.closest?.("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]");
}

const on = document.querySelector("#keys-on");
if (on) {
  on.checked = !localStorage.getItem(OFF);
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
});

document.addEventListener("keydown", (event) => {
  if (!isForThePage(event)) return;
  const key = FULL_WIDTH[event.key] ?? event.key;
  const named = key.length > 1;
  if (!named && on && !on.checked) return;
  if (answer(key, event)) event.preventDefault();
});

function answer(key, event) {
  if (going) {
    going = false;
    const link = [...document.querySelectorAll("[data-go]")].find((one) => one.dataset.go === key);
    if (link) { link.click(); return true; }
  }
  if (own.has(key)) return own.get(key)(event) !== false;
  if (key === "g") { going = true; return true; }
  if (key === "?") { document.querySelector("#keys")?.showModal(); return true; }
  const found = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (!found) return false;
  if (found.matches("input, textarea, select")) { found.focus(); found.select?.(); } else found.click();
  return true;
}
