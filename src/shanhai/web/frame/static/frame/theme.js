// The switch of light, dark and the system's: kept by the server in a cookie, shown at once.

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark now. */
export const isDark = () => (root.dataset.theme === "auto" ? system.matches : root.dataset.theme === "dark");

const tell = () => root.dispatchEvent(new CustomEvent("theme", { bubbles: true }));
system.addEventListener("change", tell);

document.addEventListener("submit", async (event) => {
  const chosen = event.submitter;
  if (!event.target.matches(".themes") || !chosen) return;
  event.preventDefault();
  root.dataset.theme = chosen.value;
  for (const button of event.target.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }
  tell();
  const form = new FormData(event.target);
  form.set("theme", chosen.value);
  await fetch(event.target.action, { method: "POST", body: form, redirect: "manual" });
});
