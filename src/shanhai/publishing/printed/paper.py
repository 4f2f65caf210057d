"""The sheet of paper: the frame of a printed document, and the parts that documents share."""

import base64
import datetime
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

_STYLE = Path(__file__).with_name("printed.css").read_text("utf-8")
STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
"""What a Content-Security-Policy must allow."""
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))


def page(title: str, name: str, body: str) -> bytes:
    """The document: its title in the window, what stands at the foot of every page, its body as HTML."""
    return (
        '<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body>\n<main>\n{body}\n</main>\n<footer class="foot">{escape(name)}</footer>\n</body>\n</html>\n'
    ).encode()


def both(zh: str, en: str) -> str:
    """A text in both languages."""
    return f'{escape(zh)} <span class="en" lang="en">{escape(en)}</span>'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], css: str = "") -> str:
    """A table of HTML cells; a cell that begins with ``#`` is a number."""
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in rows)
    return f'<table class="{css}"><thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>'


def _cell(text: str) -> str:
    return f'<td class="n">{text[1:]}</td>' if text.startswith("#") else f"<td>{text}</td>"


def signatures(names: Sequence[tuple[str, str, str]]) -> str:
    """Room for signatures: in whose name, in both languages, and the name that is known already."""
    rooms = "".join(
        f'<div class="sign"><p>{both(zh, en)}</p><p class="who">{escape(who)}</p>'
        f'<p class="line">{both("签字（盖章）", "signature, seal")}</p><p class="line">{both("日期", "date")}</p></div>'
        for zh, en, who in names
    )
    return f'<section class="signs">{rooms}</section>'


def moment(at: datetime.datetime) -> str:
    """A time as offices in China read it."""
    return f"{at.astimezone(_BEIJING):%Y-%m-%d %H:%M}"
