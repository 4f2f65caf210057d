"""What every page of the project is made of: head with its security policy, masthead, help, foot.

A page is one file: no network, no script and no style but its own, admitted by their hashes.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files

from shanhai.model import UnreadableInput
from shanhai.model.errors import printable
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.words import Word, both

Keys = Sequence[tuple[Sequence[str], Word]]
"""What each group of keys does."""

_LOGO = (
    '<svg class="logo" viewBox="0 0 48 40" aria-hidden="true" focusable="false">'
    '<path class="far" d="M18 27 31 8l14 19z"/><path class="near" d="M2 27 16 4l14 23z"/>'
    '<path class="sea" d="M2 31q5.5-4 11 0t11 0 11 0 11 0M7 37q5.5-4 11 0t11 0 11 0"/></svg>'
)
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 40'%3E"
    "%3Cpath fill='%23c08a3e' d='M18 27 31 8l14 19z'/%3E%3Cpath fill='%230f5257' d='M2 27 16 4l14 23z'/%3E"
    "%3Cpath fill='none' stroke='%230f5257' stroke-width='3' d='M2 33q5.5-4 11 0t11 0 11 0 11 0'/%3E%3C/svg%3E"
)


def embedded(names: Sequence[str], package: str = "shanhai.publishing.page") -> str:
    """Package files as one text, as it stands in the page."""
    here = files(package)
    return "".join((here / name).read_text("utf-8").replace("\r\n", "\n") for name in names)


def digest(text: str) -> str:
    """The source expression by which a security policy admits an inline ``text``."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def document_head(style: str, script: str, no_script: str, title: str = "山海 Shanhai") -> str:
    """The document's head: no network, no script or style but the page's own.

    Args:
        style: the page's style.
        script: the script that will stand at the end of the body.
        no_script: the style for a browser that runs none.
        title: what the browser calls the page.
    """
    policy = "; ".join(
        [
            "default-src 'none'",
            f"style-src {digest(style)} {digest(no_script)}",
            f"script-src {digest(script)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="{_ICON}">\n'
        f"<style>{style}</style>\n<noscript><style>{no_script}</style></noscript>\n</head>\n"
    )


def masthead(skips: Sequence[tuple[str, Word]], buttons: str) -> str:
    """The first part of the body: the ways to skip it (target and label), the name, and ``buttons`` (HTML)."""
    motto = both(Word("每个数字，都能一步回到原句", "every number, one step from its sentence"))
    links = "".join(f'<a class="skip" href="#{target}">{both(word)}</a>' for target, word in skips)
    return (
        f'<body>\n<div class="skips needs-script">{links}</div>\n<header id="brand">{_LOGO}'
        f'<h1>山海 <span class="en" lang="en">Shanhai</span></h1><p>{motto}</p>'
        f'<span class="buttons needs-script">{buttons}'
        '<button type="button" class="open-help" aria-label="按键说明 Keyboard help">?</button></span></header>\n'
    )


def could_not_be_read(unreadable: Sequence[UnreadableInput]) -> Iterator[str]:
    """The inputs that could not be read, each with its reason and what to do; nothing where there are none."""
    if not unreadable:
        return
    title = both(Word("读不出的文件", "Inputs that could not be read"))
    yield f'<details id="unreadable" open><summary>{title} <output>{len(unreadable):,}</output></summary><ul>\n'
    for problem in unreadable:
        yield (
            f"<li><bdi><b>{escape(printable(problem.name))}</b></bdi> "
            f'<span>{escape(problem.reason)}</span> <span class="remedy">{escape(problem.remedy)}</span></li>\n'
        )
    yield "</ul></details>\n"


def footer(generated: str) -> str:
    """The foot of the page; ``generated`` tells when and by what it was made."""
    caveat = both(
        Word(
            "数字均为报告所述，山海不为其背书。",
            "Figures are as the reports state them, attributed and not endorsed.",
        )
    )
    alone = both(Word("本页自成一体，不访问网络。", "This page is one file and never uses the network."))
    made = f"<p>{escape(generated)}</p>" if generated else ""
    return f"<footer><p>{caveat}</p><p>{alone}</p>{made}</footer>\n"


def keyboard_help(keys: Keys) -> str:
    """The dialog that tells what the keys do and switches single keys off."""
    rows = (
        f"<div><dt>{' '.join(f'<kbd>{key}</kbd>' for key in group)}</dt><dd>{both(word)}</dd></div>"
        for group, word in keys
    )
    on = both(Word("启用单键操作", "single-key commands on"))
    return (
        '<dialog id="help" aria-labelledby="help-title"><form method="dialog">'
        f'<h2 id="help-title">{both(Word("按键说明", "Keyboard"))}</h2><dl>{"".join(rows)}</dl>'
        f'<label class="toggle"><input type="checkbox" id="keys-on" checked autocomplete="off"> {on}</label>'
        f"<button>{both(Word('关闭', 'Close'))}</button></form></dialog>\n"
    )
