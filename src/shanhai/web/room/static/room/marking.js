// Which source characters a person has marked in the text. The page shows mended text; data-at and data-to tell what stands for what.

const text = document.querySelector("#text");
const watchers = [];
let place = null;

/** What is marked: {start, end, words} in source characters; null where nothing is. */
export const marked = () => place;
export const clearMarked = () => tell(null);
export const onMarked = (watcher) => watchers.push(watcher);

function tell(found) {
  place = found;
  for (const watcher of watchers) watcher(Boolean(found));
}

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) {
    if (text.contains(selection.anchorNode)) tell(null);
    return;
  }
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return;
  const start = sourceAt(range.startContainer, range.startOffset, false);
  const end = sourceAt(range.endContainer, range.endOffset, true);
  tell(start !== null && end !== null && start < end ? { start, end, words: shownText(range) } : null);
});

function shownText(range) {
  const copy = range.cloneContents();
  for (const gone of copy.querySelectorAll("del")) gone.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** The source character of a point; where it stands between blocks, of the nearest block before (for an end) or after it. */
function sourceAt(node, offset, isEnd) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const next = node.childNodes[offset];
    const texts = textsOf(text);
    const after = next ? texts.find((one) => next.contains(one) || next.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) : null;
    const before = texts.filter((one) => (after ? one.compareDocumentPosition(after) & Node.DOCUMENT_POSITION_FOLLOWING : node.contains(one))).at(-1);
    const chosen = isEnd ? before : after ?? before;
    return chosen ? sourceAt(chosen, isEnd ? chosen.length : 0, isEnd) : null;
  }
  const block = blockOf(node);
  if (!block) return null;
  let at = Number(block.dataset.at);
  for (const one of textsOf(block)) {
    const differs = one.parentElement.closest("[data-at]");
    const upto = one === node ? offset : one.length;
    const length = [...one.data.slice(0, upto)].length;
    if (differs === block) at += length;
    else {
      const from = Number(differs.dataset.at), to = Number(differs.dataset.to);
      if (one === node && differs.tagName === "DEL") return isEnd ? (upto ? to : from) : upto >= one.length ? to : from;
      if (one === node) return Math.min(from + length, to);
      at = to;
    }
    if (one === node) return at;
  }
  return null;
}

function blockOf(node) {
  let found = null;
  for (let one = node.parentElement; one && text.contains(one) && one !== text; one = one.parentElement) if (one.dataset.at) found = one;
  return found;
}

function textsOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (blockOf(walker.currentNode)) found.push(walker.currentNode);
  return found;
}
