"""Every address of every area, asked for and sent to by an account of one pairing with what belongs to another one."""

import datetime
import hashlib
import importlib
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from shanhai.ledger.actions import uploads
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import (
    Collection,
    Entry,
    Fact,
    Finding,
    Membership,
    Pairing,
    Review,
    Role,
    Source,
    Statement,
    UploadedFile,
)
from shanhai.programme.actions.attachments import attach
from shanhai.programme.actions.exchange import export
from shanhai.programme.actions.plans import Asked, approve, ask
from shanhai.programme.actions.records import Told, put
from shanhai.programme.exchange.keys import SigningKey
from shanhai.programme.exchange.lines import Side
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import (
    Asset,
    Attachment,
    Brief,
    BriefItem,
    ExchangeFile,
    PlanVersion,
    Project,
)  # fmt: skip
from shanhai.programme.photos.taking import Taken
from shanhai.web.areas import AREAS

from .briefs.made import matched, reported
from .findings.made import made
from .register.made import registered

OURS_ALONE = ("东川", "青山", "one-2021", "one-2022", "one-upload")
"""What only the texts of the other pairing say."""
NOT_ABOUT_OBJECTS = frozenset({"sign_out", "language", "theme", "password", "rebuild", "paste", "announce"})
STORED = (
    Source, Review, Statement, Collection, UploadedFile, Membership, Pairing, Entry, Fact, Finding,
    Attachment, ExchangeFile, PlanVersion, Brief, BriefItem, *(kind.model for kind in KINDS.values()),
)  # fmt: skip


def addresses() -> Iterator[tuple[str, str]]:
    """The area and the pattern of each address for people, such as ``/room/<sha256>/``."""
    for area in AREAS:
        if area.speaks_http:
            continue
        for one in importlib.import_module(f"shanhai.web.{area.name}.urls").urlpatterns:
            if one.name not in NOT_ABOUT_OBJECTS:
                plain = re.sub(r"\(\?P<(\w+)>.*?\)(?=[/$])", r"<\1>", str(one.pattern)).strip("^$")
                yield area.name, f"/{area.prefix}{re.sub(r'<[a-z0-9]+:', '<', plain)}"


