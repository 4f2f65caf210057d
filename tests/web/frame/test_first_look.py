import pytest
from shanhai.ledger.models import Role
from ..browsing import PHONE, DESK, Visit, barriers, is_too_wide


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("viewport", [DESK, PHONE])
@pytest.mark.parametrize(
    "address,role", [("/accounts/sign-in", None), ("/", Role.REVIEWER), ("/accounts/password", Role.READER)]
)
def test_pages(visit: Visit, viewport, dark, address, role) -> None:
    page = visit(address, role, viewport=viewport, dark=dark)
    assert barriers(page) == []
    assert not is_too_wide(page)
