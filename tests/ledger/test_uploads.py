"""Uploads: announced, finished one by one, named when they break off, and never there by half."""

import datetime
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from ledger.conftest import NOON, arrival
from shanhai.ledger import access
from shanhai.ledger.actions.receive import Arrival
from shanhai.ledger.actions.uploads import Announced, Refusal, announce, broken_off, discard, finish
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotPossible, NotThere
from shanhai.ledger.models import (
    Entry,
    Membership,
    Pairing,
    Progress,
    Role,
    Source,
    Statement,
)

TEXT = "2023年，海州市投入资金1200万元，实施项目15个。"


def announced(*texts: str) -> list[Announced]:
    return [Announced(f"{n}.txt", len(text.encode())) for n, text in enumerate(texts)]


def actor_with(name: str, role: Role, pairing: Pairing | None = None) -> Actor:
    user = User.objects.create_user(name)
    Membership.objects.create(user=user, role=role, pairing=pairing)
    return Actor.of(user)


@pytest.mark.django_db
def test_files_wait_until_each_is_finished(clerk: Actor) -> None:
    upload = announce(announced(TEXT, TEXT, ""), actor=clerk, at=NOON)
    read, known, empty = upload.files.all()
    assert {f.progress for f in upload.files.all()} == {Progress.WAITING}

    read = finish(read, arrival(TEXT), actor=clerk, at=NOON)
    known = finish(known, arrival(TEXT), actor=clerk, at=NOON)
    empty = finish(
        empty, Refusal("2.txt", "empty", "文件是空的。", "The file is empty."), actor=clerk, at=NOON
    )

    assert (read.progress, known.progress, empty.progress) == ("read", "known", "refused")
    assert read.source == known.source == Source.objects.get()
    assert (empty.source, empty.message) == (None, "文件是空的。\nThe file is empty.")
    assert [r.name for r in Source.objects.get().receipts.all()] == ["0.txt", "1.txt"]
    assert Statement.objects.count() == 2
    told = Entry.objects.values_list("action", "subject")
    assert list(told) == [
        ("announce", f"upload:{upload.pk}"),
        ("read", f"source:{read.source.sha256}"),
        ("upload", f"upload:{upload.pk}"),
        ("receipt", f"source:{read.source.sha256}"),
        ("upload", f"upload:{upload.pk}"),
        ("upload", f"upload:{upload.pk}"),
    ]
    assert Entry.objects.last().why == empty.message  # type: ignore[union-attr]
    assert not broken_off(clerk)


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_kept_and_says_why(clerk: Actor) -> None:
    upload = announce([Announced("坏.pdf", 5)], actor=clerk, at=NOON)
    file = finish(
        upload.files.get(), Arrival(b"%PDF-", "坏.pdf", fault="坏了。\nBroken."), actor=clerk, at=NOON
    )
    assert (file.progress, file.message) == (Progress.REFUSED, "坏了。\nBroken.")
    assert file.source is not None
    assert file.source.fault == "坏了。\nBroken."


@pytest.mark.django_db
def test_a_file_that_did_not_come_whole_still_waits(clerk: Actor) -> None:
    upload = announce([Announced("a.txt", 1_000)], actor=clerk, at=NOON)
    with pytest.raises(NotPossible, match="did not come whole"):
        finish(upload.files.get(), arrival(TEXT), actor=clerk, at=NOON)
    assert [f.name for f in broken_off(clerk)] == ["a.txt"]
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_file_is_finished_once(clerk: Actor) -> None:
    upload = announce(announced(TEXT), actor=clerk, at=NOON)
    finish(upload.files.get(), arrival(TEXT), actor=clerk, at=NOON)
    with pytest.raises(NotPossible, match="has come already"):
        finish(upload.files.get(), arrival(TEXT), actor=clerk, at=NOON)
    with pytest.raises(NotPossible, match="No file"):
        discard(upload, actor=clerk, at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "at least one"),
        ([Announced("", 1)], "File 1 has no name"),
        ([Announced("a.txt", 1), Announced("../\0", 1)], "File 2 has no name"),
        ([Announced("a.txt", -1)], "is no size"),
        ([Announced("a.txt", 1)] * 1_001, "at most 1000 files"),
    ],
)
def test_what_cannot_be_announced(clerk: Actor, files: list[Announced], said: str) -> None:
    with pytest.raises(NotPossible, match=said):
        announce(files, actor=clerk, at=NOON)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_what_broke_off_is_named_and_can_be_discarded(clerk: Actor) -> None:
    early = announce(announced(TEXT, "第二份，投入3万元。"), actor=clerk, at=NOON)
    finish(early.files.all()[0], arrival(TEXT), actor=clerk, at=NOON)
    later = NOON + datetime.timedelta(hours=1)
    announce([Announced("正在传.txt", 9)], actor=clerk, at=later)

    assert [f.name for f in broken_off(clerk, before=later)] == ["1.txt"]
    assert [f.name for f in broken_off(clerk)] == ["1.txt", "正在传.txt"]

    assert discard(early, actor=clerk, at=later) == 1
    assert not broken_off(clerk, before=later)
    assert [f.progress for f in early.files.all()] == [Progress.READ]
    entry = Entry.objects.last()
    assert entry is not None
    assert (entry.action, entry.old) == ("discard", [["1.txt", len("第二份，投入3万元。".encode())]])


