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
  if (!shown || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || find("#help").open) return;
  if (event.key === "Escape") { escape_(); return; }
  const at = document.activeElement;
  if (at.matches("input:not([type=checkbox]), textarea, select")) return;
  const arrow = event.key.startsWith("Arrow");
  if (arrow && !claimLink(at)) return;
  if (!arrow && !find("#keys-on").checked) return;
  if (event.key in STEPS) step(STEPS[event.key]);
  else if (event.key === "/" || event.key === "、") focusFilter();
  else if (event.key === "?" || event.key === "？") openHelp();
  else if (event.key === "]" || event.key === "】") stepReport(1);
  else if (event.key === "[" || event.key === "【") stepReport(-1);
  else return;
  event.preventDefault();
});

start();
