"""Traditional script, shown in simplified."""

import re
from functools import cache

import opencc

MARK = "國"
"""Stands for every character that only traditional script has, itself one of them."""
_TRADITIONAL_SHARE = 0.02
_HAN = re.compile("[一-鿿㐀-䶿豈-﫿]")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("tw2s")


def marked_traditional(text: str) -> tuple[str, int]:
    """The text with ``MARK`` for each character that only traditional script has, and how many there are."""
    return _traditional_only().subn(MARK, text)


def simplified(text: str, traditional: int) -> tuple[str, list[tuple[int, int]]]:
    """The text in simplified script, character for character, and the lines in which anything changed.

    A line whose phrase conversion would change its length is converted character by character. In a text that is
    in simplified script already, only characters that this script does not have are replaced: there the
    converter would take 显著 for a traditional 著.

    Args:
        text: the text in either script.
        traditional: how many of its characters only traditional script has.
    """
    if not traditional:
        return text, []
    converted = str(_converter().convert(text))
    if converted == text:
        return text, []
    before = text.split("\n")
    after = converted.split("\n") if len(converted) == len(text) else []
    if len(after) != len(before) or any(map(_unequal, before, after)):
        after = [_line(line) for line in before]
    if traditional < _TRADITIONAL_SHARE * len(text):
        after = [_sure(one, other) if one != other else one for one, other in zip(before, after, strict=True)]
    spans, at = [], 0
    for one, other in zip(before, after, strict=True):
        if one != other:
            spans.append((at, at + len(one)))
        at += len(one) + 1
    return "\n".join(after), spans


@cache
def _traditional_only() -> re.Pattern[str]:
    """Characters that only traditional script has."""
    every = [chr(o) for o in range(0x4E00, 0xA000)]
    shown = str(_converter().convert("\n".join(every))).split("\n")
    only = [a for a, b in zip(every, shown, strict=True) if a != b and not _in_simplified_script(a)]
    return re.compile(f"[{''.join(only)}]")


def _sure(line: str, converted: str) -> str:
    """The line with only those characters replaced that simplified script does not have."""
    return "".join(
        [b if a != b and not _in_simplified_script(a) else a for a, b in zip(line, converted, strict=True)]
    )


@cache
def _in_simplified_script(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _unequal(one: str, other: str) -> bool:
    return len(one) != len(other)


def _line(line: str) -> str:
    convert = _converter().convert
    whole = convert(line)
    if len(whole) == len(line):
        return str(whole)
    return _HAN.sub(lambda m: one if len(one := str(convert(m[0]))) == 1 else m[0], line)
