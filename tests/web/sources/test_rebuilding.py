"""Facts follow sources: told as older, rebuilt apart by who may, with its state shown."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shanhai.ledger.actions.filing import file_source
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.models import Fact, Pairing, Role, Source
from shanhai.ledger.queries.freshness import behind
from shanhai.web import rebuilding

from .conftest import BRIEF, clerk

Enter = Callable[..., Client]
OLDER = "事实与问题比最新的来源旧"
BUTTON = '<button class="primary">重建事实与问题</button>'


def late() -> set[str]:
    return {one.pairing.key if one.pairing else "-" for one in behind(clerk)}


def test_what_changed_is_behind_and_nothing_else(
    received: dict[str, Source], pairings: dict[str, Pairing]
) -> None:
    assert late() == {"qing", "luo"}

    rebuild(pairings["qing"], actor=clerk)
    rebuild(pairings["luo"], actor=clerk)
    assert late() == set()

    file_source(received["news"], None, actor=clerk)
    assert late() == {"luo", "-"}


def test_only_who_may_has_the_button(received: dict[str, Source], signed_in: Enter) -> None:
    for role, may in ((Role.READER, False), (Role.REVIEWER, False), (Role.OFFICE, True)):
        page = signed_in(role).get("/sources/freshness").content.decode()
        assert OLDER in page
        assert (BUTTON in page) is may


@pytest.mark.parametrize("role", [Role.READER, Role.REPORTER, Role.REVIEWER, None])
def test_nobody_else_rebuilds(received: dict[str, Source], signed_in: Enter, role: Role | None) -> None:
    assert signed_in(role).post("/sources/rebuild").status_code == 403
    assert signed_in(Role.OFFICE).get("/sources/rebuild").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_the_button_rebuilds_apart(
    received: dict[str, Source],
    pairings: dict[str, Pairing],
    signed_in: Enter,
    rebuilt_apart: Callable[[], None],
) -> None:
    client = signed_in(Role.OFFICE, pairings["qing"])

    begun = client.post("/sources/rebuild", {"next": "https://example.org/"})
    rebuilt_apart()

    assert begun["Location"] == "/sources/"
    assert rebuilding.state() is None
    assert Fact.objects.filter(pairing=pairings["qing"]).exists()
    assert not Fact.objects.filter(pairing=pairings["luo"]).exists()
    assert late() == {"luo"}


@pytest.mark.django_db(transaction=True)
def test_an_offices_upload_ends_in_new_facts_and_a_reporters_does_not(
    pairings: dict[str, Pairing], signed_in: Enter, rebuilt_apart: Callable[[], None]
) -> None:
    def send(role: Role, text: str) -> str:
        sent = SimpleUploadedFile("简报.txt", text.encode())
        told = {"pairing": "qing", "files": [sent]}
        return signed_in(role).post("/sources/upload/", told, follow=True).content.decode()

    reporters = send(Role.REPORTER, BRIEF)
    assert OLDER in reporters
    assert not rebuilding.goes_on()
    assert not Fact.objects.exists()

    send(Role.OFFICE, BRIEF.replace("3200", "3300"))
    rebuilt_apart()
    assert Fact.objects.filter(pairing=pairings["qing"]).exists()
    assert late() == set()


def test_one_at_a_time_and_its_state_shows(
    received: dict[str, Source], signed_in: Enter, rebuilt_apart: Callable[[], None]
) -> None:
    state = rebuilding.State("东川援青山", "Dongchuan", 3, 40)
    with rebuilding._file().open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        rebuilding._write(rebuilding._file(), state)
        office = signed_in(Role.OFFICE)

        page = office.get("/sources/freshness").content.decode()

        assert "3 / 40" in page
        assert "every 2s" in page
        assert BUTTON not in page
        assert rebuilding.start(1) is False

    rebuilding._write(rebuilding._file(), msgspec.structs.replace(state, fault="MemoryError: "))
    failed = office.get("/sources/freshness").content.decode()
    assert "上次重建没有完成" in failed
    assert BUTTON in failed
    assert "every 2s" not in failed


@pytest.mark.django_db(transaction=True)
def test_where_it_cannot_begin_it_says_why(
    received: dict[str, Source], signed_in: Enter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(rebuilding, "_file", lambda: tmp_path / "file" / "x.rebuilding")

    answer = signed_in(Role.OFFICE).post("/sources/rebuild")
    sent = SimpleUploadedFile("又一期.txt", BRIEF.replace("120", "130").encode())
    upload = signed_in(Role.ADMINISTRATOR).post(
        "/sources/upload/", {"pairing": "-", "files": [sent]}, follow=True
    )

    assert answer.status_code == 503
    assert "无法开始重建" in answer.content.decode()
    assert "读出" in upload.content.decode()
