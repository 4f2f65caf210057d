"""What the findings' pages call codes, checks and states, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shanhai.model import Code, PromiseState
from shanhai.publishing.checked_page.words import CODES, STATES
from shanhai.publishing.page.words import Word

CHECKS: "Mapping[str, str | Promise]" = {
    "arithmetic": _("算术"),
    "series": _("历年数列"),
    "facts": _("事实比对"),
    "definitions": _("口径"),
    "plausibility": _("常理"),
    "recycled": _("旧数重现"),
    "rules": _("规定"),
    "promises": _("承诺"),
    "sources": _("来源"),
}
"""The checks, by the name under which findings keep them."""

DEEDS: "Mapping[str, str | Promise]" = {
    "assign": _("分派"),
    "settle": _("标为已解决"),
    "reopen": _("重新打开"),
}
"""What can be done about a finding, by the action in the audit."""


def language() -> str:
    """The reader's language: zh or en."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def spelled(word: Word) -> str:
    """A label in the reader's language; English labels begin with a capital."""
    return word.zh if language() == "zh" else word.en[:1].upper() + word.en[1:]


def code_name(code: str) -> str:
    """What a code is called."""
    return spelled(CODES[Code(code)])


def state_name(state: str) -> str:
    """What a promise's state is called."""
    return spelled(STATES[PromiseState(state)])


def check_name(check: str) -> str:
    """What a check is called; one that is not known keeps its name."""
    return str(CHECKS.get(check, check))
