// The form of a record: Ctrl+Enter saves; the first field that is wrong, or the first of all, has the cursor.
const form = document.querySelector("form[data-save]");

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector('button[value="see"]'));
});

(form.querySelector(".wrong :is(input, select, textarea)") ?? form.querySelector(".field :is(input, select, textarea)"))?.focus();
