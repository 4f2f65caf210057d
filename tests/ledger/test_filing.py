"""Pairings and collections; what is filed elsewhere leaves nothing behind for those who may not see it."""

from typing import Any

import pytest

from ledger.conftest import NOON, arrival
from shanhai.ledger import access
from shanhai.ledger.actions.collections import (
    delete_collection,
    make_collection,
    put_into,
    rename_collection,
    take_out,
)
from shanhai.ledger.actions.filing import file_source
from shanhai.ledger.actions.pairings import PairingDetails, change_pairing, make_pairing
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotPossible, UnclearPlace
from shanhai.ledger.models import (
    Collection,
    Entry,
    Fact,
    FindingStatement,
    Pairing,
    Promise,
    Report,
    Source,
    Statement,
)
from shanhai.ledger.rights import Right
from shanhai.ledger.verify import verify

pytestmark = pytest.mark.django_db

HERE = PairingDetails("福州市援昌都市", "福州市", "昌都市")
TEXT = (
    "2021年工作情况\n2021年,朝阳区实施项目25个,其中卫生项目15个、教育项目12个。计划2022年底前建成学校2所。\n"
)


def last() -> Entry:
    entry = Entry.objects.last()
    assert entry is not None
    return entry


def scoped(clerk: Actor, *keys: str) -> Actor:
    rights = frozenset({Right.READ, Right.FILE})
    return Actor("office", scoped={Pairing.objects.get(key=k).pk: rights for k in keys})


class TestPairings:
    def test_places_get_their_codes(self, clerk: Actor) -> None:
        pairing = make_pairing("fz-cd", HERE, actor=clerk, at=NOON)
        assert (pairing.sending_code, pairing.receiving_code) == ("350100", "540300")
        assert (last().action, last().subject) == ("make pairing", "pairing:fz-cd")
        assert list(verify()) == []

    def test_an_ambiguous_place_is_refused_with_candidates(self, clerk: Actor) -> None:
        with pytest.raises(UnclearPlace, match="北京市朝阳区（110105）") as told:
            make_pairing("a", PairingDetails("名", "朝阳区", "昌都市"), actor=clerk)
        assert dict(told.value.candidates)["220104"].endswith("朝阳区")
        chosen = PairingDetails("名", "朝阳区", "昌都市", sending_code="110105")
        assert make_pairing("a", chosen, actor=clerk).sending_code == "110105"

    @pytest.mark.parametrize(
        "details",
        [
            PairingDetails("名", "无此地县", "昌都市"),
            PairingDetails("名", "福州市", "昌都市", sending_code="110105"),
            PairingDetails("", "福州市", "昌都市"),
            PairingDetails("名" * 101, "福州市", "昌都市"),
            PairingDetails("名", " ", "昌都市"),
        ],
    )
    def test_refused(self, details: PairingDetails, clerk: Actor) -> None:
        with pytest.raises(NotPossible):
            make_pairing("a", details, actor=clerk)
        assert not Pairing.objects.exists()

    @pytest.mark.parametrize("key", ["", "A", "a b", "-", "a-", "../a", "a" * 65, "taken", "昌都"])
    def test_keys_refused(self, key: str, clerk: Actor) -> None:
        make_pairing("taken", HERE, actor=clerk)
        with pytest.raises(NotPossible):
            make_pairing(key, HERE, actor=clerk)

    def test_a_change_moves_place_codes_and_seals_them(self, clerk: Actor) -> None:
        pairing = make_pairing("a", HERE, actor=clerk)
        source = receive(arrival(TEXT), actor=clerk, pairing=pairing).source
        figures = Statement.objects.filter(report__source=source, place="朝阳区")
        assert {s.place_code for s in figures} == {""}
        changed = PairingDetails("名", "福州市", "北京市")
        change_pairing(pairing, changed, actor=clerk)
        assert {s.place_code for s in figures.all()} == {"110105"}
        assert last().old == {"name_zh": HERE.name_zh, "receiving": "昌都市", "receiving_code": "540300"}
        assert list(verify()) == []
        with pytest.raises(NotPossible, match="Nothing to change"):
            change_pairing(pairing, changed, actor=clerk)

    def test_who_may_not(self, clerk: Actor) -> None:
        pairing = make_pairing("a", HERE, actor=clerk)
        with pytest.raises(NotAllowed):
            make_pairing("b", HERE, actor=scoped(clerk, "a"))
        with pytest.raises(NotAllowed):
            change_pairing(pairing, HERE, actor=Actor("li"))


