// A draft can be dropped anywhere on the field; the form is sent once.

const form = document.querySelector("[data-send]");
const zone = form.querySelector(".drop-zone");
const field = form.querySelector("input[type=file]");

for (const name of ["dragenter", "dragover"]) {
  zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
}
for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
});
form.addEventListener("submit", () => { form.querySelector("button.primary").disabled = true; });
window.addEventListener("pageshow", () => { form.querySelector("button.primary").disabled = false; });
