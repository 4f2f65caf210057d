"""Reports that the reading room's tests review, stored by the real actions."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from shanhai import find_claims, read
from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing, Report, Role, Statement
from shanhai.web.links import room_path

NOON = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)
LI = Actor.command_line("李")  # another reviewer
BRIEF = (
    "乙县2023年帮扶工作简报\n"
    "2023年，甲市投入援助资金3200万元，实施项目12个，培训医生86名。\n"
    "全年选派教师24名，转移就业310人，消费帮扶销售额约450万元。\n"
)
Stored = Callable[..., "Held"]


class Held:
    """A stored report with short ways to its figures and addresses."""

    def __init__(self, row: Report) -> None:
        self.row = row
        self.sha256 = row.source.sha256
        self.path = room_path(self.sha256)

    def figure(self, quote: str) -> Statement:
        """The figure that stands with a quote."""
        return Statement.objects.get(report=self.row, quote=quote, state__in=("open", "accepted"))

    def address(self, quote: str, what: str = "") -> str:
        """The address of a figure's card, or of a decision about it."""
        return f"{self.path}{self.figure(quote).key}/" + (f"{what}/" if what else "")

    def seen(self, quote: str) -> str:
        """What a form about a figure sends back."""
        found = self.figure(quote)
        return f"{found.key}:{found.review_id or ''}"

    def quotes(self) -> list[str]:
        """The quotes of all figures that wait, in text order."""
        waiting = Statement.objects.filter(report=self.row, state="open", minor=False)
        return list(waiting.order_by("start", "end").values_list("quote", flat=True))


@pytest.fixture
def stored(db: None) -> Stored:
    """Stores a report: ``stored("text")``, ``stored(HTML, "页.html", pairing=…)``."""

    def store(text: str = BRIEF, name: str = "简报.txt", pairing: Pairing | None = None) -> Held:
        data = text.encode()
        report = read(data, name=name)
        arrival = Arrival(data, name, "", report, find_claims(report))
        receive(arrival, actor=Actor.command_line("clerk"), pairing=pairing, at=NOON)
        return Held(Report.objects.select_related("source").get(source__name=name))

    return store


@pytest.fixture
def pairing(db: None) -> Pairing:
    return Pairing.objects.create(
        key="jia-yi", name_zh="甲市对口支援乙县", name_en="Jia for Yi", sending="甲市", receiving="乙县"
    )


@pytest.fixture
def held(stored: Stored) -> Held:
    """One stored report, the brief."""
    return stored()


@pytest.fixture
def reviewer(signed_in: Callable[..., Client]) -> Client:
    """A client of someone who reviews everything."""
    return signed_in(Role.REVIEWER)
