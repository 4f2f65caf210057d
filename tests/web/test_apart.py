"""Files are read apart from the web: what harms its reader is refused with the reason, and the next file goes on."""

import sys

import pytest

from shanhai import find_claims, read
from shanhai.ledger.actions.receive import Arrival
from shanhai.ledger.actions.uploads import Refusal, clean_name
from shanhai.web import apart, parsing
from shanhai.web.apart import Allowed, parse
from web.hostile_files import ends, environment, lzw_bomb, zip_bomb

KINDS = ("html", "text", "markdown", "csv", "docx", "pdf", "xlsx")
TIGHT = Allowed(KINDS, megabytes=4, memory_megabytes=512, seconds=5, processes=1)
REPORT = (
    "海州市援助山南县工作简报\n2023年，海州市投入资金1200万元，实施项目15个，受益群众3000余人。\n".encode()
)


@pytest.fixture(scope="module", autouse=True)
def _processes_end() -> object:
    yield
    apart.stop()


def refused(data: bytes, name: str, limits: Allowed = TIGHT) -> Refusal:
    told = parse(data, name, limits=limits)
    assert isinstance(told, Refusal), told
    assert told.zh.startswith(f"“{told.name}”未能读取：") or not told.name
    after = parse(REPORT, "下一份.txt", limits=limits)
    assert isinstance(after, Arrival)
    assert after.report is not None
    assert len(after.claims) == 3
    return told


def test_what_comes_back_is_what_reading_makes_of_the_file() -> None:
    arrival = parse(REPORT, "简报.txt", origin="https://example.org/1", limits=TIGHT)
    assert isinstance(arrival, Arrival)
    report = read(REPORT, name="简报.txt")
    assert (arrival.data, arrival.name, arrival.origin) == (REPORT, "简报.txt", "https://example.org/1")
    assert arrival.report == report
    assert list(arrival.claims) == list(find_claims(report))


def test_a_zip_bomb_as_docx() -> None:
    bomb = zip_bomb()
    assert len(bomb) < 1_000_000
    told = refused(bomb, "炸弹.docx")
    assert told.code == "size"
    assert "unpacks to more than" in told.en


def test_a_pdf_that_swells_by_lzw() -> None:
    bomb = lzw_bomb(640)
    assert len(bomb) < 4 * 1024 * 1024
    told = refused(bomb, "炸弹.pdf")
    assert told.code == "crash"  # its reader gives up at the limit of memory
    assert "needs more than 512 MB" in told.en


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "font", "svg"])
def test_nesting_without_end(tag: str) -> None:
    page = f"<!doctype html><html><body>{f'<{tag}>' * 150_000}投入资金100万元"
    told = parse(page.encode(), "深.html", limits=TIGHT)
    assert isinstance(told, Arrival)
    assert told.report is None
    assert "nested" in told.fault
    assert isinstance(parse(REPORT, "下一份.txt", limits=TIGHT), Arrival)


@pytest.mark.parametrize(
    "begin",
    [
        "",
        '<?xml version="1.0"?>',
        "\ufeff<!-- 图 -->\n",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">',
    ],
)
@pytest.mark.parametrize("name", ["图.svg", "图.txt", "图.html"])
def test_an_svg_with_a_script_is_no_report(begin: str, name: str) -> None:
    svg = f'{begin}<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("//127.0.0.1:9")</script>9万元</svg>'
    assert refused(svg.encode(), name).code == "kind"


def test_a_script_in_a_page_is_no_text_of_its_report() -> None:
    page = "<html><body><p>投入资金100万元。</p><svg><script>alert('999万元')</script></svg></body></html>"
    arrival = parse(page.encode(), "页.html", limits=TIGHT)
    assert isinstance(arrival, Arrival)
    assert [c.quote for c in arrival.claims] == ["100万元"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "简报.docx"),
        (b"MZ\x90\0" + bytes(64), "简报.pdf"),
        (b"PK\x05\x06" + bytes(18), "简报.zip"),
        (b"\x7fELF\2\1\1" + bytes(64), "简报.txt"),
    ],
)
def test_the_content_and_not_the_name_says_the_kind(data: bytes, name: str) -> None:
    told = refused(data, name)
    assert told.code == "kind"
    assert "不是可读取的文件类型" in told.zh


