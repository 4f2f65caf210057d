"""Keys and names that people give: what will do, and what will not."""

import re
from typing import Any

from django.db.models import Manager

from shanhai.ledger.errors import NotPossible

LONGEST_NAME, LONGEST_PLACE = 100, 64
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_KEY = 64


def check_key(key: str, kept: Manager[Any]) -> None:
    """Refuse what is no key, as it stands in addresses and in files' names, and one that something of its kind has."""
    if not _KEY.fullmatch(key) or len(key) > _LONGEST_KEY:
        raise NotPossible(
            f"代号“{key[:_LONGEST_KEY]}”只能用小写字母、数字和连字符，至多{_LONGEST_KEY}个字符。",
            f"The key “{key[:_LONGEST_KEY]}” may hold small letters, digits and hyphens only, "
            f"{_LONGEST_KEY} characters at most.",
        )
    if kept.filter(key=key).exists():
        raise NotPossible(f"代号“{key}”已被使用。请换一个。", f"The key “{key}” is taken. Choose another.")


def named(name: str, longest: int) -> str:
    """A name with its spaces in order; refused where it is empty or longer than ``longest``."""
    name = " ".join(name.split())
    if not name or len(name) > longest:
        raise NotPossible(
            f"名称“{name[:longest]}”须有1至{longest}个字。",
            f"The name “{name[:longest]}” must have 1 to {longest} characters.",
        )
    return name
