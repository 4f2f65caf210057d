"""Titles in the messages of findings: reasoning names a report by its file's name, people know it by its title."""

import re
from collections import Counter
from collections.abc import Mapping

from shanhai.model import Message

_LONGEST = 60
_LEAST = 4
"""A shorter file's name, or one of digits alone, may be a word or figure of the message itself; it is then left where no 《》 stand around it."""


def distinct(titles: Mapping[str, str]) -> dict[str, str]:
    """By the name of a report its title, shortened; only titles that no other of the reports has, since those tell it apart."""
    held = Counter(titles.values())
    return {
        doc: title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
        for doc, title in titles.items()
        if title and title != doc and held[title] == 1
    }


def entitled(message: Message, titles: Mapping[str, str]) -> Message:
    """The message with titles in the place of the names of reports, where there are any for them."""
    if not titles:
        return message
    told = "|".join(re.escape(doc) for doc in sorted(titles, key=len, reverse=True))
    zh = re.sub(f"《({told})》", lambda m: f"《{titles[m[1]]}》", message.zh)
    sure = "|".join(
        re.escape(d) for d in sorted(titles, key=len, reverse=True) if len(d) >= _LEAST and not d.isdigit()
    )
    if not sure:
        return Message(zh, message.en)
    zh = re.sub(f"（({sure})）", lambda m: f"（《{titles[m[1]]}》）", zh)
    en = re.sub(rf"(?<![\w.-])({sure})(?![\w-])", lambda m: f"《{titles[m[1]]}》", message.en)
    return Message(zh, en)