def test_kinds_that_the_settings_leave_out_are_not_taken() -> None:
    only_text = Allowed(("text",), 4, 512, 5, 1)
    told = refused(b"<!doctype html><html><body><p>1</p></body></html>", "页.html", only_text)
    assert (told.code, told.en) == (
        "kind",
        "页.html could not be read: a file of kind html; give one of text.",
    )


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf"])
def test_empty_files(data: bytes) -> None:
    assert refused(data, "空.txt").code == "empty"


def test_a_file_larger_than_may_be_is_not_read() -> None:
    told = refused(b"1" * (4 * 1024 * 1024 + 1), "大.txt")
    assert told == apart.too_large("大.txt", TIGHT)
    assert "4 MB" in told.zh
    assert "4 MB" in told.en


@pytest.mark.parametrize("name", ["", "\0", "...", "/", "a/", "\u202e\u200b"])
def test_a_name_of_nothing(name: str) -> None:
    assert refused(REPORT, name).code == "name"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/简报.txt", "简报.txt"),
        ("C:\\报送\\简报.txt", "简报.txt"),
        ("简\0报\r\n.txt", "简报.txt"),
        ("\u202etxt.简报", "txt.简报"),
        ("\udcff简报.txt", "简报.txt"),
        ("长" * 400 + ".txt", "长" * 251 + ".txt"),
        ("<img src=x>.txt", "<img src=x>.txt"),
    ],
)
def test_names_keep_what_shows_and_lose_their_folders(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept
    arrival = parse(REPORT, sent, limits=TIGHT)
    assert isinstance(arrival, Arrival)
    assert arrival.name == kept


def test_a_damaged_document_is_kept_with_its_fault() -> None:
    broken = zip_bomb(0)[:-40]
    told = parse(b"%PDF-1.5\n1 0 obj nothing", "坏.pdf", limits=TIGHT)
    assert isinstance(told, Arrival)
    assert told.report is None
    zh, en = told.fault.split("\n")
    assert zh == "“坏.pdf”未能读取：文件已损坏。请重新复制，或用办公软件打开后另存。"
    assert en.startswith("坏.pdf could not be read: ")
    assert isinstance(parse(broken, "坏.docx", limits=TIGHT), Arrival)


needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's")


@needs_limits
def test_a_file_that_needs_more_memory_than_there_is() -> None:
    small = Allowed(KINDS, 64, 200, 20, 1)
    told = refused("投入资金100万元，项目15个。\n".encode() * 100_000, "大.txt", small)
    assert told.code == "memory"
    assert "超过200 MB 内存" in told.zh
    assert "needs more than 200 MB of memory" in told.en


def test_a_file_that_needs_more_time_than_there_is() -> None:
    hurried = Allowed(KINDS, 64, 2048, 1, 1)
    told = refused("2023年，海州市投入资金100万元，实施项目15个。\n".encode() * 100_000, "大.txt", hurried)
    assert told.code == "time"
    assert "超过1秒" in told.zh
    assert "needs more than 1 s" in told.en


def test_a_process_that_is_killed_takes_only_its_file_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "parse", ends)
    told = parse(REPORT, "简报.txt", limits=TIGHT)
    assert isinstance(told, Refusal)
    assert told.code == "crash"
    monkeypatch.undo()
    assert isinstance(parse(REPORT, "简报.txt", limits=TIGHT), Arrival)


def test_the_process_holds_no_secret_of_the_web(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANHAI_SECRET_KEY", "geheim")
    monkeypatch.setenv("DATABASE_URL", "postgres://user:password@localhost/none")
    apart.stop()
    future = apart._pool(TIGHT).schedule(environment)
    assert not {"SHANHAI_SECRET_KEY", "DATABASE_URL"} & set(future.result())


def test_several_files_at_the_same_time() -> None:
    from concurrent.futures import ThreadPoolExecutor

    def one(number: int) -> int:
        arrival = parse(f"投入资金{number}万元。".encode(), f"{number}.txt", limits=TIGHT)
        assert isinstance(arrival, Arrival)
        return int(arrival.claims[0].value or 0)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(one, range(1, 21))) == [n * 10_000 for n in range(1, 21)]
