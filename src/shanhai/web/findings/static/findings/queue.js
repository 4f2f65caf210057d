// The queue by keyboard: j and k choose a row, Enter opens it, e settles it, a assigns it.

import { onKey } from "../frame/keys.js";

const rows = [...document.querySelectorAll("tr[data-row]")];
let at = rows.findIndex((row) => `#${row.id}` === location.hash);

function choose(index) {
  if (!rows.length) return false;
  rows[at]?.classList.remove("current");
  at = Math.max(0, Math.min(index, rows.length - 1));
  rows[at].classList.add("current");
  const link = rows[at].querySelector("a");
  link.focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
  return true;
}

function ask(name) {
  const dialog = document.getElementById(name);
  const row = rows[at] ?? rows[0];
  if (!dialog || !row?.dataset[name]) return false;
  const form = dialog.querySelector("form");
  form.action = row.dataset[name];
  form.elements.seen.value = row.dataset.seen;
  const next = rows[rows.indexOf(row) + (name === "settle" ? 1 : 0)] ?? rows[0];
  form.elements.next.value = `${location.pathname}${location.search}#${next.id}`;
  if (form.elements.to) form.elements.to.value = row.dataset.to;
  dialog.querySelector("[data-about]").textContent = row.querySelector("a").textContent;
  dialog.showModal();
  dialog.querySelector("textarea, select").focus();
  return true;
}

onKey("j", () => choose(at + 1));
onKey("k", () => choose(at - 1));
onKey("e", () => ask("settle"));
onKey("a", () => ask("assign"));
document.addEventListener("click", (event) => event.target.closest("[data-close]")?.closest("dialog").close());
if (at >= 0) choose(at);
document.querySelector("[data-filters]")?.addEventListener("change", (event) => {
  if (event.target.matches("select")) event.currentTarget.requestSubmit();
});
