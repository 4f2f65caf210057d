// The card of a claim: shown on hover and on focus, beside its mark or beside the list.

const card = find("#card");
const labels = JSON.parse(find("#words").textContent).rows;
const WIDE = new Set(["measure", "bounds", "indicator", "party", "unsaid", "span"]);
const DEFINITION = new Set(["counted", "stage", "form", "cumulative", "since", "scope"]);
const FOOT = new Set(["unsaid", "span"]);
let carded = null; // the link whose card is shown
let timer = 0;

function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

function pair(zh, en) {
  if (!en) return [zh];
  const english = make("span", "en", en);
  english.lang = "en";
  return [zh, " ", english];
}

function fillCard(n) {
  const { q, m, b, a, r, l } = cardOf(n);
  const value = r.find(([key]) => key === "value");
  const top = make("div", "top", make("bdi", "said", q), make("span", "value", ...pair(value[1], value[2])));
  const parts = [top];
  if (m !== undefined) parts.push(make("p", "mended", ...pair(...labels.mended), "：", make("bdi", "", m)));
  if (l) parts.push(make("p", "warn", ...pair(...l)));
  parts.push(make("p", "sentence", b, make("mark", "", m === undefined ? q : m), a));
  const [known, definition, foot] = [make("dl"), make("dl"), make("dl", "foot quiet")];
  for (const [key, zh, en] of r) {
    if (key === "value") continue;
    const rows = DEFINITION.has(key) ? definition : FOOT.has(key) ? foot : known;
    rows.append(make("div", WIDE.has(key) ? "wide" : "", make("dt", "", ...pair(...labels[key])), make("dd", "", ...pair(zh, en))));
  }
  parts.push(known);
  if (definition.firstChild) parts.push(make("h4", "", ...pair(...labels.definition)), definition);
  card.replaceChildren(...parts, foot);
}

function showCard(link) {
  clearTimeout(timer);
  if (carded === link && !card.hidden) return;
  hideCard();
  carded = link;
  fillCard(Number(link.dataset.n));
  card.hidden = false;
  card.scrollTop = 0;
  link.setAttribute("aria-describedby", "card");
  root.classList.add("carded");
  if (narrow.matches) bringIntoView(place("text", Number(link.dataset.n)), link);
  putCard();
}

function hideCard() {
  clearTimeout(timer);
  if (carded) carded.removeAttribute("aria-describedby");
  carded = null;
  card.hidden = true;
  root.classList.remove("carded");
}

function putCard() {
  if (!carded || narrow.matches) return;
  const inList = shown.list.contains(carded);
  const rects = carded.getClientRects();
  const rect = inList || !rects.length ? carded.getBoundingClientRect() : rects[rects.length - 1];
  if (rect.bottom < 0 || rect.top > window.innerHeight) { hideCard(); return; }
  const width = card.offsetWidth;
  const height = card.offsetHeight;
  const room = document.documentElement.clientWidth;
  // Beside the list, not over it: both places of the claim stay in sight.
  let left = Math.min(rect.left, shown.aside.getBoundingClientRect().left - width - 12);
  let top = rect.bottom + 10;
  if (inList) {
    top = Math.min(rect.top, window.innerHeight - height - 8);
    const mark = place("text", Number(carded.dataset.n)).getBoundingClientRect();
    const over = mark.right > left && mark.bottom > top && mark.top < top + height;
    if (over) top = mark.bottom + 10 + height < window.innerHeight ? mark.bottom + 10 : mark.top - height - 10;
  } else if (top + height > window.innerHeight - 8) {
    top = rect.top - height - 10;
  }
  card.style.left = `${Math.round(Math.max(8, Math.min(left, room - width - 8)))}px`;
  card.style.top = `${Math.round(Math.max(8, Math.min(top, window.innerHeight - height - 8)))}px`;
}

const claimLink = (target) => target.closest && target.closest("a[data-n]");

document.addEventListener("mouseover", (event) => {
  const link = claimLink(event.target);
  if (link && !narrow.matches) {
    clearTimeout(timer);
    timer = setTimeout(() => showCard(link), 140);
  } else if (card.contains(event.target)) {
    clearTimeout(timer);
  } else if (!card.hidden && carded !== document.activeElement) {
    clearTimeout(timer);
    timer = setTimeout(hideCard, 220);
  } else {
    clearTimeout(timer);
  }
});
// On a phone a card that comes up under the finger would take the touch away from what is being touched.
let touching = false;
for (const [type, on] of [["pointerdown", true], ["click", false], ["pointercancel", false], ["keydown", false]]) {
  document.addEventListener(type, () => { touching = on; }, true);
}
document.addEventListener("focusin", (event) => {
  const link = claimLink(event.target);
  if (link && !(narrow.matches && (touching || shown.list.contains(link)))) showCard(link);
  else if (!card.contains(event.target)) hideCard();
});
document.addEventListener("focusout", (event) => { if (claimLink(event.target)) hideCard(); });
window.addEventListener("scroll", putCard, { passive: true, capture: true });
window.addEventListener("resize", putCard);
