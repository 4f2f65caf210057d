// Narrowing the list down, and what the text shows on demand. The claims that are filtered out lose their mark.

const chosen = () => {
  const groups = { area: new Set(), kind: new Set(), status: new Set() };
  for (const chip of all('.chip[aria-pressed="true"]', shown.aside)) groups[chip.dataset.group].add(chip.dataset.value);
  return groups;
};

function searchTexts() {
  if (!shown.texts) {
    shown.texts = shown.items.map((item, i) => {
      const text = `${item.textContent} ${cardOf(i + 1).q}`.toLowerCase();
      return `${text} ${text.replace(/,/g, "")}`;
    });
  }
  return shown.texts;
}

function applyFilters() {
  tellPosition();
  if (!shown.list) return;
  const words = find(".filter", shown.aside).value.toLowerCase().split(/\s+/).filter(Boolean);
  const texts = words.length ? searchTexts() : null;
  const groups = chosen();
  const hideMinor = root.classList.contains("hide-minor");
  shown.visible = [];
  shown.items.forEach((item, i) => {
    const passes = Object.keys(groups).every((g) => !groups[g].size || groups[g].has(item.dataset[g]))
      && (!texts || words.every((word) => texts[i].includes(word)))
      && !(hideMinor && item.classList.contains("minor"));
    if (item.hidden === passes) {
      item.hidden = !passes;
      place("text", i + 1).parentNode.classList.toggle("off", !passes);
    }
    if (passes) shown.visible.push(i + 1);
  });
  tellFilters(words.length > 0 || Object.values(groups).some((g) => g.size > 0));
}

function tellFilters(filtered) {
  const total = shown.items.length;
  const left = shown.visible.length;
  const text = left === total ? total.toLocaleString("en") : `${left.toLocaleString("en")} / ${total.toLocaleString("en")}`;
  find(".claims-head h3 output", shown.aside).textContent = text;
  find(".clear", shown.aside).hidden = !filtered;
  find(".none-left", shown.aside).hidden = left > 0;
  if (filtered) say(`显示 ${left} / ${total} 处数字 ${left} of ${total} claims`);
}

function clearFilters() {
  find(".filter", shown.aside).value = "";
  for (const chip of all(".chip", shown.aside)) chip.setAttribute("aria-pressed", "false");
  if (root.classList.contains("hide-minor")) setShown("minor", true);
  else applyFilters();
}

/** Furniture, damage and background figures are shown or not in all reports alike. */
function setShown(what, on) {
  if (what === "minor") root.classList.toggle("hide-minor", !on);
  else root.classList.toggle(`show-${what}`, on);
  for (const box of all(`input[data-show="${what}"]`)) if (!box.disabled) box.checked = on;
  if (what === "minor") applyFilters();
}

document.addEventListener("change", (event) => {
  if (event.target.dataset.show) setShown(event.target.dataset.show, event.target.checked);
});

// In a list longer than this, typing goes on before the list is narrowed down.
const MANY = 2000;
let pause = 0;
document.addEventListener("input", (event) => {
  if (event.target.matches(".filter")) {
    clearTimeout(pause);
    if (shown.items.length > MANY) pause = setTimeout(applyFilters, 150);
    else applyFilters();
  } else if (event.target.matches("#index-filter")) {
    const word = event.target.value.trim().toLowerCase();
    for (const item of all("#index li")) item.hidden = !item.textContent.toLowerCase().includes(word);
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".chip")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    applyFilters();
  } else if (button.matches(".clear")) {
    clearFilters();
    find(".filter", shown.aside).focus();
  }
});
