// A file can be dropped anywhere on the field; each form is sent once; the template follows the kind that is chosen.

for (const zone of document.querySelectorAll(".drop-zone")) {
  const field = zone.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
}

const kind = document.getElementById("kind");
const template = document.getElementById("template");
function follow() { template.href = template.dataset.address.replace("KIND", kind.value); }
if (kind && template) { kind.addEventListener("change", follow); follow(); }

const buttons = document.querySelectorAll("form[data-once] button");
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => { for (const button of buttons) button.disabled = true; });
}
window.addEventListener("pageshow", () => { for (const button of buttons) button.disabled = false; });
for (const box of document.querySelectorAll("[data-submits]")) box.addEventListener("change", () => box.form.requestSubmit());
