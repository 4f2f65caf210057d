// Which report is shown, which claim is the current one, and the way between its two places.

const sections = new Map(all(".report").map((section) => [section.id, section]));
const order = Array.from(sections.keys());
let shown = null; // the report on display: see open()
const opened = new Map();

/** What the page knows of one report once it has been shown. */
function open(id) {
  if (!opened.has(id)) {
    const section = sections.get(id);
    const items = all(".list > li", section);
    opened.set(id, {
      id, section, items,
      aside: find(".claims", section),
      list: find(".list", section),
      cards: null,
      current: 0,
      visible: items.map((_, i) => i + 1),
      texts: null,
    });
  }
  return opened.get(id);
}

const place = (side, n) => document.getElementById(`${shown.id}/${side}-${n}`);

function cardOf(n) {
  if (!shown.cards) shown.cards = JSON.parse(find("script.cards", shown.section).textContent);
  return shown.cards[n - 1];
}

function showReport(id, { focus = false, scroll = true } = {}) {
  if (!sections.has(id) || (shown && shown.id === id)) return;
  hideCard();
  if (shown) shown.section.classList.remove("current");
  for (const section of sections.values()) section.classList.toggle("current", section.id === id);
  shown = open(id);
  for (const link of all("#index a")) {
    const here = link.hash === hashOf(id);
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    if (here) scrollWithin(find("#index"), link);
  }
  closeSheets();
  applyFilters();
  document.title = `${find("h2", shown.section).textContent.trim()} · 山海 Shanhai`;
  if (scroll) window.scrollTo(0, 0);
  if (focus) find("h2", shown.section).focus({ preventScroll: true });
}

const hashOf = (id) => { const link = document.createElement("a"); link.href = `#${id}`; return link.hash; };

/** Makes claim n the current one, brings both its places into view and focuses the one on `side`. */
function goTo(n, side, { focus = true, address = true } = {}) {
  const item = shown.items[n - 1];
  if (!item) return;
  if (item.hidden) clearFilters();
  const mark = place("text", n);
  const apart = mark.closest(".apart");
  if (apart && !root.classList.contains("show-apart")) setShown("apart", true);
  select(n);
  closeSheets(side === "claim" && narrow.matches ? "claims" : "");
  bringIntoView(mark, place("claim", n));
  if (focus) (side === "text" ? mark : place("claim", n)).focus({ preventScroll: true });
  if (address) history.replaceState(null, "", `#${shown.id}/claim-${n}`);
  // A browser that skipped what is out of sight knows the true heights only now.
  if (shown.section.classList.contains("long")) requestAnimationFrame(() => bringIntoView(mark, place("claim", n)));
}

function bringIntoView(mark, link) {
  scrollWithin(shown.list, link);
  const box = mark.getBoundingClientRect();
  const low = window.innerHeight * (narrow.matches ? 0.45 : 0.7);
  if (box.top < 80 || box.bottom > low) window.scrollBy(0, box.top - window.innerHeight * 0.3);
}

function scrollWithin(container, element) {
  const outer = container.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    container.scrollTop += inner.top - outer.top - (container.clientHeight - inner.height) / 2;
  }
}

function select(n) {
  for (const element of all(".current", shown.section)) element.classList.remove("current");
  shown.current = n;
  if (n) {
    place("text", n).parentNode.classList.add("current");
    for (const rest of all(`mark[data-of="${n}"]`, shown.section)) rest.classList.add("current");
    shown.items[n - 1].classList.add("current");
  }
  tellPosition();
}

function tellPosition() {
  const total = shown.items.length;
  const text = shown.current ? `${shown.current} / ${total}` : String(total);
  find("#bar .open-claims output").textContent = text;
  for (const step of all("#bar .step")) step.disabled = !total;
}

