// What the keyboard does, and the start.

const STEPS = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

function escape_() {
  if (!card.hidden) hideCard();
  else if (root.classList.contains("sheet-index") || root.classList.contains("sheet-claims")) {
    const opener = root.classList.contains("sheet-claims") ? "#bar .open-claims" : narrow.matches ? "#bar .open-index" : "#brand .open-index";
    closeSheets();
    find(opener).focus();
  } else if (document.activeElement.matches(".filter")) {
    if (document.activeElement.value) clearFilters();
    else document.activeElement.blur();
  }
}

function focusFilter() {
  if (!shown.list) return;
  if (narrow.matches) closeSheets("claims");
  const box = find(".filter", shown.aside);
  box.focus();
  box.select();
}

document.addEventListener("keydown", (event) => {
  if (!shown || !isForThePage(event)) return;
  if (event.key === "Escape") { escape_(); return; }
  const arrow = event.key.startsWith("Arrow");
  if (arrow && !claimLink(document.activeElement)) return;
  if (!arrow && !find("#keys-on").checked) return;
  if (event.key in STEPS) step(STEPS[event.key]);
  else if (event.key === "/" || event.key === "、") focusFilter();
  else if (event.key === "?" || event.key === "？") askHelp();
  else if (event.key === "]" || event.key === "】") stepReport(1);
  else if (event.key === "[" || event.key === "【") stepReport(-1);
  else return;
  event.preventDefault();
});

start();
