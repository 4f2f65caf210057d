"""What of each project may be added, kept as rows, so that boards add a few sums instead of deciding anew."""

from collections.abc import Iterable
from typing import Any

from shanhai.ledger.models import Pairing
from shanhai.programme.models import Countable, Project
from shanhai.programme.shares.credit import decide
from shanhai.programme.shares.families import came_of, family, held, portions

_PORTION = 500
_SAME = ("currency", "level", "livelihood", "livelihood_share")


def renew(pairing: Pairing, projects: Iterable[int]) -> None:
    """Make anew what is kept of some projects, and of those that hang together with them."""
    wanted = family(projects)
    for portion in portions(wanted):
        Countable.objects.filter(project__in=portion).delete()
    Countable.objects.bulk_create(rows(pairing, wanted), batch_size=_PORTION)


def renew_money(pairing: Pairing, projects: Iterable[int]) -> None:
    """The same where only money came or went: others are concerned only where a project has some now and had none."""
    turned: list[int] = []
    for portion in portions(projects):
        came = came_of(portion)
        changed = []
        for row in Countable.objects.filter(project__in=portion):
            was, now = (row.arrived, row.spent), came.get((row.project_id, row.currency), (None, None))
            if [a is None for a in was] != [a is None for a in now]:
                turned.append(row.project_id)
            elif was != now:
                row.arrived, row.spent = now
                changed.append(row)
        Countable.objects.bulk_update(changed, ["arrived", "spent"])
    if turned:
        renew(pairing, turned)


def renew_all(pairing: Pairing) -> None:
    """Make anew what is kept of a pairing."""
    Countable.objects.filter(pairing=pairing).delete()
    Countable.objects.bulk_create(rows(pairing, _all(pairing)), batch_size=_PORTION)


def differing(pairing: Pairing) -> list[str]:
    """The numbers of projects of which something else is kept than follows."""
    wanted = {row.project_id: _plain(row) for row in rows(pairing, _all(pairing))}
    kept = {row.project_id: _plain(row) for row in Countable.objects.filter(pairing=pairing)}
    wrong = {pk for pk in {*wanted, *kept} if wanted.get(pk) != kept.get(pk)}
    return sorted(Project.objects.filter(pk__in=wrong).values_list("key", flat=True))


def rows(pairing: Pairing, projects: Iterable[int]) -> list[Countable]:
    """What follows of whole families of projects."""
    found: dict[int, Countable] = {}
    for basis, told in held(pairing, projects).items():
        for one in decide(told, basis):
            project = one.project
            row = found.get(project.id)
            if row is None:
                same = {name: getattr(project, name) for name in _SAME}
                row = Countable(project_id=project.id, pairing=pairing, term_id=project.term, **same)
                row.own, row.unsure = one.own, one.unsure
                found[project.id] = row
            setattr(row, str(basis), project.amount)
            setattr(row, f"{basis}_why", one.why or "")
    return list(found.values())


def _all(pairing: Pairing) -> list[int]:
    return list(Project.objects.filter(pairing=pairing).order_by().values_list("pk", flat=True))


def _plain(row: Countable) -> tuple[Any, ...]:
    return tuple(getattr(row, field.attname) for field in Countable._meta.concrete_fields)
