"""Files made from a register and taken into another: what goes along, what is refused, whom one trusts."""

import base64
import datetime
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from ledger.test_archive import emptied
from shanhai.ledger import archive
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotPossible
from shanhai.ledger.models import Entry, Pairing
from shanhai.ledger.verify import verify
from shanhai.programme.actions.exchange import Trust, export, receive, write_note
from shanhai.programme.actions.records import withdraw
from shanhai.programme.exchange.file import BadFile, read, written
from shanhai.programme.exchange.keys import SigningKey, fingerprint
from shanhai.programme.exchange.lines import Money, Note, Place, Side
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import ExchangeFile, ExchangeKey
from shanhai.programme.queries import exchange as queries

from .registers import KEYS, NOON, data_of, day, money, project, terms

OURS, THEIRS = KEYS[Side.SENDING], KEYS[Side.RECEIVING]
ALOUD = Trust(fingerprint(THEIRS.public))


@pytest.fixture
def exported(register: Pairing, clerk: Actor) -> ExchangeFile:
    return exported_by(register, clerk)


def exported_by(pairing: Pairing, actor: Actor, **other: Any) -> ExchangeFile:
    told: dict[str, Any] = {"starts": day("01-01"), "ends": day("12-31"), "office": "东江市前方指挥部"}
    return export(pairing, Side.SENDING, **told | other, key=OURS, actor=actor, at=NOON)


def take(pairing: Pairing, actor: Actor, data: bytes, trust: Trust = ALOUD) -> ExchangeFile:
    return receive(pairing, data, trust, own=OURS.public, actor=actor, at=NOON)


def their_file(**other: Any) -> bytes:
    clinic = project("X1", "乡镇卫生院改扩建", 1_200_000)
    return data_of(Side.RECEIVING, [clinic, money("F1", "03-01", 600_000)], **other)


def test_a_file_holds_the_period_and_no_members_name(exported: ExchangeFile) -> None:
    data = queries.data_of(exported)
    told = {line.key for line in read(data).lines}
    assert told == {"X1", "X2", "E1", "E2", "E3", "E5", "D1", "B1", "W1"}  # E4 lies months later
    assert "欧阳青山" not in data.decode()
    assert "（队员）急救培训" in data.decode()


def test_the_sums_of_a_file_are_those_of_the_register(exported: ExchangeFile) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stage, SUM(amount) FROM programme_moneyevent WHERE NOT withdrawn"
            " AND day BETWEEN '2023-01-01' AND '2023-12-31' GROUP BY stage"
        )
        register = {stage: Decimal(fen) / 100 for stage, fen in cursor.fetchall()}
    found: Counter[str] = Counter()
    for line in read(queries.data_of(exported)).lines:
        if isinstance(line, Money) and line.day.year == 2023:
            found[line.stage] += line.amount  # type: ignore[assignment]
    assert dict(found) == register


def test_what_was_withdrawn_does_not_go_along(register: Pairing, clerk: Actor) -> None:
    withdraw(KINDS["money"], register, "E2", actor=clerk, why="重复登记")
    told = {line.key for line in read(queries.data_of(exported_by(register, clerk))).lines}
    assert "E2" not in told


def test_the_same_register_gives_the_same_file(
    exported: ExchangeFile, register: Pairing, clerk: Actor
) -> None:
    assert exported_by(register, clerk) == exported
    assert ExchangeFile.objects.count() == 1


def test_a_file_is_taken_compared_and_sealed(exported: ExchangeFile, register: Pairing, clerk: Actor) -> None:
    theirs = take(register, clerk, their_file())
    found = queries.comparison_of(exported, theirs)
    assert {row.receiving.key for row in found.rows if row.receiving} == {"X1", "F1"}
    assert ExchangeKey.objects.get().public == THEIRS.public
    assert list(verify()) == []


def test_a_key_is_accepted_once(exported: ExchangeFile, register: Pairing, clerk: Actor) -> None:
    take(register, clerk, their_file())
    take(register, clerk, their_file(office="县支援办"), Trust())
    assert ExchangeFile.objects.filter(own=False).count() == 2


OTHER_KEY = SigningKey(bytes(32))
FOREIGN = written(terms(Side.RECEIVING), [], OTHER_KEY)


@pytest.mark.parametrize(
    ("data", "trust", "says"),
    [
        (their_file(), Trust(), "还不认识签名的密钥"),
        (their_file(), Trust(fingerprint(OTHER_KEY.public)), "指纹与文件的签名密钥不符"),
        (their_file(sending=Place("南江市", "440200")), ALOUD, "不是东江市—雪山县的"),
        (their_file(starts="2021-01-01", ends="2021-12-31"), ALOUD, "没有重叠"),
        (data_of(Side.SENDING, []), ALOUD, "本账本自己导出"),
        (written(terms(Side.SENDING), [], THEIRS), ALOUD, "本账本也是支援方"),
        (their_file()[:-30], ALOUD, "不完整"),
        (their_file().replace(b"600000", b"700000"), ALOUD, "与签名不符"),
        (written(terms(Side.RECEIVING, about="e" * 64), [Note("a", "好")], THEIRS), ALOUD, "这里还没有"),
        (data_of(Side.RECEIVING, [money("F1", "03-01", 1), money("F1", "03-02", 2)]), ALOUD, "出现两次"),
    ],
    ids=["unknown", "other digits", "pairing", "period", "own", "side", "cut", "changed", "notes", "twice"],
)
def test_of_a_bad_file_nothing_is_kept(
    exported: ExchangeFile, register: Pairing, clerk: Actor, data: bytes, trust: Trust, says: str
) -> None:
    entries = Entry.objects.count()
    with pytest.raises(BadFile) as refused:
        take(register, clerk, data, trust)
    assert says in refused.value.zh
    assert refused.value.en
    assert ExchangeFile.objects.count() == 1
    assert not ExchangeKey.objects.exists()
    assert Entry.objects.count() == entries


