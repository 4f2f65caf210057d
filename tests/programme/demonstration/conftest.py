"""The demonstration, made once for all tests of a module."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.demonstration import make


class _Undo(Exception):
    pass


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: object) -> Iterator[Pairing]:
    """The demonstration's pairing; taken back after the module."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                yield make(actor=Actor.command_line("clerk"))[0]
                raise _Undo
        except _Undo:
            pass