@pytest.fixture(autouse=True)
def _own_key(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_FILE = tmp_path / "office.ledger"


@pytest.fixture
def theirs(db: None) -> dict[str, Any]:
    """What stands in addresses: objects of the pairing ``one``."""
    pairing = made()["one"]
    source = Source.objects.get(name="one-2021.txt")
    announced = [uploads.Announced("one-upload.txt", 3)]
    upload = uploads.announce(announced, actor=Actor.command_line("clerk"), pairing=pairing)
    victim = User.objects.create_user("victim")
    Membership.objects.create(user=victim, role=Role.READER, pairing=pairing)
    Collection.objects.create(key="mixed", name="专题").sources.add(source)
    registered()
    clerk, project = Actor.command_line("clerk"), Project.objects.get(pairing=pairing, key="QS-02")
    approve(ask(project, Asked(), actor=clerk), document="青山批", actor=clerk)
    change = ask(project, Asked({"planned": Decimal(5)}, "青山量减"), actor=clerk)
    asset = Asset.objects.get(key="Z1")
    photo = Taken(b"photo", "image/jpeg", hashlib.sha256(b"photo").hexdigest(), "青山".encode())
    attached = attach(KINDS["asset"], asset, "青山.jpg", photo, actor=Actor.command_line("clerk"))
    exchanged = _exchanged(pairing)
    return {
        "register kind": "asset",
        "register key": "Z1",
        "register sha256": attached.sha256,
        "plan": project.key,
        "version": change.number,
        "undone": Entry.objects.filter(subject="project:one/QS-02").latest("number").number,
        "sha256": source.sha256,
        "key": Statement.objects.filter(report__source=source).earliest("pk").key,
        "findings key": Finding.objects.filter(pairing=pairing).earliest("pk").key,
        "facts key": Fact.objects.filter(pairing=pairing).earliest("pk").key,
        "sources number": upload.pk,
        "accounts number": victim.pk,
        "exchange key": "H1",
        "briefs key": reported(pairing),
        "needs key": matched(pairing),
        "exchange sha256": exchanged,
        "matter": "M1",
        "sending": exchanged,
        "receiving": exchanged,
    } | {
        "number": 1,
        "pairing": "one",
        "ending": "csv",
        "position": 0,
        "token": "a" * 32,
        "what": "html",
        "kind": "money",
    }


def _exchanged(pairing: Pairing) -> str:
    """A hand-over list with a matter, and an exchange file, known by its hash."""
    clerk, day = Actor.command_line("clerk"), datetime.date(2022, 1, 1)
    terms = [
        put(KINDS["term"], pairing, Told(f"P{n}", {"batch": n, "starts": day, "ends": day}), actor=clerk)
        for n in (1, 2)
    ]
    values = {"from_term": terms[0], "to_term": terms[1]}
    handover = put(KINDS["handover"], pairing, Told("H1", values), actor=clerk)
    matter = {"handover": handover, "summary": "东川验收"}
    put(KINDS["matter"], pairing, Told("M1", matter), actor=clerk)
    at = datetime.datetime(2022, 1, 1, tzinfo=datetime.UTC)
    key = SigningKey(bytes(32))
    return export(pairing, Side.SENDING, day, day, "青山办", key=key, actor=clerk, at=at).sha256


@pytest.mark.parametrize("role", list(Role))
def test_nothing_is_shown_or_changed(
    theirs: dict[str, Any], account: Callable[..., User], role: Role
) -> None:
    client = Client()
    client.force_login(account(role, Pairing.objects.get(key="two")))
    before = [list(model.objects.order_by("pk").values()) for model in STORED]
    sent = {
        "seen": f"{theirs['key']}:", "reason": "看过", "because": "看过", "to": role.value,
        "source": theirs["sha256"], "pairing": "one", "against": "one", "name": "新", "into": "mixed",
        "why": "看过", "revision": "1", "project": "QS-01", "use": "idle", "document": "批", "said": "", "based": "1", "step": "look",
        "do": "drop", "state": "failed", "need": "N2", "offer": "K2", "item": str(BriefItem.objects.get().pk), "who": "m-Y1",
        "month": "2023-08",
    }  # fmt: skip
    found = []
    for path in paths(theirs):
        for headers in ({}, {"hx-request": "true"}):
            found += [(path, word) for word in told(client.get(path, headers=headers))]
            found += [(path, word) for word in told(client.get(path, {"pairing": "one"}, headers=headers))]
            found += [(path, word) for word in told(client.post(path, sent, headers=headers))]
    assert found == []
    assert before == [list(model.objects.order_by("pk").values()) for model in STORED]


def test_who_may_read_them_is_shown_them(theirs: dict[str, Any], account: Callable[..., User]) -> None:
    """The addresses above do lead to what they seem to."""
    client = Client()
    client.force_login(account(Role.OFFICE, Pairing.objects.get(key="one")))

    showing = {path.split("/")[1] for path in paths(theirs) if told(client.get(path))}

    plans = [
        path
        for path in paths(theirs)
        if path.startswith("/register/") and ("/plan/" in path or "/undo/" in path)
    ]
    assert len(plans) == 7
    assert [path for path in plans if client.get(path).status_code not in (200, 405)] == []
    areas = {"sources", "room", "facts", "findings", "pairings", "register", "exchange", "briefs", "needs"}
    assert showing >= {"", *areas}


def paths(theirs: dict[str, Any]) -> Iterator[str]:
    """The addresses, filled with what is theirs."""
    for area, pattern in addresses():
        names = dict(
            theirs, **{name: theirs[k] for k in theirs for a, _, name in [k.partition(" ")] if a == area}
        )
        if area == "pairings":
            names["key"] = "mixed" if "collections" in pattern else "one"
        if "/plan/" in pattern:
            names |= {"key": theirs["plan"], "number": theirs["version"]}
        if pattern.startswith("/register/-/undo/"):
            names["number"] = theirs["undone"]
        yield re.sub(r"<(\w+)>", lambda m, names=names: str(names[m[1]]), pattern)  # type: ignore[misc]


def told(answer: Any) -> list[str]:
    """The words of theirs that an answer holds; a fault of ours is none."""
    assert answer.status_code < 500
    body = b"".join(answer) if answer.streaming else answer.content
    text = body.decode("utf-8", "replace")
    return [word for word in OURS_ALONE if word in text]