@pytest.mark.django_db
def test_a_file_that_was_discarded_does_not_come_back(clerk: Actor) -> None:
    upload = announce(announced(TEXT), actor=clerk, at=NOON)
    file = upload.files.get()
    discard(upload, actor=clerk, at=NOON)
    with pytest.raises(NotPossible, match="taken off the list"):
        finish(file, arrival(TEXT), actor=clerk, at=NOON)


@pytest.mark.django_db
def test_rights(clerk: Actor) -> None:
    here = Pairing.objects.create(key="here", name_zh="甲乙", sending="甲", receiving="乙")
    there = Pairing.objects.create(key="there", name_zh="丙丁", sending="丙", receiving="丁")
    reader = actor_with("reader", Role.READER)
    reporter = actor_with("reporter", Role.REPORTER, here)
    colleague = actor_with("colleague", Role.REPORTER, here)
    office = actor_with("office", Role.OFFICE, here)
    stranger = actor_with("stranger", Role.OFFICE, there)

    for actor, pairing in ((reader, None), (reader, here), (reporter, there), (reporter, None)):
        with pytest.raises(NotAllowed):
            announce(announced(TEXT), actor=actor, pairing=pairing, at=NOON)
    upload = announce(announced(TEXT), actor=reporter, pairing=here, at=NOON)

    assert [f.upload for f in broken_off(reporter)] == [upload]
    assert [f.upload for f in broken_off(office)] == [upload]
    for other in (reader, colleague, stranger):
        assert not broken_off(other)
        with pytest.raises(NotThere):
            access.access_upload(other, upload.pk)
    for other in (reader, stranger):
        with pytest.raises(NotAllowed):
            finish(upload.files.get(), arrival(TEXT), actor=other, at=NOON)
        with pytest.raises(NotAllowed):
            discard(upload, actor=other, at=NOON)
    file = finish(upload.files.get(), arrival(TEXT), actor=reporter, at=NOON)
    assert file.source is not None
    assert file.source.pairing == here


CHILD = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db import transaction
from shanhai import find_claims, read
from shanhai.ledger.actions.receive import Arrival
from shanhai.ledger.actions.uploads import Announced, announce, finish
from shanhai.ledger.actors import Actor

def say(word):
    print(word, flush=True)

def arrival(n):
    data = ("2023年，海州市投入资金%d万元，实施项目15个。\\n" % n * 200).encode()
    report = read(data, name=f"{n}.txt")
    return Arrival(data, f"{n}.txt", "", report, find_claims(report))

call_command("migrate", verbosity=0)
actor = Actor.command_line("clerk")
arrivals = [arrival(n) for n in range(1, 41)]
upload = announce([Announced(a.name, len(a.data)) for a in arrivals], actor=actor)
within = int(sys.argv[1])
for number, (file, one) in enumerate(zip(upload.files.all(), arrivals), 1):
    if number != within:
        finish(file, one, actor=actor)
        say(number)
        continue
    with transaction.atomic():
        finish(file, one, actor=actor)
        say("all is written, nothing is committed")
        sys.stdin.read()
"""
LOOK = """
import django
django.setup()
from shanhai.ledger.actions.uploads import broken_off
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Content, Entry, Report, Source, Statement, UploadedFile
files = UploadedFile.objects.filter(progress="read").select_related("source__report")
print([f.name for f in files])
print([f.name for f in broken_off(Actor.command_line("clerk"))])
print([Source.objects.count(), Content.objects.count(), Report.objects.count(), Entry.objects.filter(action="read").count()])
print([f.source.name == f.name and f.source.report.statements for f in files])
print([Statement.objects.filter(report=f.source.report).count() for f in files])
from django.db import connection
with connection.cursor() as c:
    c.execute("PRAGMA integrity_check"); print(c.fetchall())
"""


def environment(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return {
        **kept,
        "SHANHAI_LEDGER": str(folder / "l.db"),
        "DJANGO_SETTINGS_MODULE": "shanhai.web.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }


def look(folder: Path) -> list[object]:
    done = subprocess.run(
        [sys.executable, "-c", LOOK], env=environment(folder), capture_output=True, text=True, check=True
    )
    return [eval(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("within", [0, 3])
def test_killed_in_the_middle_of_an_upload(tmp_path: Path, within: int) -> None:
    """Once between the beats, wherever that is; once with everything of a file written and nothing committed."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(within)],
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    said = [child.stdout.readline().strip() for _ in range(within or 5)]
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    assert said[-1] == ("all is written, nothing is committed" if within else "5")

    there, waiting, counts, statements, rows, sound = look(tmp_path)

    assert isinstance(there, list)
    finished = len(there)
    assert finished == 2 if within else 5 <= finished < 40
    assert there == [f"{n}.txt" for n in range(1, finished + 1)]
    assert waiting == [f"{n}.txt" for n in range(finished + 1, 41)]
    assert counts == [finished] * 4
    assert statements == rows == [400] * finished
    assert sound == [("ok",)]
