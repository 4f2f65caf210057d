"use strict";
// What every page needs: finding elements, telling what happened, the help.

const root = document.documentElement;
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
const narrow = window.matchMedia("(max-width: 819px)");

function say(text) { find("#status").textContent = text; }

function openHelp() {
  find("#help").showModal();
  find("#help button").focus();
}

/** Whether the page's own keys are to answer: not while typing, not with another modifier, not over the help. */
function isForThePage(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || find("#help").open) return false;
  return event.key === "Escape" || !document.activeElement.matches("input:not([type=checkbox]), textarea, select");
}
