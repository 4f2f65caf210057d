"""The gallery of all components stands beside the application's own pages, under a navigation as full as it may get."""

from typing import Any

import pytest

from shanhai.web.areas import AREAS, Area, Entry

from . import gallery

LABELS = ("来源 Sources", "数字与事实 Facts", "问题 Findings", "核对 Check", "账号 Accounts")


@pytest.fixture
def with_gallery(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = gallery
    full = Area("full", "full/", tuple(Entry(label, "frame:theme", "read") for label in LABELS))
    monkeypatch.setattr("shanhai.web.frame.context.AREAS", (*AREAS, full))
    monkeypatch.setattr("shanhai.web.frame.context.SEARCH", "accounts:password")
