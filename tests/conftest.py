"""What all tests share: the files beside the project, and the rule that CI skips nothing."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile(
    "shanhai", deadline=None
)  # how long an example takes says more of the machine than of us
settings.load_profile("shanhai")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def needs(there: bool, reason: str) -> None:
    """Skip a test that this machine cannot run; where everything is required, fail instead."""
    if there:
        return
    if os.environ.get("SHANHAI_REQUIRE_ALL") == "1":
        pytest.fail(f"required here, but {reason}")
    pytest.skip(reason)


@pytest.fixture
def seeds() -> list[Path]:
    """The five real reports."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    needs(bool(found), "the seed reports do not lie beside the project")
    return found
