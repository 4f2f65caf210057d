// Sending files: chosen or dropped, announced together, each sent by a request of its own, two at a time.
// The server answers with rows of the table; what they say is in its templates, what is said here in #sending-texts.

import { notify } from "../frame/frame.js";

const TOGETHER = 2;
const say = document.querySelector("#sending-texts").dataset;
const form = document.querySelector("#files-form, #again-form");
const input = form?.querySelector("input[type=file]");
const zone = form?.querySelector(".drop-zone");
const chosen = form?.querySelector(".sources-chosen");
const button = form?.querySelector("button.primary");
const label = button?.textContent;
let files = [];
let sending = 0;

const told = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
const headers = () => ({ "X-CSRFToken": token(), "HX-Request": "true" });
const key = (name, size) => `${size} ${name}`;

if (form) {
  input.classList.add("sr"); // the zone opens it, the list below says what is chosen
  input.addEventListener("change", () => add([...input.files]));
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
    if (entries.some((entry) => entry?.isDirectory)) notify(say.folder, "warning");
    add([...event.dataTransfer.files].filter((_, n) => !entries[n]?.isDirectory));
  });
  // A file that is dropped beside the zone must not take the place of the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
  form.addEventListener("submit", submit);
  addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });
}

function add(more) {
  const known = new Set(files.map((file) => key(file.name, file.size)));
  files.push(...more.filter((file) => !known.has(key(file.name, file.size))));
  const most = Number(form.dataset.most);
  if (files.length > most) {
    notify(told(say.many, { n: most }), "error");
    files.length = most;
  }
  show();
}

function show() {
  input.value = "";
  input.required = !files.length;
  chosen.hidden = !files.length;
  chosen.replaceChildren(...files.map((file) => {
    const line = document.createElement("li");
    const name = document.createElement("span");
    const size = document.createElement("span");
    name.textContent = file.name;
    const large = file.size > Number(form.dataset.bytes);
    size.textContent = large ? say.large : `${Math.max(1, Math.round(file.size / 1000)).toLocaleString("en")} KB`;
    if (large) size.className = "bad";
    line.append(name, size);
    return line;
  }));
  button.textContent = files.length ? told(say.button, { n: files.length }) : label;
}

async function submit(event) {
  if (!files.length) return; // the browser asks for a file
  event.preventDefault();
  button.disabled = true;
  try {
    const rows = form.id === "again-form" ? waiting() : await announce();
    if (rows) { files = []; show(); await sendAll(rows); }
  } catch {
    notify(say.broken, "error");
  } finally {
    button.disabled = false;
  }
}

/** Announce the files: the rows that came back with the files that go there. */
async function announce() {
  const body = new FormData(form);
  body.delete("files");
  body.set("files", JSON.stringify(files.map(({ name, size }) => ({ name, size }))));
  const answer = await fetch(form.dataset.announce, { method: "POST", body, headers: headers() });
  const part = document.createElement("template");
  part.innerHTML = await answer.text();
  if (!answer.ok) {
    notify(part.content.querySelector("p")?.textContent.trim() || say.broken, "error");
    return null;
  }
  const table = part.content.firstElementChild;
  document.querySelector("#sent").prepend(table);
  table.scrollIntoView({ block: "nearest" });
  return [...table.querySelectorAll("[data-send]")].map((row) => [row, files[Number(row.dataset.position)]]);
}

/** Find the rows that wait for the chosen files. */
function waiting() {
  const rows = new Map([...document.querySelectorAll("[data-send]")].map((row) => [key(row.dataset.name, row.dataset.size), row]));
  const found = files.map((file) => [rows.get(key(file.name, file.size)), file]);
  const strange = found.filter(([row]) => !row).map(([, file]) => file.name);
  if (strange.length) notify(say.strange + strange.join("、"), "warning");
  return found.filter(([row]) => row);
}

async function sendAll(rows) {
  const queue = [...rows];
  const table = rows[0]?.[0].closest(".sources-sent") ?? document.querySelector(".sources-sent");
  const origin = { origin: form.elements.origin?.value ?? "", publisher: form.elements.publisher?.value ?? "" };
  sending += 1;
  count(table);
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await send(...next, origin);
      count(table);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  sending -= 1;
  document.body.dispatchEvent(new Event("sent"));
}

function count(table) {
  const all = table?.querySelectorAll("tbody tr").length;
  const open = table?.querySelectorAll("tbody tr[data-send]").length;
  if (all) table.querySelector(".count").textContent = told(say.count, { done: all - open, all });
}

/** Send one file; its row tells how far it is, and in the end what the server says of it. */
function send(row, file, origin) {
  return new Promise((done) => {
    const state = row.querySelector(".state");
    const bar = document.createElement("progress");
    const word = badge("reading", say.sending);
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    state.replaceChildren(word, bar);
    const request = new XMLHttpRequest();
    request.open("POST", row.dataset.send);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total; });
    request.upload.addEventListener("load", () => { word.textContent = say.reading; bar.removeAttribute("value"); });
    request.addEventListener("loadend", () => {
      const part = document.createElement("template");
      part.innerHTML = request.responseText;
      const answer = part.content.firstElementChild;
      if (request.status === 200 && answer?.matches("tr")) row.replaceWith(answer);
      else failed(row, file, part.content.querySelector("p")?.textContent.trim());
      done();
    });
    const body = new FormData();
    body.set("file", file);
    for (const [name, value] of Object.entries(origin)) body.set(name, value);
    request.send(body);
  });
}

function failed(row, file, message) {
  const again = document.createElement("button");
  again.type = "button";
  again.className = "tiny";
  again.textContent = say.again;
  again.addEventListener("click", () => sendAll([[row, file]]));
  const why = document.createElement("span");
  why.className = "bad";
  why.textContent = message || say.broken;
  row.querySelector(".state").replaceChildren(badge("failed", say.failed));
  row.querySelector(".outcome").replaceChildren(why, " ", again);
}

function badge(kind, text) {
  const made = document.createElement("span");
  made.className = `badge file-${kind}`;
  made.textContent = text;
  return made;
}