def test_the_same_file_twice_is_told(exported: ExchangeFile, register: Pairing, clerk: Actor) -> None:
    take(register, clerk, their_file())
    with pytest.raises(BadFile, match="taken before"):
        take(register, clerk, their_file())


def test_a_changed_key_is_told_loudly_and_replaced_on_purpose_only(
    exported: ExchangeFile, register: Pairing, clerk: Actor
) -> None:
    take(register, clerk, their_file())
    aloud = fingerprint(OTHER_KEY.public)
    for trust in (Trust(), Trust(aloud)):
        with pytest.raises(BadFile) as refused:
            take(register, clerk, FOREIGN, trust)
        assert refused.value.zh.startswith("警告：签名密钥变了")
        assert fingerprint(THEIRS.public) in refused.value.zh
    with pytest.raises(BadFile, match="fingerprint"):
        take(register, clerk, FOREIGN, Trust(fingerprint(THEIRS.public), replace=True))
    take(register, clerk, FOREIGN, Trust(aloud, replace=True))
    assert [(k.public, k.replaced) for k in ExchangeKey.objects.order_by("pk")] == [
        (THEIRS.public, True),
        (OTHER_KEY.public, False),
    ]


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"office": " "}, "导出单位"),
        ({"ends": day("2022-01-01")}, "早于开始"),
    ],
)
def test_what_cannot_be_exported(register: Pairing, clerk: Actor, other: dict[str, Any], says: str) -> None:
    with pytest.raises(NotPossible) as refused:
        exported_by(register, clerk, **other)
    assert says in refused.value.zh


def test_a_ledger_is_one_side(exported: ExchangeFile, register: Pairing, clerk: Actor) -> None:
    with pytest.raises(NotPossible, match="cannot be the other side"):
        export(register, Side.RECEIVING, day("01-01"), day("12-31"), "某处", key=OURS, actor=clerk, at=NOON)


def test_only_who_keeps_the_register_may(register: Pairing) -> None:
    nobody = Actor("reader")
    with pytest.raises(NotAllowed):
        exported_by(register, nobody)
    with pytest.raises(NotAllowed):
        take(register, nobody, their_file())


def test_notes_are_signed_and_the_last_of_a_side_counts(
    exported: ExchangeFile, register: Pairing, clerk: Actor
) -> None:
    theirs = take(register, clerk, their_file())
    found = queries.comparison_of(exported, theirs)
    rows = [row.key for row in found.rows]
    for row, text in ((rows[0], "已核"), (rows[1], "补记"), (rows[0], "")):
        write_note(register, found, row, text, key=OURS, actor=clerk, at=NOON)
    last = queries.own_notes(register, found)
    assert last is not None
    assert [(n.row, n.text) for n in queries.opened(last).notes] == [(rows[1], "补记")]
    answer = terms(Side.RECEIVING, about=found.key, at=NOON + datetime.timedelta(days=1))
    take(register, clerk, written(answer, [Note(rows[1], "同意")], THEIRS))
    said = queries.said(register, found)
    assert {side: dict(s.notes) for side, s in said.items()} == {
        Side.SENDING: {rows[1]: "补记"},
        Side.RECEIVING: {rows[1]: "同意"},
    }
    with pytest.raises(BadFile, match="belong to no row"):
        take(register, clerk, written(answer, [Note("nowhere", "?")], THEIRS))
    with pytest.raises(NotPossible, match="no such row"):
        write_note(register, found, "nowhere", "?", key=OURS, actor=clerk, at=NOON)


def test_an_archive_holds_the_files_and_accepted_keys_and_never_the_private_key(
    exported: ExchangeFile, register: Pairing, clerk: Actor, tmp_path: Path
) -> None:
    take(register, clerk, their_file())
    held = {f.sha256: queries.data_of(f) for f in ExchangeFile.objects.all()}
    archive.write(tmp_path / "ledger.zip", actor=clerk)
    emptied()
    assert not ExchangeFile.objects.exists()
    archive.load(tmp_path / "ledger.zip", actor=clerk)
    assert {f.sha256: queries.data_of(f) for f in ExchangeFile.objects.all()} == held
    assert ExchangeKey.objects.get().public == THEIRS.public
    with zipfile.ZipFile(tmp_path / "ledger.zip") as file:
        whole = b"".join(file.read(name) for name in file.namelist())
    assert THEIRS.public.encode() in whole
    private = bytes(range(32))
    for told in (private.hex().encode(), base64.b64encode(private)):
        assert told not in whole
        assert not any(told in data or private in data for data in held.values())
