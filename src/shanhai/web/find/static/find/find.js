// What was found, by keyboard: j and k step from one to the next, Enter opens.

import { onKey } from "../frame/keys.js";

const found = [...document.querySelectorAll("[data-found]")];
let at = -1;

function choose(index) {
  if (!found.length) return false;
  found[at]?.classList.remove("current");
  at = Math.max(0, Math.min(index, found.length - 1));
  found[at].classList.add("current");
  found[at].querySelector("a").focus({ preventScroll: true });
  found[at].scrollIntoView({ block: "nearest" });
  return true;
}

onKey("j", () => choose(at + 1));
onKey("k", () => choose(at - 1));
