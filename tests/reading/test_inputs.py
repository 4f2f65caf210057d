"""Inputs: what names, folders, globs and standard input lead to, in a fixed order and each once."""

import io
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shanhai.model import EmptyInput, NotAccessible, TooLarge, UnreadableInput
from shanhai.reading.extracted import Limits
from shanhai.reading.inputs import Input, gather

LIMITS = Limits()
NOBODY = 65_534


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with reports in it."""
    for name in (
        "b.txt",
        "a.html",
        "年/二.docx",
        "年/一.PDF",
        "年/月/c.csv",
        "说明.exe",
        ".隐藏.txt",
        "~$二.docx",
        ".git/x.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*patterns: str) -> list[str]:
    found = list(gather(patterns))
    assert all(isinstance(one, Input) for one in found), found
    return [one.name for one in found]


def refusal(pattern: str, limits: Limits = LIMITS) -> UnreadableInput:
    (only,) = gather([pattern], limits)
    assert isinstance(only, UnreadableInput)
    assert only.name == pattern
    assert "\n" not in str(only)
    return only


def test_files_come_in_the_order_in_which_they_are_named(folder: Path) -> None:
    assert names("b.txt", "a.html") == ["b.txt", "a.html"]


def test_a_folder_is_searched_to_its_depths_for_what_can_be_read(folder: Path) -> None:
    assert names(".") == ["./a.html", "./b.txt", "./年/一.PDF", "./年/二.docx", "./年/月/c.csv"]


def test_globs(folder: Path) -> None:
    assert names("*.txt") == ["b.txt"]
    assert names("年/*.[dP]*") == ["年/一.PDF", "年/二.docx"]
    assert names("**/*.csv") == ["年/月/c.csv"]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(folder: Path) -> None:
    for name in ("报告[1].txt", "报告1.txt"):
        (folder / name).write_text(name)
    assert names("报告[1].txt") == ["报告[1].txt"]


def test_what_is_named_twice_comes_once(folder: Path) -> None:
    (folder / "link.txt").symlink_to("b.txt")
    (folder / "年" / "loop").symlink_to(folder)
    assert names("b.txt", "./b.txt", str(folder / "b.txt"), "link.txt", "*.txt", ".", "年")[0] == "b.txt"
    assert len(names("b.txt", ".", "年", "*")) == 6  # the five of the folder, and 说明.exe that * names


def test_a_file_named_outright_is_taken_whatever_its_extension(folder: Path) -> None:
    assert names("说明.exe", ".隐藏.txt") == ["说明.exe", ".隐藏.txt"]


def test_loading_gives_the_bytes(folder: Path) -> None:
    (only,) = gather(["b.txt"])
    assert isinstance(only, Input)
    assert only.load() == b"b.txt"
    assert pickle.loads(pickle.dumps(only)).load() == b"b.txt"


def test_standard_input_is_read_once() -> None:
    found = list(gather(["-", "-"], standard_input=io.BytesIO(b"35")))
    assert [one.name for one in found] == ["-"]
    assert isinstance(found[0], Input)
    assert found[0].load() == b"35"


def test_standard_input_of_the_process() -> None:
    code = "from shanhai.reading.inputs import gather; print(next(iter(gather(['-']))).load())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=b"35",
        capture_output=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout == b"b'35'\n"


def test_what_is_missing_is_told_and_the_others_are_read(folder: Path) -> None:
    found = list(gather(["no.txt", "b.txt", "no/*.txt", "b.txt/x", "dangling"]))
    assert [type(one) for one in found] == [NotAccessible, Input, NotAccessible, NotAccessible, NotAccessible]
    assert "no such file" in str(found[0])
    assert "no file matches" in str(found[2])


@pytest.mark.parametrize("name", ["a\0b", "长" * 5_000])
def test_names_that_no_file_can_have(name: str) -> None:
    assert isinstance(refusal(name), NotAccessible)


def test_a_name_that_is_not_writing_is_told(folder: Path) -> None:
    undecodable = os.fsencode(folder) + b"/\xc4\xea\xb1\xa8.txt"
    try:
        Path(os.fsdecode(undecodable)).write_text("35")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    found = list(gather(["."]))
    told = [one for one in found if isinstance(one, NotAccessible)]
    assert len(told) == 1
    assert "not written in UTF-8" in str(told[0])
    assert r"\udcc4" in str(told[0])
    assert len(found) == 6
    assert isinstance(refusal(os.fsdecode(undecodable)), NotAccessible)


def test_pipes_and_devices_are_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert "pipe or a device" in str(refusal("pipe.txt"))
    assert "pipe or a device" in str(refusal("/dev/null"))


def test_a_folder_without_reports_is_told(folder: Path) -> None:
    (folder / "空").mkdir()
    assert isinstance(refusal("空"), EmptyInput)


def test_size_is_checked_before_and_while_reading(folder: Path) -> None:
    limits = Limits(bytes=10)
    (folder / "big.txt").write_bytes(b"1" * 11)
    assert isinstance(refusal("big.txt", limits), TooLarge)
    (grown,) = gather(["b.txt"], limits)
    assert isinstance(grown, Input)
    (folder / "b.txt").write_bytes(b"1" * 11)
    with pytest.raises(TooLarge):
        grown.load()
    (folder / "b.txt").unlink()
    with pytest.raises(NotAccessible):
        grown.load()
    (piped,) = gather(["-"], limits, io.BytesIO(b"1" * 11))
    assert isinstance(piped, Input)
    with pytest.raises(TooLarge):
        piped.load()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter, unlike those of pytest."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    for locked in path.iterdir():
        locked.chmod(0o755)
    shutil.rmtree(path)


def test_what_may_not_be_read_is_told_and_the_others_are_read(open_folder: Path) -> None:
    (open_folder / "锁").mkdir()
    (open_folder / "锁" / "x.txt").write_text("35")
    (open_folder / "甲.txt").write_text("35")
    (open_folder / "乙.txt").write_text("35")
    (open_folder / "锁").chmod(0)
    (open_folder / "乙.txt").chmod(0)
    told = as_an_ordinary_user(open_folder)
    assert told == [
        "NotAccessible 乙.txt no permission to read it",
        "Input 甲.txt",
        "NotAccessible 锁 no permission to read it",
    ]


def as_an_ordinary_user(folder: Path) -> list[str]:
    """What is gathered in ``folder`` by someone whom permissions bind, which they do not root."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(NOBODY)
            for one in gather([str(folder)]):
                reason = f" {one.reason}" if isinstance(one, UnreadableInput) else ""
                os.write(send, f"{type(one).__name__} {Path(one.name).name}{reason}\n".encode())
        finally:
            os._exit(0)
    os.close(send)
    with os.fdopen(receive, encoding="utf-8") as lines:
        told = lines.read().splitlines()
    os.waitpid(child, 0)
    return told
