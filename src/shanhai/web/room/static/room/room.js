// The reading room: choosing figures, moving between them, and what a panel brings with it.

import { onKey } from "../frame/keys.js";
import { notify } from "../frame/frame.js";
import { clearMarked, marked, onMarked } from "./marking.js";

const room = document.querySelector(".room");
const text = document.querySelector("#text");
const panel = document.querySelector("#panel");
const said = document.querySelector("#said");
const address = room.dataset.room;
const chosen = new Set();
let current = "";
let awaited = "";

const mark = (key) => document.getElementById(`s-${key}`);
const all = () => [...text.querySelectorAll("a.f")];
const withMinor = () => document.querySelector("[data-show=minor]").checked;
const load = (path) => window.htmx.ajax("GET", path, { target: "#panel", source: "#panel" });

/** Show a figure's card; its mark is drawn as chosen at once, the card follows. */
function choose(key) {
  point(key);
  awaited = key;
  for (const old of panel.querySelectorAll("[data-key]")) old.removeAttribute("data-key"); // a key must not decide about the figure before
  load(`${address}${key}/`);
}

function point(key, isNew = true) {
  for (const old of text.querySelectorAll(".f.current")) { old.classList.remove("current"); old.removeAttribute("aria-current"); }
  current = key;
  if (isNew) history.replaceState(null, "", `#s-${key}`);
  const one = mark(key);
  if (!one) return;
  one.setAttribute("aria-current", "true");
  for (const part of [one, ...text.querySelectorAll(`[data-of="${key}"]`)]) part.classList.add("current");
  const { top, bottom } = one.getBoundingClientRect();
  const room_ = innerWidth < 760 ? innerHeight * 0.5 : innerHeight;
  if (top < 90 || bottom > room_ - 40) one.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  if (innerWidth < 760) shiftAbovePanel(one);
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function shiftAbovePanel(one) {
  const { top } = one.getBoundingClientRect();
  if (top > innerHeight * 0.4) scrollBy({ top: top - innerHeight * 0.25, behavior: "auto" });
}

/** Go to the next figure (by 1 or -1) that is wanted; round again at the end. */
function step(by, wanted) {
  const list = all().filter((one) => wanted(one) || one.dataset.s === current);
  const at = list.findIndex((one) => one.dataset.s === current);
  const rest = by > 0 ? [...list.slice(at + 1), ...list.slice(0, Math.max(at, 0))] : [...list.slice(0, Math.max(at, 0)).reverse(), ...list.slice(at + 1).reverse()];
  if (rest.length) choose(rest[0].dataset.s);
  else notify(room.dataset.noOpen);
}
const any = (one) => withMinor() || !one.classList.contains("minor");
const open = (one) => one.classList.contains("open") && !one.classList.contains("minor");
onKey("j", () => step(1, any));
onKey("k", () => step(-1, any));
onKey("n", () => step(1, open));
onKey("p", () => step(-1, open));

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a[data-s]");
  if (link) {
    event.preventDefault();
    if (getSelection().isCollapsed || !text.contains(link)) choose(link.dataset.s);
  }
  const stretch = event.target.closest("[data-of]");
  if (stretch) choose(stretch.dataset.of);
  if (event.target.closest("#choose")) toggleChosen();
  if (event.target.closest("#unchoose")) { chosen.clear(); showChosen(); }
});
addEventListener("hashchange", () => { if (location.hash.startsWith("#s-")) choose(location.hash.slice(3)); });

for (const box of document.querySelectorAll("[data-show]")) {
  box.addEventListener("change", () => text.classList.toggle(`show-${box.dataset.show}`, box.checked));
}

