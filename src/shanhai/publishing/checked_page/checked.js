// Which number is the current one, the way between it and its note, and what the filters let through.

const links = all("mark > a[data-n]");
const marks = new Map(links.map((link) => [Number(link.dataset.n), link.parentNode]));
const numbers = Array.from(marks.keys()).sort((a, b) => a - b);
const chosen = new Set();
let current = 0;
let steppedOpen = null; // what the last step unfolded, to be folded again by the next

const noteOf = (n) => document.getElementById(`note-${n}`);
const verdictOf = (mark) => /\bv-(\S+)/.exec(mark.className)[1];
const passes = (mark) => (chosen.size ? chosen.has(verdictOf(mark)) : mark.classList.contains("noted"));
let visible = numbers.filter((n) => passes(marks.get(n)));

/** Makes number n the current one, shows its note, and focuses the mark or the note. */
function goTo(n, side = "text", { address = true } = {}) {
  const mark = marks.get(n);
  if (!mark) return;
  if (mark.closest(".apart")) root.classList.add("show-apart");
  if (chosen.size && !chosen.has(verdictOf(mark))) clearFilters();
  select(n);
  const note = noteOf(n);
  const details = find("details.evidence", note);
  if (steppedOpen && steppedOpen !== details) steppedOpen.open = false;
  if (steppedOpen !== details) steppedOpen = null;
  if (details && !details.open) {
    details.open = true;
    steppedOpen = details;
  }
  const target = side === "text" ? find("a", mark) : find(".back", note);
  bringIntoView(target, side === "text" ? note : mark);
  target.focus({ preventScroll: true });
  if (address) history.replaceState(null, "", `#text-${n}`);
  // A browser that skipped what is out of sight knows the true heights only now.
  if (find(".draft.long")) requestAnimationFrame(() => bringIntoView(target, side === "text" ? note : mark));
}

function bringIntoView(target) {
  const box = target.getBoundingClientRect();
  const tools = find(".tools").getBoundingClientRect();
  const top = tools.bottom > 0 ? tools.height + 16 : 16;
  if (box.top < top || box.bottom > window.innerHeight * (narrow.matches ? 0.45 : 0.6)) {
    window.scrollBy(0, box.top - Math.max(top, window.innerHeight * 0.25));
  }
}

function select(n) {
  for (const element of all("mark.current, .note.current")) element.classList.remove("current");
  current = n;
  if (n) {
    marks.get(n).classList.add("current");
    for (const rest of all(`mark[data-of="${n}"]`)) rest.classList.add("current");
    noteOf(n).classList.add("current");
  }
  tellPosition();
}

function tellPosition() {
  const at = visible.indexOf(current) + 1;
  for (const output of all("output.position")) output.textContent = at ? `${at} / ${visible.length}` : String(visible.length);
  for (const button of all("button.step")) button.disabled = !visible.length;
}

/** To the next (1) or previous (-1) number that the filters let through; without a filter, that needs work. */
function step(by) {
  if (!visible.length) { say("没有要看的数字 No number needs work"); return; }
  let i = visible.findIndex((n) => n >= current);
  if (i < 0) i = visible.length;
  if (!current) i = by > 0 ? 0 : visible.length - 1;
  else if (by < 0) i -= 1;
  else if (visible[i] === current) i += 1;
  i = Math.min(Math.max(i, 0), visible.length - 1);
  const n = visible[i];
  goTo(n, document.activeElement.closest(".note") ? "note" : "text");
  const why = find(".why", noteOf(n));
  say(`${i + 1} / ${visible.length}: ${find("a", marks.get(n)).getAttribute("aria-label")}。${why ? why.textContent : ""}`);
}

function applyFilters() {
  visible = numbers.filter((n) => passes(marks.get(n)));
  root.classList.toggle("filtered", chosen.size > 0);
  for (const [n, mark] of marks) {
    const on = !chosen.size || chosen.has(verdictOf(mark));
    mark.classList.toggle("off", !on);
    noteOf(n).classList.toggle("off", !on);
    noteOf(n).classList.toggle("on", chosen.size > 0 && on);
  }
  for (const rest of all("mark[data-of]")) rest.classList.toggle("off", chosen.size > 0 && !chosen.has(verdictOf(rest)));
  find(".tools .clear").hidden = !chosen.size;
  tellPosition();
  if (chosen.size) say(`显示 ${visible.length} / ${numbers.length} 个数字 ${visible.length} of ${numbers.length} numbers`);
}

function clearFilters() {
  chosen.clear();
  for (const chip of all(".chip")) chip.setAttribute("aria-pressed", "false");
  applyFilters();
}

function toggleChip(chip) {
  const on = chip.getAttribute("aria-pressed") !== "true";
  chip.setAttribute("aria-pressed", String(on));
  if (on) chosen.add(chip.dataset.verdict);
  else chosen.delete(chip.dataset.verdict);
  applyFilters();
}

function toggleFolds() {
  const button = find(".unfold");
  if (!button) return;
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  steppedOpen = null;
  for (const details of all(".note details.evidence")) details.open = on;
}

function closeNote() {
  if (!current) return;
  const link = find("a", marks.get(current));
  if (steppedOpen) steppedOpen.open = false;
  steppedOpen = null;
  select(0);
  link.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const button = event.target.closest("button");
  if (button) {
    if (button.matches(".chip")) toggleChip(button);
    else if (button.matches(".clear")) { clearFilters(); find(".chip").focus(); }
    else if (button.matches(".unfold")) toggleFolds();
    else if (button.matches(".step")) step(Number(button.dataset.step));
    else if (button.matches(".to-summary")) { find("#summary").scrollIntoView(); find("#summary-title").focus({ preventScroll: true }); }
    else if (button.matches(".open-help")) openHelp();
    return;
  }
  const link = event.target.closest("a[data-n]");
  if (!link) return;
  event.preventDefault();
  goTo(Number(link.dataset.n), link.closest("mark") ? "note" : "text");
});

document.addEventListener("keydown", (event) => {
  if (!isForThePage(event)) return;
  if (event.key === "Escape") { closeNote(); return; }
  const arrow = event.key.startsWith("Arrow");
  const at = document.activeElement;
  if (arrow && !at.matches("mark > a, .note .back")) return;
  if (!arrow && !find("#keys-on").checked) return;
  if (event.key === "j" || event.key === "ArrowDown") step(1);
  else if (event.key === "k" || event.key === "ArrowUp") step(-1);
  else if (event.key === "e") toggleFolds();
  else if (event.key === "?" || event.key === "？") openHelp();
  else return;
  event.preventDefault();
});

/** #text-n and #note-n open the note of number n. */
function readAddress() {
  const found = /^#(text|note)-(\d+)$/.exec(location.hash);
  if (found) goTo(Number(found[2]), found[1], { address: false });
}

window.addEventListener("hashchange", readAddress);
// A browser goes to the address by itself once the page is read; this comes after it, unless the reader has moved on.
const opened = location.hash;
window.addEventListener("load", () => requestAnimationFrame(() => {
  if (location.hash === opened) readAddress();
}));
if (numbers.length) tellPosition();
else find("#bar").hidden = true;
