"""The API keeps to its OpenAPI description: schemathesis sends what it allows and what it does not."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from shanhai.ledger.actions.tokens import make
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Fact, Finding, Role, Token
from shanhai.web.wsgi import application

from ..register.made import enter
from .conftest import Caller, Ledger

pytestmark = pytest.mark.django_db
BOUNDED = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
SECRET = "known-before-the-tests-begin"


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@schema.auth()
class _Token:
    """Signs what is sent, so that schemathesis can leave the signature out and see what happens."""

    def get(self, case: schemathesis.Case, context: object) -> str:
        return f"Bearer shanhai_{SECRET}"

    def set(self, case: schemathesis.Case, data: str, context: object) -> None:
        case.headers["Authorization"] = data


@pytest.fixture(autouse=True)
def _one_connection(settings: Any) -> Iterator[None]:
    """The test's transaction lives over many requests, as with Django's own client; none is one too many."""
    settings.SHANHAI_API_RATE = 1_000_000
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(caller: Callable[..., Caller]) -> None:
    """The account behind the token: one that may do all."""
    user = caller(Role.ADMINISTRATOR).user
    assert user is not None
    make(user, "test", actor=Actor.of(user), secret=SECRET)


@schema.parametrize()
@BOUNDED
def test_whatever_is_sent(case: schemathesis.Case, ledger: Ledger, known: None) -> None:
    hold(case)


@schema.include(path_regex=r"\{").parametrize()
@settings(BOUNDED, max_examples=6)
def test_what_is_allowed_of_what_is_there(case: schemathesis.Case, ledger: Ledger, known: None) -> None:
    """The same with ids of what the ledger holds, which no generator would hit upon."""
    if case.meta and case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    there: dict[str, object] = {"sha256": ledger.sources[0].sha256, "id": ledger.decision.pk}
    if "statements" in case.path:
        there["key"] = ledger.waiting().key
    elif "findings" in case.path:
        there["key"] = Finding.objects.first().key  # type: ignore[union-attr]
    elif "pairings" in case.path:
        there["key"] = ledger.here.key
    elif "facts" in case.path:
        there |= {"key": Fact.objects.first().key, "pairing": ledger.here.key}  # type: ignore[union-attr]
    elif "records" in case.path:
        enter(ledger.here, "term", "P1", {"batch": "1", "starts": "2022-07-20", "ends": "2025-07-19"})
        there |= {"key": "P1", "kind": "term", "pairing": ledger.here.key}
    elif "tokens" in case.path:
        there["id"] = Token.objects.first().pk  # type: ignore[union-attr]
    case.path_parameters = {name: there[name] for name in case.path_parameters or {}}
    hold(case)


def hold(case: schemathesis.Case) -> None:
    """Send it, and hold the answer against the description by all checks."""
    response = case.call()
    told = response.json() if "problem" in response.headers.get("content-type", [""])[0] else {}
    of_the_ledger = told.get("code") not in (None, "invalid_request", "malformed", "wrong_media_type")
    # What no schema can say, such as that a quote stands in its source, is refused by the ledger itself.
    case.validate_response(response, excluded_checks=[positive_data_acceptance] if of_the_ledger else [])
