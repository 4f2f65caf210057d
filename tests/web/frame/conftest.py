"""The gallery of all components stands beside the application's own pages."""

from typing import Any

import pytest

from . import gallery


@pytest.fixture
def with_gallery(settings: Any) -> None:
    settings.ROOT_URLCONF = gallery
