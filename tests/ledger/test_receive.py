"""What comes is stored once; a newer reading keeps what was decided and reopens only what changed."""

import msgspec
import pytest
from django.db import models

from ledger.conftest import NOON, arrival
from ledger.standing import TEXT, by_quote, first_reading, next_reading, other, seen, states, told
from shanhai.ledger.actions.receive import Arrival, receive, unknown
from shanhai.ledger.actions.review import decide, undo
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotPossible
from shanhai.ledger.models import (
    Content,
    Decision,
    Entry,
    Progress,
    Receipt,
    Report,
    Source,
    State,
    Statement,
)
from shanhai.ledger.packing import unpacked
from shanhai.ledger.verify import verify

pytestmark = pytest.mark.django_db


def rows() -> dict[str, list[object]]:
    tables: tuple[type[models.Model], ...] = (Source, Content, Receipt, Report, Statement, Entry)
    return {t.__name__: list(t._default_manager.order_by("pk").values_list()) for t in tables}


class TestTwice:
    def test_the_same_source_twice_changes_nothing(self, clerk: Actor) -> None:
        first_reading(clerk)
        before = rows()
        again = receive(arrival(TEXT), actor=clerk)
        assert (again.progress, again.statements, again.new) == (Progress.KNOWN, 3, 0)
        assert rows() == before

    def test_another_name_is_another_receipt(self, clerk: Actor) -> None:
        first_reading(clerk)
        receive(arrival(TEXT, "副本.txt", "/in/副本.txt"), actor=clerk, at=NOON)
        assert list(Receipt.objects.values_list("name", "origin")) == [
            ("简报.txt", ""),
            ("副本.txt", "/in/副本.txt"),
        ]
        assert Source.objects.count() == Report.objects.count() == 1
        last = Entry.objects.last()
        assert last is not None
        assert (last.action, last.new) == ("receipt", {"name": "副本.txt", "origin": "/in/副本.txt"})

    def test_bytes_are_kept_as_they_came(self, clerk: Actor) -> None:
        report = first_reading(clerk)
        assert unpacked(report.source.content.compressed) == TEXT.encode()
        assert not unknown(TEXT.encode())
        assert unknown(b"another")

    def test_two_sources_of_one_name_have_two_names(self, clerk: Actor) -> None:
        first, second = first_reading(clerk), first_reading(clerk, "2022年实施项目7个。\n")
        assert first.doc != second.doc
        assert second.doc.startswith(first.doc)


class TestFaults:
    def test_what_cannot_be_read_is_kept_with_the_reason(self, clerk: Actor) -> None:
        got = receive(Arrival(b"\x00\xff", "坏.bin", fault="无法识别"), actor=clerk)
        assert (got.progress, got.source.fault) == (Progress.REFUSED, "无法识别")
        assert unpacked(Content.objects.get().compressed) == b"\x00\xff"
        assert not Report.objects.exists()

    def test_it_is_read_when_it_can_be(self, clerk: Actor) -> None:
        receive(Arrival(TEXT.encode(), "简报.txt", fault="超时"), actor=clerk)
        assert unknown(TEXT.encode())
        got = receive(arrival(TEXT), actor=clerk)
        assert (got.progress, got.statements) == (Progress.READ, 3)
        assert Source.objects.get().fault == ""

    def test_a_file_changed_while_it_was_read_is_refused(self, clerk: Actor) -> None:
        changed = msgspec.structs.replace(arrival(TEXT), data=b"changed")
        with pytest.raises(NotPossible, match="changed while it was read"):
            receive(changed, actor=clerk)
        assert not Source.objects.exists()

    def test_who_may_not_send_stores_nothing(self) -> None:
        with pytest.raises(NotAllowed, match="send sources"):
            receive(arrival(TEXT), actor=Actor("nobody"))
        assert not Source.objects.exists()

    @pytest.mark.parametrize("name", ["坏\x00名.txt", "C:\\文件\\坏名.txt", "../../坏名.txt", "坏\n名.txt"])
    def test_hostile_names_become_plain_ones(self, name: str, clerk: Actor) -> None:
        got = receive(arrival(TEXT, name, "/in/\x00"), actor=clerk)
        assert got.source.name == "坏名.txt"

    def test_a_text_with_control_characters_is_stored(self, clerk: Actor) -> None:
        text = "2021年\x00工作情况\n2021年实施项目12个,\x00培训医生8\x006名。\n"
        report = first_reading(clerk, text)
        assert unpacked(report.source.content.compressed) == text.encode()
        assert "\x00" not in report.title


