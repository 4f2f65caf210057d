"""Lost characters: shown as lost, never guessed."""

import re

LOST = "\ufffd"
_NUMERAL = "0-9一二三四五六七八九十百千万亿两〇"
_MARK = re.compile(
    "[?？\ue000-\uf8ff□�锟](?:(?<=[㐀-鿿0-9；，、][?？])[?？]{0,2}(?=[㐀-鿿0-9；，、])"
    "|(?<![?？锟])[\ue000-\uf8ff□�]*|(?<=锟)斤拷|(?<=[㐀-鿿]\\?)；(?=[㐀-鿿]))"
)
_ASKED = re.compile("吗|呢|么|什么|如何|怎|谁|哪|几时|多少|为何|是否|何|难道|吧|可否|能否")
_LONGEST_QUESTION = 60
_RUN = re.compile(f"[{_NUMERAL}.{LOST}]+")
_DIGIT = re.compile(f"[{_NUMERAL}]")


def lost_characters(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with ``LOST`` for each character that is not there any more, and where they stand.

    A question mark inside a sentence that asks nothing is what a failed conversion left of a character.
    """
    spans: list[tuple[int, int]] = []
    parts: list[str] = []
    at = 0
    for found in _MARK.finditer(text):
        start, end = found.span()
        if found[0][0] in "?？" and _ASKED.search(text, _sentence_start(text, start), start):
            continue
        if found[0].startswith("？") and end - start == 1:
            continue
        parts += (text[at:start], LOST * (end - start))
        spans.append((start, end))
        at = end
    if not spans:
        return text, spans
    parts.append(text[at:])
    return "".join(parts), spans


def _sentence_start(text: str, at: int) -> int:
    reach = max(0, at - _LONGEST_QUESTION)
    return max(reach, *(text.rfind(sign, reach, at) for sign in "。！；\n"))


def unreadable_figures(text: str) -> list[tuple[int, int]]:
    """Where a numeral touches a lost character, so that its value is not certain."""
    return [m.span() for m in _RUN.finditer(text) if LOST in m[0] and _DIGIT.search(m[0])]
