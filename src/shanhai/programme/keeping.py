"""What the ledger keeps of the register: its tables in archives, its records under seals in the audit."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model, Q

from shanhai.ledger import seals
from shanhai.ledger.archive import tables
from shanhai.ledger.models import Pairing
from shanhai.programme import models
from shanhai.programme.actions.matching import renew_matches
from shanhai.programme.derived import renew_all
from shanhai.programme.kinds import KINDS, Kind

SINCE = 2
"""The version of the first archives that have the register."""

_BESIDE: dict[str, type[Model]] = {
    "plan_versions": models.PlanVersion,
    "plan_versions_follow": models.PlanVersion.follows.through,
    "attachments": models.Attachment,
    "attachment_contents": models.AttachmentContent,
    "briefs": models.Brief,
    "brief_items": models.BriefItem,
    "brief_item_statements": models.BriefItem.statements.through,
    "exchange_keys": models.ExchangeKey,
    "exchange_files": models.ExchangeFile,
    "exchange_contents": models.ExchangeContent,
}


def register() -> None:
    """Tell the ledger, once, when Django starts."""
    own: dict[str, type[Model]] = {kind.many_en.replace(" ", "_"): kind.model for kind in KINDS.values()}
    tables.register({**own, **_BESIDE}, SINCE, _renew)
    for kind in KINDS.values():
        seals.KINDS[kind.name] = _sealed(kind)
    seals.KINDS["exchange"] = seals.Sealed(_exchange, lambda: _pairings(models.ExchangeFile))
    seals.KINDS["brief"] = seals.Sealed(_brief, lambda: _named(models.Brief))


def _renew(pairing: Pairing) -> None:
    """What follows from records that were read from an archive."""
    renew_all(pairing)
    renew_matches(pairing)


def subject_of(kind: str, pairing: str, key: str) -> str:
    """The name under which a record stands in the audit."""
    return f"{kind}:{pairing}/{key}"


def _sealed(kind: Kind) -> seals.Sealed:
    def tables_of(key: str) -> Iterator[seals.Table]:
        pairing, _, number = key.partition("/")
        yield seals.rows_of(kind.model, Q(pairing__key=pairing, key=number))
        if kind.model is models.Project:
            yield seals.rows_of(models.PlanVersion, Q(project__pairing__key=pairing, project__key=number))
            which = Q(from_planversion__project__pairing__key=pairing, from_planversion__project__key=number)
            yield seals.rows_of(models.PlanVersion.follows.through, which)
        yield seals.rows_of(models.Attachment, Q(subject=f"{kind.name}:{key}"))

    def many(keys: Sequence[str]) -> Iterator[tuple[str, list[seals.Table]]]:
        by_pairing: dict[str, list[str]] = {}
        for key in keys:
            pairing, _, number = key.partition("/")
            by_pairing.setdefault(pairing, []).append(number)
        for pairing, numbers in by_pairing.items():
            for begin in range(0, len(numbers), _PORTION):
                portion = numbers[begin : begin + _PORTION]
                yield from _portion(kind, pairing, portion)

    return seals.Sealed(tables_of, lambda: _named(kind.model), many)


_PORTION = 500


def _portion(kind: Kind, pairing: str, numbers: list[str]) -> Iterator[tuple[str, list[seals.Table]]]:
    """The tables of several records, each table asked once."""
    asked: list[tuple[type[Model], str, Q]] = [
        (kind.model, "key", Q(pairing__key=pairing, key__in=numbers)),
    ]
    if kind.model is models.Project:
        asked.append(
            (models.PlanVersion, "project__key", Q(project__pairing__key=pairing, project__key__in=numbers))
        )
        of = "from_planversion__project"
        which = Q(**{f"{of}__pairing__key": pairing, f"{of}__key__in": numbers})
        asked.append((models.PlanVersion.follows.through, f"{of}__key", which))
    subjects = [f"{kind.name}:{pairing}/{number}" for number in numbers]
    asked.append((models.Attachment, "subject", Q(subject__in=subjects)))
    found: dict[str, list[seals.Table]] = {number: [] for number in numbers}
    for model, column, which in asked:
        names = seals.columns(model)
        rows: dict[str, list[Sequence[Any]]] = {}
        told = model._default_manager.filter(which).order_by("pk").values_list(column, *names)
        for of, *row in told:
            rows.setdefault(of.rpartition("/")[2], []).append(tuple(row))
        for number, own in rows.items():
            found[number].append(seals.Table(model._meta.model_name or "", names, own))
    return iter((f"{pairing}/{number}", held) for number, held in found.items())


def _named(model: type[Model]) -> Iterator[str]:
    told = model._default_manager.order_by("pk").values_list("pairing__key", "key")
    return (f"{pairing}/{key}" for pairing, key in told.iterator())


def _brief(key: str) -> Iterator[seals.Table]:
    pairing, _, number = key.partition("/")
    which = Q(pairing__key=pairing, key=number)
    yield seals.rows_of(models.Brief, which)
    items = models.BriefItem.objects.filter(brief__in=models.Brief.objects.filter(which))
    yield seals.rows_of(models.BriefItem, Q(pk__in=items))
    yield seals.rows_of(models.BriefItem.statements.through, Q(briefitem__in=items))


def _exchange(key: str) -> Iterator[seals.Table]:
    """The files and keys that a pairing exchanges; the bytes of a file are told by its hash."""
    yield seals.rows_of(models.ExchangeKey, Q(pairing__key=key))
    yield seals.rows_of(models.ExchangeFile, Q(pairing__key=key))


def _pairings(model: type[Model]) -> Iterator[str]:
    told = model._default_manager.order_by("pairing__key").values_list("pairing__key", flat=True)
    return iter(told.distinct())
