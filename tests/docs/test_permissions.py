"""The table of permissions tells what the code gives."""

import re
from itertools import pairwise

from shanhai.ledger.models import Role
from shanhai.ledger.rights import MEANING, PUBLIC, RIGHTS, Right

from ..conftest import ROOT

TEXT = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
CELLS = {"✓": True, "–": False}


def table() -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", TEXT, re.M)
    ]


def test_the_columns_are_the_roles_in_order() -> None:
    assert [cell.split()[-1] for cell in table()[0][1:]] == [role.value for role in Role]


def test_each_right_is_told_as_the_code_gives_it() -> None:
    shown = {}
    for first, *cells in table()[2:]:
        found = re.fullmatch(r"(.+) `(\w+)`: (.+)", first)
        assert found, first
        shown[found[2]] = ((found[1], found[3]), [CELLS[cell] for cell in cells])
    assert list(shown) == [right.value for right in Right]
    for right in Right:
        assert shown[right.value] == (MEANING[right], [right in RIGHTS[role] for role in Role]), right


def test_the_publics_rights_are_told() -> None:
    line = next(line for line in TEXT.splitlines() if "The public." in line)
    assert {right for right in Right if f"`{right}`" in line} == PUBLIC


def test_each_role_has_the_rights_of_the_one_before_it() -> None:
    roles = list(Role)
    for lesser, greater in pairwise(roles):
        assert RIGHTS[lesser] < RIGHTS[greater]