class TestReadAgain:
    def test_nothing_changed_keeps_all_decisions(self, clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        report = first_reading(clerk)
        projects, doctors = by_quote(report, "12"), by_quote(report, "86")
        decide(report, Decision.ACCEPT, seen(projects), actor=clerk)
        decide(report, Decision.REJECT, seen(doctors), actor=clerk, reason="看错")
        got = next_reading(clerk, "2", told(), monkeypatch)
        assert (got.progress, got.new, got.gone, got.reopened) == (Progress.READ, 0, 0, 0)
        assert states(report) == {"12个": ["accepted"], "86名": ["rejected"], "24名": ["open"]}
        assert list(verify()) == []

    @pytest.mark.parametrize(
        ("decision", "reopened"), [(Decision.ACCEPT, True), (Decision.REJECT, True), (None, False)]
    )
    def test_only_what_changed_is_reopened(
        self, decision: Decision | None, reopened: bool, clerk: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = first_reading(clerk)
        projects, doctors = by_quote(report, "12"), by_quote(report, "86")
        decide(report, Decision.ACCEPT, seen(projects), actor=clerk)
        if decision:
            decide(report, decision, seen(doctors), actor=clerk, reason="核对")
        claims = [
            msgspec.structs.replace(c, measure="培训医护人员") if c.quote == "86名" else c for c in told()
        ]
        got = next_reading(clerk, "2", claims, monkeypatch)
        assert (got.new, got.gone, got.reopened) == (1, 1, int(reopened))
        assert states(report) == {"12个": ["accepted"], "86名": ["gone", "open"], "24名": ["open"]}
        now = by_quote(report, "86")
        assert now.reopened is reopened
        doctors.refresh_from_db()
        assert doctors.superseded_by == now
        assert list(verify()) == []

    def test_a_correction_stays_and_is_asked_about_again(
        self, clerk: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = first_reading(clerk)
        doctors = by_quote(report, "86")
        decide(
            report, Decision.CORRECT, seen(doctors), actor=clerk, claims=[other(doctors, "培训")], reason="改"
        )
        claims = [msgspec.structs.replace(c, measure="医护") if c.quote == "86名" else c for c in told()]
        got = next_reading(clerk, "2", claims, monkeypatch)
        assert got.reopened == 1
        version = by_quote(report, "86")
        assert (version.measure, version.state, version.reopened) == ("培训", State.OPEN, True)
        assert states(report)["86名"] == ["gone", "open", "replaced"]
        # and the reading before it comes back: the reviewer's version alone still stands
        next_reading(clerk, "3", told(), monkeypatch)
        assert by_quote(report, "86") == version
        assert list(verify()) == []

    def test_a_correction_that_the_new_reading_tells_too_is_kept(
        self, clerk: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = first_reading(clerk)
        doctors = by_quote(report, "86")
        right = other(doctors, "培训")
        decide(report, Decision.CORRECT, seen(doctors), actor=clerk, claims=[right], reason="改")
        claims = [right if c.quote == "86名" else c for c in told()]
        got = next_reading(clerk, "2", claims, monkeypatch)
        assert (got.new, got.gone, got.reopened) == (0, 1, 0)
        assert states(report)["86名"] == ["gone", "accepted"]
        assert list(verify()) == []

    def test_a_version_that_was_taken_back_waits_when_the_new_reading_tells_it(
        self, clerk: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = first_reading(clerk)
        doctors = by_quote(report, "86")
        right = other(doctors, "培训")
        wrong = decide(report, Decision.CORRECT, seen(doctors), actor=clerk, claims=[right], reason="改")
        undo(wrong, actor=clerk)
        next_reading(clerk, "2", [right if c.quote == "86名" else c for c in told()], monkeypatch)
        assert states(report)["86名"] == ["gone", "open"]
        next_reading(clerk, "3", told(), monkeypatch)
        assert states(report)["86名"] == ["open", "gone"]
        assert list(verify()) == []

    def test_a_decision_lost_on_the_way_is_told_when_the_old_reading_comes_back(
        self, clerk: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = first_reading(clerk)
        doctors = by_quote(report, "86")
        decide(report, Decision.ACCEPT, seen(doctors), actor=clerk)
        next_reading(clerk, "2", [c for c in told() if c.quote != "86名"], monkeypatch)
        assert states(report)["86名"] == ["gone"]
        got = next_reading(clerk, "3", told(), monkeypatch)
        assert got.reopened == 1
        doctors.refresh_from_db()
        assert (doctors.state, doctors.reopened) == (State.OPEN, True)
        assert list(verify()) == []

    def test_an_added_figure_outlives_all_readings_and_stands_alone(
        self, clerk: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = first_reading(clerk)
        teachers = by_quote(report, "24")
        next_reading(clerk, "2", [c for c in told() if c.quote != "24名"], monkeypatch)
        added = decide(report, Decision.ADD, {}, actor=clerk, claims=[other(teachers, "教师")])
        next_reading(clerk, "3", told(), monkeypatch)
        version = by_quote(report, "24")
        assert (version.measure, version.reopened) == ("教师", True)
        with pytest.raises(NotPossible, match="already"):
            decide(report, Decision.ADD, {}, actor=clerk, claims=[other(teachers, "教师")])
        assert added.parts.get().statement == version
        assert list(verify()) == []

    def test_what_a_reviewer_wrote_like_an_older_reading_stays(
        self, clerk: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = first_reading(clerk)
        teachers = by_quote(report, "24")
        fewer = [c for c in told() if c.quote != "24名"]
        next_reading(clerk, "2", fewer, monkeypatch)
        decide(report, Decision.ADD, {}, actor=clerk, claims=[other(teachers, teachers.measure)])
        next_reading(clerk, "3", fewer, monkeypatch)
        assert states(report)["24名"] == ["accepted"]
        assert list(verify()) == []

    def test_the_audit_tells_the_reader_before_and_after(
        self, clerk: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = first_reading(clerk)
        before = report.reader
        next_reading(clerk, "2", told()[:2], monkeypatch)
        last = Entry.objects.last()
        assert last is not None
        assert (last.action, last.old) == ("read again", {"reader": before})
        assert isinstance(last.new, dict)
        assert (last.new["reader"], last.new["statements"], last.new["gone"]) == ("2", 2, 1)