/** To the next (1) or previous (-1) claim that the filters let through. */
function step(by) {
  const { visible, current } = shown;
  if (!visible.length) return;
  let i = visible.findIndex((n) => n >= current);
  if (i < 0) i = visible.length;
  if (!current) i = by > 0 ? 0 : visible.length - 1;
  else if (by < 0) i -= 1;
  else if (visible[i] === current) i += 1;
  i = Math.min(Math.max(i, 0), visible.length - 1);
  goTo(visible[i], shown.aside.contains(document.activeElement) ? "claim" : "text");
  say(`${i + 1} / ${visible.length}: ${place("claim", visible[i]).innerText.replace(/\s+/g, " ")}`);
}

function stepReport(by) {
  const id = order[order.indexOf(shown.id) + by];
  if (!id) return;
  history.pushState(null, "", `#${id}`);
  showReport(id, { focus: true });
}

/** #report, #report/claim-n (or text-n, the same claim). */
function readAddress() {
  let hash = location.hash.slice(1);
  try { hash = decodeURIComponent(hash); } catch { /* as it stands */ }
  const [, id, n] = /^(.*?)(?:\/(?:claim|text)-(\d+))?$/.exec(hash);
  showReport(sections.has(id) ? id : shown ? shown.id : order[0]);
  if (sections.has(id) && n) goTo(Number(n), "text", { address: false });
}

function closeSheets(but = "") {
  for (const sheet of ["index", "claims"]) root.classList.toggle(`sheet-${sheet}`, sheet === but);
  find("#bar .open-claims").setAttribute("aria-expanded", String(but === "claims"));
  if (but) hideCard();
}

function toggleSheet(sheet) {
  const opens = !root.classList.contains(`sheet-${sheet}`);
  closeSheets(opens ? sheet : "");
  if (!opens) return;
  if (sheet === "claims" && shown.list) {
    if (shown.current) scrollWithin(shown.list, place("claim", shown.current));
    (shown.current ? place("claim", shown.current) : shown.list).focus({ preventScroll: true });
  }
  if (sheet === "index") find("#index a[aria-current], #index a").focus();
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const button = event.target.closest("button");
  if (button) {
    if (button.matches(".open-index")) toggleSheet("index");
    else if (button.matches(".open-claims")) toggleSheet("claims");
    else if (button.matches(".open-help")) askHelp();
    else if (button.matches(".step")) step(Number(button.dataset.step));
    return;
  }
  const link = event.target.closest("a");
  if (!link) {
    if (!event.target.closest("#index, .claims, #card, #bar")) closeSheets();
    return;
  }
  if (link.matches(".skip")) {
    event.preventDefault();
    const target = link.hash === "#text" ? find("h2", shown.section) : shown.list || shown.aside;
    target.scrollIntoView({ block: "nearest" });
    target.focus({ preventScroll: true });
  } else if (link.dataset.n) {
    event.preventDefault();
    followClaim(link);
  } else if (link.closest("#index")) {
    event.preventDefault();
    const id = link.getAttribute("href").slice(1);
    history.pushState(null, "", `#${id}`);
    showReport(id, { focus: true });
    closeSheets();
  }
});

function followClaim(link) {
  const n = Number(link.dataset.n);
  if (shown.list.contains(link)) return goTo(n, "text");
  // On a phone the first touch shows the card, the second the list.
  if (narrow.matches && shown.current !== n) {
    goTo(n, "text");
    return showCard(link);
  }
  return goTo(n, "claim");
}

function askHelp() {
  hideCard();
  openHelp();
}

function start() {
  const main = find("#reports");
  for (const id of ["totals", "unreadable", "index"]) {
    const element = document.getElementById(id);
    if (element) document.body.insertBefore(element, main);
  }
  if (order.length < 2) root.classList.add("one");
  if (!order.length) { find("#bar").hidden = true; return; }
  const address = location.hash;
  readAddress();
  window.addEventListener("hashchange", readAddress);
  // A browser goes to the address by itself once the page is read; this comes after it, unless the reader has moved on.
  window.addEventListener("load", () => requestAnimationFrame(() => {
    if (address && address === location.hash) readAddress();
  }));
}
