"""The example row of every kind: it reads, it passes its checks, and what is shown of it is read back."""

import pytest

from programme.filled import KEYS, enter_examples, example
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.ledger.verify import verify
from shanhai.programme.actions.records import Told, context_of, problems_of
from shanhai.programme.kinds import KINDS, kind_of

pytestmark = pytest.mark.django_db


def test_every_example_is_entered_and_shown_as_it_was_read(pairing: Pairing, clerk: Actor) -> None:
    entered = enter_examples(pairing, clerk)
    assert list(entered) == list(KINDS) == list(KEYS)
    context = context_of(pairing)
    for name, record in entered.items():
        kind = KINDS[name]
        assert kind_of(record) is kind
        stored = kind.model._default_manager.get(pk=record.pk)
        for field in kind.fields:
            value = getattr(stored, field.name)
            for english in (False, True):
                shown = field.value.shown(value, english)
                read = field.value.read(shown, context)
                expected = None if value in ("", [], {}) else value
                assert read == expected, f"{name}.{field.name}: {shown!r}"
    assert list(verify()) == []


@pytest.mark.parametrize("name", KINDS)
def test_required_fields_have_an_example_and_are_asked_for(name: str, pairing: Pairing) -> None:
    kind = KINDS[name]
    required = {f.name for f in kind.fields if f.required}
    assert required <= example(kind).keys()
    problems = problems_of(kind, pairing, Told("X", {}))
    assert {p.field for p in problems} == required
    assert all(p.zh.startswith("请填写") and p.en.startswith("Fill in") for p in problems)


def test_kinds_can_be_told_apart() -> None:
    for told in (lambda k: k.name, lambda k: k.zh, lambda k: k.en, lambda k: k.many_en, lambda k: k.prefix):
        assert len({told(k) for k in KINDS.values()}) == len(KINDS)
    for kind in KINDS.values():
        assert len(kind.name) <= 10
        assert len({f.zh for f in kind.fields}) == len({f.en for f in kind.fields}) == len(kind.fields)
        columns = {f.name for f in kind.model._meta.concrete_fields}
        assert {f.name for f in kind.fields} == columns - {
            "id",
            "pairing",
            "key",
            "revision",
            "withdrawn",
            "evidence",
            "signed",  # a hand-over's list is closed by signing it, not by a form
        }
