"""A ledger as one archive: written, read back, written again."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection

from ledger.conftest import NOON, arrival
from ledger.filled import fill
from ledger.processes import shanhai
from shanhai.ledger import archive
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.archive import ArchiveRefused
from shanhai.ledger.archive.tables import TABLES, VERSION, row_type, tables_of
from shanhai.ledger.errors import LedgerDamaged, NotAllowed, NotPossible
from shanhai.ledger.models import Entry, Fact, Promise, Report, Source, Statement
from shanhai.ledger.search import found
from shanhai.ledger.verify import verify

pytestmark = pytest.mark.django_db

Members = dict[str, bytes]


@pytest.fixture
def written(tmp_path: Path, clerk: Actor) -> Path:
    fill(clerk)
    path = tmp_path / "ledger.zip"
    archive.write(path, actor=clerk)
    return path


def emptied() -> None:
    """Make the ledger empty, as a new one is."""
    connection.check_constraints()  # PostgreSQL empties no table that has checks pending
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, allow_cascade=True):
            cursor.execute(statement)
        cursor.execute("DELETE FROM ledger_search")


def members(path: Path) -> Members:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


class TestWriting:
    def test_same_ledger_same_bytes(self, written: Path, tmp_path: Path, clerk: Actor) -> None:
        archive.write(tmp_path / "again.zip", actor=clerk)
        assert (tmp_path / "again.zip").read_bytes() == written.read_bytes()

    def test_every_table_holds_something(self, written: Path) -> None:
        held = members(written)
        assert [t for t in tables_of(1) if not held[f"{t}.jsonl"]] == []

    def test_no_password_leaves_the_ledger(self, written: Path) -> None:
        account = json.loads(members(written)["accounts.jsonl"])
        assert account["username"] == "li"
        assert not {"password", "last_login"} & account.keys()
        assert User.objects.get().password.encode() not in written.read_bytes()

    def test_names_are_sorted_and_the_manifest_comes_last(self, written: Path) -> None:
        *names, last = members(written)
        assert names == sorted(names)
        assert last == "manifest.json"

    def test_needs_the_right_over_the_whole(self, tmp_path: Path) -> None:
        with pytest.raises(NotAllowed):
            archive.write(tmp_path / "x.zip", actor=Actor("reader"))
        assert list(tmp_path.iterdir()) == []

    def test_damaged_bytes_stop_it_and_leave_no_file(self, tmp_path: Path, clerk: Actor) -> None:
        receive(arrival("投入资金5万元。"), actor=clerk, at=NOON)
        Report.objects.update(content=b"no zlib")
        with pytest.raises(LedgerDamaged, match="reports"):
            archive.write(tmp_path / "x.zip", actor=clerk)
        assert list(tmp_path.iterdir()) == []

    def test_columns_of_this_version(self) -> None:
        """A change here is a new version of the format (``tables.VERSION``)."""
        assert VERSION == 2
        held = {table: ",".join(row_type(table).__struct_fields__) for table in TABLES}
        assert (
            held["accounts"]
            == "id,username,first_name,last_name,email,is_active,is_staff,is_superuser,date_joined"
        )
        assert held["reports"] == (
            "id,source_id,doc,title,publisher,publisher_kind,author,date,reader,read_at,content,statements,waiting"
        )
        assert held["statements"] == (
            "id,key,report_id,origin,content,start,end,quote,area,indicator,kind,status,unit,value,low,high,measure,"
            "place,place_code,party,period,year,minor,pairing_id,state,review_id,superseded_by_id,reopened,first_seen,last_seen"
        )
        assert held["audit"] == "number,at,by,action,subject,old,new,why,seals,previous,hash"


class TestRoundTrip:
    def test_back_byte_for_byte(self, written: Path, tmp_path: Path, clerk: Actor) -> None:
        counts = {table: model._default_manager.count() for table, model in TABLES.items()}
        facts = sorted(Fact.objects.values_list("key", "low", "high", "grade"))
        promises = Promise.objects.count()
        emptied()
        assert Source.objects.count() == 0

        loaded = archive.load(written, actor=clerk)

        assert loaded.rows == counts
        assert sorted(Fact.objects.values_list("key", "low", "high", "grade")) == facts
        assert Promise.objects.count() == promises
        assert list(verify(rebuild=True)) == []
        archive.write(tmp_path / "again.zip", actor=clerk)
        assert (tmp_path / "again.zip").read_bytes() == written.read_bytes()

    def test_through_a_file_of_sqlite(self, written: Path, tmp_path: Path) -> None:
        """From whatever database this runs on into SQLite and out again: the same bytes."""
        for command, file in (("import", written), ("export", tmp_path / "again.zip")):
            done = shanhai("ledger", command, file, "--ledger", tmp_path / "l.ledger")
            assert done.returncode == 0, done.stderr
        assert (tmp_path / "again.zip").read_bytes() == written.read_bytes()

    def test_search_finds_again(self, written: Path, clerk: Actor) -> None:
        emptied()
        assert found("教师") == []
        archive.load(written, actor=clerk)
        assert [Report.objects.get(pk=n).doc for n in found("教师") or ()] == ["乙"]

    def test_work_goes_on_after_it(self, written: Path, clerk: Actor) -> None:
        emptied()
        archive.load(written, actor=clerk)
        last = Entry.objects.count()
        receive(arrival("投入资金7万元。", "新.txt"), actor=clerk, at=NOON)
        assert Entry.objects.count() == last + 1
        assert list(verify()) == []

    def test_nobody_signs_in_with_an_imported_account(self, written: Path, clerk: Actor) -> None:
        emptied()
        archive.load(written, actor=clerk)
        assert not User.objects.get().has_usable_password()

    def test_only_into_an_empty_ledger(self, written: Path, clerk: Actor) -> None:
        with pytest.raises(NotPossible, match="empty"):
            archive.load(written, actor=clerk)

    def test_an_account_alone_makes_it_not_empty(self, written: Path, clerk: Actor) -> None:
        emptied()
        User.objects.create_user("first")
        with pytest.raises(NotPossible, match="empty"):
            archive.load(written, actor=clerk)


def zipped(path: Path, held: Members, *, compressed: bool = False) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as file:
        for name, data in held.items():
            file.writestr(name, data)
    return path


def restated(held: Members) -> Members:
    """The members with a manifest that fits them."""
    manifest = json.loads(held["manifest.json"])
    manifest["members"] = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in held.items()
        if name != "manifest.json"
    }
    return {**held, "manifest.json": json.dumps(manifest).encode()}


def _replaced(name: str, old: bytes, new: bytes) -> Callable[[Members], Members]:
    def change(held: Members) -> Members:
        assert old in held[name]
        return restated({**held, name: held[name].replace(old, new, 1)})

    return change


def _manifest(**given: object) -> Callable[[Members], Members]:
    return lambda held: {
        **held,
        "manifest.json": json.dumps({**json.loads(held["manifest.json"]), **given}).encode(),
    }


HOSTILE: dict[str, tuple[Callable[[Members], Members], str]] = {
    "newer": (_manifest(version=VERSION + 1, more="?"), "newer version"),
    "another format": (_manifest(format="photos"), "no archive of a ledger"),
    "unknown key in the manifest": (_manifest(more=1), "manifest cannot be read"),
    "no manifest": (
        lambda held: {n: d for n, d in held.items() if n != "manifest.json"},
        "manifest.json is missing",
    ),
    "a table missing": (
        lambda held: restated({n: d for n, d in held.items() if n != "audit.jsonl"}),
        "audit.jsonl",
    ),
    "path out of the archive": (lambda held: restated({**held, "../../evil": b"x"}), "another name"),
    "absolute path": (lambda held: restated({**held, "/etc/evil": b"x"}), "another name"),
    "not in the manifest": (lambda held: {**held, f"contents/{'0' * 64}": b"x"}, "differ"),
    "bytes of no source": (lambda held: restated({**held, f"contents/{'0' * 64}": b"x"}), "no source"),
    "bytes missing": (
        lambda held: restated({n: d for n, d in held.items() if n != min(n for n in held if "/" in n)}),
        "missing",
    ),
    "another size": (lambda held: {**held, "receipts.jsonl": held["receipts.jsonl"] + b"\n"}, "size"),
    "other bytes": (
        lambda held: {**held, "receipts.jsonl": held["receipts.jsonl"].replace(b"/in/", b"/on/")},
        "sha256",
    ),
    "no JSON": (_replaced("sources.jsonl", b'{"id"', b'["id"'), "line 1 of sources"),
    "no UTF-8": (_replaced("receipts.jsonl", "甲".encode(), b"\xff\xff\xff"), "line 1 of receipts"),
    "column missing": (_replaced("receipts.jsonl", b'"origin"', b'"oxigin"'), "line 1 of receipts"),
    "a password put in": (_replaced("accounts.jsonl", b"{", b'{"password":"x",'), "line 1 of accounts"),
    "role that is none": (
        _replaced("memberships.jsonl", b'"reviewer"', b'"emperor"'),
        "line 1 of memberships",
    ),
    "deep JSON": (
        _replaced("audit.jsonl", b'"old":null', b'"old":' + b"[" * 100_000 + b"]" * 100_000),
        "line 1 of audit",
    ),
    "same row twice": (
        lambda held: restated({**held, "receipts.jsonl": held["receipts.jsonl"].split(b"\n")[0] * 2 + b"\n"}),
        "line 1 of receipts",
    ),
    "rows out of order": (
        lambda held: restated(
            {
                **held,
                "receipts.jsonl": b"".join(sorted(held["receipts.jsonl"].splitlines(True), reverse=True)),
            }
        ),
        "out of order",
    ),
    "row of nothing": (_replaced("receipts.jsonl", b'"source_id":1', b'"source_id":999'), "contradict"),
    "line cut off": (lambda held: restated({**held, "audit.jsonl": held["audit.jsonl"][:-1]}), "cut off"),
    "audit shortened": (
        lambda held: restated({**held, "audit.jsonl": held["audit.jsonl"].rsplit(b"\n", 2)[0] + b"\n"}),
        "does not end",
    ),
    "report that is none": (_replaced("reports.jsonl", b'"content":"{', b'"content":"['), "cannot be read"),
}


class TestHostile:
    @pytest.mark.parametrize("case", HOSTILE)
    def test_refused_and_nothing_kept(self, case: str, written: Path, tmp_path: Path, clerk: Actor) -> None:
        change, told = HOSTILE[case]
        source = str(Source.objects.order_by("pk").values_list("pk", flat=True)[0]).encode()
        held = members(written)
        if case == "row of nothing":
            change = _replaced("receipts.jsonl", b'"source_id":' + source, b'"source_id":999999')
        path = zipped(tmp_path / "hostile.zip", change(held))
        emptied()
        with pytest.raises(ArchiveRefused, match=told):
            archive.load(path, actor=clerk)
        assert not any(model._default_manager.exists() for model in TABLES.values())

    def test_bomb(self, written: Path, tmp_path: Path, clerk: Actor) -> None:
        held = members(written)
        held[f"contents/{'a' * 64}"] = bytes(50_000_000)
        path = zipped(tmp_path / "bomb.zip", restated(held), compressed=True)
        assert path.stat().st_size < 1_000_000
        with pytest.raises(ArchiveRefused, match="compressed"):
            archive.load(path, actor=clerk)

    def test_overlapping_members(self, written: Path, tmp_path: Path, clerk: Actor) -> None:
        """Many names for the same stored bytes, which a reader would read over and over."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for name, data in members(written).items():
                file.writestr(name, data)
            large = f"contents/{'a' * 64}"
            file.writestr(large, bytes(5_000_000))
            info = file.getinfo(large)
            for letter in "bcdef":
                twin = zipfile.ZipInfo(f"contents/{letter * 64}")
                for part in ("file_size", "compress_size", "CRC", "header_offset"):
                    setattr(twin, part, getattr(info, part))
                file.filelist.append(twin)
                file.NameToInfo[twin.filename] = twin
        path = tmp_path / "overlap.zip"
        path.write_bytes(buffer.getvalue())
        with pytest.raises(ArchiveRefused, match="overlap"):
            archive.load(path, actor=clerk)

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_one_name_twice(self, written: Path, tmp_path: Path, clerk: Actor) -> None:
        path = zipped(tmp_path / "twice.zip", members(written))
        with zipfile.ZipFile(path, "a") as file:
            file.writestr("audit.jsonl", b"")
        with pytest.raises(ArchiveRefused, match="twice"):
            archive.load(path, actor=clerk)

    @pytest.mark.parametrize("data", [b"", b"no zip at all", b"PK\x03\x04" + bytes(100)])
    def test_no_zip(self, data: bytes, tmp_path: Path, clerk: Actor) -> None:
        (tmp_path / "x.zip").write_bytes(data)
        with pytest.raises(ArchiveRefused, match="no zip file"):
            archive.load(tmp_path / "x.zip", actor=clerk)

    def test_cut_off_anywhere(self, written: Path, tmp_path: Path, clerk: Actor) -> None:
        data = written.read_bytes()
        emptied()
        for share in (0.1, 0.5, 0.9, 0.999):
            (tmp_path / "cut.zip").write_bytes(data[: int(len(data) * share)])
            with pytest.raises(ArchiveRefused):
                archive.load(tmp_path / "cut.zip", actor=clerk)

    def test_forged_with_a_fitting_manifest(self, written: Path, tmp_path: Path, clerk: Actor) -> None:
        held = _replaced("receipts.jsonl", b"/in/", b"/on/")(members(written))
        path = zipped(tmp_path / "forged.zip", held)
        emptied()
        with pytest.raises(LedgerDamaged, match="receipt"):
            archive.load(path, actor=clerk)
        assert Statement.objects.count() == 0
        archive.load(path, actor=clerk, damaged=True)
        assert {f.column for f in verify()} == {"origin"}
