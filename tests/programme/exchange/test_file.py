"""Exchange files: the same lines give the same bytes, and no byte can be changed."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.programme.exchange import file
from shanhai.programme.exchange.file import BadFile, read, written
from shanhai.programme.exchange.keys import SigningKey, fingerprint, is_fingerprint_of
from shanhai.programme.exchange.lines import Note, Side

from .registers import KEYS, data_of, figure, money, project, terms, work

LINES = [
    project("X1", "乡镇卫生院改扩建", 1_200_000),
    money("E1", "05-10", 600),
    work("D1", "08-14", "急救培训", counts={"trained": 42, "days": 3}),
    figure("W1", 310),
]
DATA = data_of(Side.SENDING, list(LINES))


def test_a_file_is_read_as_it_was_written() -> None:
    found = read(DATA)
    assert sorted(found.lines, key=str) == sorted(LINES, key=str)
    assert found.sha256 == hashlib.sha256(DATA).hexdigest()
    assert (found.header.side, found.header.office, found.header.lines) == (Side.SENDING, "sending办公室", 4)


def test_the_same_lines_in_any_order_give_the_same_bytes() -> None:
    assert data_of(Side.SENDING, LINES[::-1]) == DATA


def test_notes_travel_in_the_same_format() -> None:
    notes = [Note("a1", "已补记"), Note("b2", "双方认可按到位计")]
    found = read(written(terms(Side.SENDING, about="f" * 64), notes, KEYS[Side.SENDING]))
    assert found.notes == tuple(notes)
    assert found.lines == ()


@settings(max_examples=400)
@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed(at: int, by: int) -> None:
    changed = bytearray(DATA)
    changed[at] ^= by
    with pytest.raises(BadFile):
        read(bytes(changed))


@settings(max_examples=200)
@given(st.integers(0, len(DATA) - 1))
def test_a_file_that_was_cut_off_is_refused_at_any_length(length: int) -> None:
    with pytest.raises(BadFile) as refused:
        read(DATA[:length])
    if length:
        assert "不完整" in refused.value.zh


def _without_a_line() -> bytes:
    lines = DATA.split(b"\n")
    return b"\n".join(lines[:2] + lines[3:])


def _signed_by_another() -> bytes:
    head, *rest = DATA.split(b"\n")
    other = SigningKey(bytes(32))
    return b"\n".join(
        [head, *rest[:-2], b'{"line":"signature","signature":"%s"}' % other.sign(head).encode(), b""]
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "不是山海的对账文件"),
        (b"PK\x03\x04 a sheet", "不是山海的对账文件"),
        (DATA.replace(b'"version":1', b'"version":7', 1), "第7版"),
        (DATA.replace(b"600.00", b"900.00", 1), "与签名不符"),
        (DATA.replace(b"\n", b"\r\n"), "不完整"),
        (_without_a_line(), "不完整"),
        (_signed_by_another(), "与签名不符"),
        (DATA + b"\n", "不完整"),
        (b"x" * (100 * 1024 * 1024), "100 MB"),
    ],
    ids=[
        "empty",
        "a sheet",
        "version",
        "an amount",
        "line ends",
        "a line less",
        "signer",
        "a line more",
        "100 MB",
    ],
)
def test_a_bad_file_is_told_what_is_wrong(data: bytes, says: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(data)
    assert says in refused.value.zh
    assert refused.value.en


def test_a_line_that_no_version_has_is_refused_even_where_it_is_signed() -> None:
    body = b'{"line":"member","key":"Y1"}\n'
    found = read(DATA).header
    header = file.encoded(
        type(found)(
            **{f: getattr(found, f) for f in found.__struct_fields__}
            | {"lines": 1, "content": hashlib.sha256(body).hexdigest()}
        )
    )
    signature = KEYS[Side.SENDING].sign(header).encode()
    with pytest.raises(BadFile):
        read(header + b"\n" + body + b'{"line":"signature","signature":"%s"}\n' % signature)


def test_a_fingerprint_is_short_and_its_own(tmp_path) -> None:  # type: ignore[no-untyped-def]
    one, other = (KEYS[side].public for side in Side)
    assert len(fingerprint(one).split(" ")) == 6
    assert is_fingerprint_of(fingerprint(one).replace(" ", "-"), one)
    assert not is_fingerprint_of(fingerprint(other), one)
    assert not is_fingerprint_of("", one)


def test_the_ledgers_key_is_made_once_and_kept_from_others(tmp_path) -> None:  # type: ignore[no-untyped-def]
    ledger = tmp_path / "l.db"
    first, second = SigningKey.beside(ledger), SigningKey.beside(ledger)
    assert first.public == second.public
    assert (tmp_path / "l.db.signing").stat().st_mode & 0o777 == 0o600