class TestFiling:
    @pytest.fixture
    def pairings(self, clerk: Actor) -> tuple[Pairing, Pairing]:
        beijing = PairingDetails("福州市援北京市", "福州市", "北京市")
        return make_pairing("a", HERE, actor=clerk), make_pairing("b", beijing, actor=clerk)

    def test_all_goes_with_the_source(self, clerk: Actor, pairings: tuple[Pairing, Pairing]) -> None:
        one, two = pairings
        source = receive(arrival(TEXT), actor=clerk, pairing=one).source
        rebuild(one, actor=clerk, on=NOON.date())
        assert Fact.objects.exists()
        assert Promise.objects.exists()
        file_source(source, two, actor=clerk, at=NOON)
        assert {s.pairing for s in Statement.objects.all()} == {two}
        assert {s.place_code for s in Statement.objects.filter(place="朝阳区")} == {"110105"}
        assert (last().old, last().new) == ({"pairing": "a"}, {"pairing": "b"})
        for table in (Fact, FindingStatement, Promise):
            assert not table.objects.exists()
        mine = scoped(clerk, "a")
        assert not access.reports(mine).exists()
        rebuild(two, actor=clerk, on=NOON.date())
        assert Fact.objects.filter(pairing=two).exists()
        assert list(verify()) == []

    def test_rights_are_needed_at_both_ends(self, clerk: Actor, pairings: tuple[Pairing, Pairing]) -> None:
        one, two = pairings
        source = receive(arrival(TEXT), actor=clerk, pairing=one).source
        for actor, to in (
            (scoped(clerk, "a"), two),
            (scoped(clerk, "b"), two),
            (scoped(clerk, "a", "b"), None),
        ):
            with pytest.raises(NotAllowed):
                file_source(source, to, actor=actor)
        assert Source.objects.get().pairing == one
        file_source(source, two, actor=scoped(clerk, "a", "b"))
        with pytest.raises(NotPossible, match="already"):
            file_source(source, two, actor=clerk)

    def test_a_source_that_could_not_be_read(self, clerk: Actor, pairings: tuple[Pairing, Pairing]) -> None:
        source = receive(Arrival(b"\x00\xff", "坏.bin", fault="不能读"), actor=clerk).source
        assert file_source(source, pairings[0], actor=clerk).pairing == pairings[0]
        assert not Report.objects.exists()


class TestCollections:
    def test_each_action_adds_one_entry(self, clerk: Actor) -> None:
        source = receive(arrival(TEXT), actor=clerk).source
        before = Entry.objects.count()
        collection = make_collection("audit", " 审计 材料", actor=clerk, at=NOON)
        assert put_into(collection, [source], actor=clerk) == 1
        assert put_into(collection, [source], actor=clerk) == 0
        rename_collection(collection, "审计", actor=clerk)
        assert take_out(collection, [source], actor=clerk) == 1
        put_into(collection, [source], actor=clerk)
        delete_collection(collection, actor=clerk, reason="审毕")
        held: dict[str, Any] = {"sources": [source.sha256]}
        assert [(e.action, e.old, e.new, e.why) for e in Entry.objects.all()[before:]] == [
            ("make collection", None, {"name": "审计 材料"}, ""),
            ("put into", None, held, ""),
            ("rename collection", {"name": "审计 材料"}, {"name": "审计"}, ""),
            ("take out", held, None, ""),
            ("put into", None, held, ""),
            ("delete collection", {"name": "审计", **held}, None, "审毕"),
        ]
        assert Source.objects.exists()
        assert not Collection.objects.exists()
        assert list(verify()) == []

    def test_other_peoples_sources_are_refused(self, clerk: Actor) -> None:
        make_pairing("a", HERE, actor=clerk)
        actor = scoped(clerk, "a")
        source = receive(arrival(TEXT), actor=clerk).source
        collection = make_collection("audit", "审计", actor=actor)
        with pytest.raises(NotAllowed):
            put_into(collection, [source], actor=actor)
        put_into(collection, [source], actor=clerk)
        for refused in (
            lambda: rename_collection(collection, "改", actor=actor),
            lambda: take_out(collection, [source], actor=actor),
            lambda: delete_collection(collection, actor=actor),
            lambda: make_collection("mine", "我的", actor=Actor("li")),
        ):
            with pytest.raises(NotAllowed):
                refused()