/** What a new panel brings: its figure, marks in their new state, what to say, where to type. */
function settle(isNew = true) {
  const shown = panel.querySelector(".panel");
  if (!shown) return;
  for (const [key, look] of Object.entries(JSON.parse(shown.dataset.looks ?? "{}"))) setLook(key, look);
  if (shown.dataset.look && shown.dataset.statement) setLook(shown.dataset.statement, shown.dataset.look);
  if (awaited && shown.dataset.panel === "card" && shown.dataset.statement !== awaited) return; // another is on its way
  awaited = "";
  if (shown.dataset.statement) point(shown.dataset.statement, isNew);
  const told = shown.querySelector("[data-said]");
  said.textContent = told ? told.dataset.said : "";
  const first = shown.querySelector("[data-first] input") ?? shown.querySelector(".field.wrong :is(input, select)") ?? shown.querySelector("[data-focus]");
  const wrong = shown.querySelector(".field.wrong :is(input, select):not([type=hidden])");
  if (!text.contains(document.activeElement) || shown.dataset.panel !== "card") (wrong ?? first)?.focus({ preventScroll: !wrong });
  if (told) clearMarked();
  panel.scrollTop = wrong ? panel.scrollTop : 0;
  showChosen();
}
const LOOKS = ["open", "accepted", "corrected", "rejected"];
function setLook(key, look) {
  for (const one of [mark(key), ...text.querySelectorAll(`[data-of="${key}"]`)]) {
    if (!one || !LOOKS.includes(look)) continue;
    if (!one.classList.contains(look)) one.classList.remove("reopened");
    one.classList.remove(...LOOKS);
    one.classList.add(look);
  }
}
document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target === panel || panel.contains(event.detail.target)) if (!event.detail.target.classList.contains("why")) settle(); });

// Merging: figures are chosen one by one.
function toggleChosen() {
  if (!current || !document.querySelector("#chosen")) return;
  if (!chosen.delete(current)) chosen.add(current);
  showChosen();
}
function showChosen() {
  const bar = document.querySelector("#chosen");
  if (!bar || (bar.hidden && !chosen.size)) return;
  for (const key of [...chosen]) if (!mark(key) || mark(key).classList.contains("rejected")) chosen.delete(key);
  for (const one of all()) one.classList.toggle("chosen", chosen.has(one.dataset.s));
  bar.hidden = !chosen.size;
  bar.querySelector(".what").textContent = room.dataset.chosen.replace("{n}", chosen.size) + [...chosen].map((key) => mark(key).textContent.trim()).join("、");
  bar.querySelector("#merge").hidden = chosen.size < 2;
}
function merge() {
  if (chosen.size > 1) load(`${address}merge/?${[...chosen].map((key) => `s=${key}`).join("&")}`);
}
onKey("m", toggleChosen);
onKey("M", merge);
document.querySelector("#merge")?.addEventListener("click", (event) => { event.preventDefault(); merge(); });

// Adding: what is marked in the text, else words that are typed.
function add(event) {
  event?.preventDefault?.();
  const place = marked();
  const near = current && mark(current) ? mark(current).closest("[data-at]")?.dataset.at ?? 0 : 0;
  load(`${address}add/?${place ? `start=${place.start}&end=${place.end}` : `near=${near}`}`);
}
const adder = document.querySelector("#mark");
if (adder) {
  adder.addEventListener("click", add);
  onKey("i", add);
  onMarked((there) => adder.classList.toggle("primary", there));
}

// Within a panel's forms.
panel.addEventListener("keydown", (event) => {
  const form = event.target.closest("form");
  if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); leave(); }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[name=save]") ?? undefined);
  }
});
onKey("Escape", () => (panel.querySelector(".back") ? leave() : chosen.size ? (chosen.clear(), showChosen()) : false));
function leave() {
  const back = panel.querySelector(".back");
  if (!back) return;
  if (current && !back.hasAttribute("hx-get")) choose(current);
  else back.click();
}
panel.addEventListener("click", (event) => {
  const back = event.target.closest(".back:not([hx-get])");
  if (back && current) { event.preventDefault(); choose(current); }
  const use = event.target.closest("[data-use]");
  if (!use) return;
  const place = marked();
  if (!place) { notify(room.dataset.noMark, "warning"); return; }
  const figure = use.closest("[data-figure]");
  figure.querySelector("[name$=-start]").value = place.start;
  figure.querySelector("[name$=-end]").value = place.end;
  figure.querySelector("[name$=-words]").value = place.words;
});
let asked;
panel.addEventListener("input", (event) => {
  if (!event.target.matches("[data-finds]")) return;
  clearTimeout(asked);
  asked = setTimeout(async () => {
    const answer = await fetch(`${address}../indicators/?q=${encodeURIComponent(event.target.value)}`);
    if (answer.ok) document.querySelector("#indicators").innerHTML = await answer.text();
  }, 120);
});
panel.addEventListener("change", (event) => {
  const code = event.target.matches("[data-finds]") && event.target.value.match(/\[(\w+)\./)?.[1];
  const area = code && event.target.closest("[data-figure]").querySelector("[name$=-area]");
  if (area) area.value = code;
});

const wanted = location.hash.startsWith("#s-") ? location.hash.slice(3) : "";
if (wanted && panel.querySelector(".panel")?.dataset.statement !== wanted) choose(wanted);
else settle(false);
