"""The kinds of records, in the order in which one refers to those before it."""

from collections.abc import Mapping

from shanhai.programme.kinds.kind import Draft, Field, Kind, Problem
from shanhai.programme.kinds.money import MONEY
from shanhai.programme.kinds.people import ASSESSMENT, HONOUR, MEMBER_KIND, POST
from shanhai.programme.kinds.projects import ASSET, COFUNDING, VISIT
from shanhai.programme.kinds.projects import KIND as PROJECT
from shanhai.programme.kinds.targets import RESULT, TARGET
from shanhai.programme.kinds.terms import ARRANGEMENT, HANDOVER, MATTER, TEAM_KIND, TERM_KIND
from shanhai.programme.kinds.work import ACTIVITY, MATCH, NEED

__all__ = ["KINDS", "Draft", "Field", "Kind", "Problem", "kind_of"]

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        ARRANGEMENT,
        TERM_KIND,
        TEAM_KIND,
        POST,
        MEMBER_KIND,
        ASSESSMENT,
        HONOUR,
        PROJECT,
        COFUNDING,
        ASSET,
        VISIT,
        MONEY,
        TARGET,
        RESULT,
        ACTIVITY,
        NEED,
        MATCH,
        HANDOVER,
        MATTER,
    )
}
"""By name. Adding a kind is a module beside this one, its model, and a line here."""


def kind_of(record: object) -> Kind:
    """The kind of a record."""
    return next(kind for kind in KINDS.values() if isinstance(record, kind.model))
