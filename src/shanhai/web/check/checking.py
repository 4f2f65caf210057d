"""Checking in a process of its own: what runs there. It knows neither Django nor the ledger, and holds no secret.

``check.running`` starts it with the name of a folder (``check.drafts``), which holds what is checked and takes the result.
"""

import datetime
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from shanhai.model import Cited, UnreadableInput
from shanhai.publishing.checked_page import checked_sections, write_checked_page
from shanhai.publishing.commented_docx import write_commented
from shanhai.publishing.page.words import spoken
from shanhai.reading.formats.docx import DOCX
from shanhai.reasoning.check import check
from shanhai.reasoning.checked import Checked
from shanhai.reasoning.contract import as_lines
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.register import Answer, Kept
from shanhai.reasoning.sources.naming import told_apart
from shanhai.web.links import record_path, room_path
from shanhai.web.parsing import OUT_OF_MEMORY, limit_time

SOURCE, DRAFT, EVIDENCE, ROOMS = "source", "draft.json", "evidence.jsonl", "rooms.jsonl"
REGISTER = "register.jsonl"
"""What a folder holds for the check: the bytes, what reading made of them, the evidence, where it is opened, what
registers say to the draft's numbers."""
CHINESE, ENGLISH, PAGE, LINES, COMMENTED = (
    "zh.html",
    "en.html",
    "page.html",
    "findings.jsonl",
    "commented.docx",
)
"""What the check leaves there: the sections in each language, the page as one file, the findings, the commented draft."""
ENCODER: Final = msgspec.json.Encoder(decimal_format="number")
_DECODER: Final = msgspec.json.Decoder(Evidence)
_ANSWER: Final = msgspec.json.Decoder(Answer)


class Outcome(msgspec.Struct, frozen=True):
    """What came out.

    Attributes:
        title: the draft's own, "" where it has none.
        numbers: of the draft.
        commented: whether there is a commented document.
        left_out: reports of the evidence that are the draft itself.
    """

    title: str = ""
    numbers: int = 0
    commented: bool = False
    left_out: int = 0


def run(folder: str, on: str, seconds: float) -> bytes:
    """Check the draft in a folder and write the result there.

    Args:
        folder: where it is.
        on: the day on which promises count as due, as 2024-03-01.
        seconds: of the processor's time that it may take; the process is ended by the system beyond them.

    Returns:
        the ``Outcome`` as JSON.
    """
    limit_time(seconds)
    try:
        return msgspec.json.encode(_run(Path(folder), datetime.date.fromisoformat(on)))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _run(folder: Path, on: datetime.date) -> Outcome:
    draft = _DECODER.decode((folder / DRAFT).read_bytes())
    sha256 = draft.report.source.sha256 if draft.report else ""
    given = [_DECODER.decode(line) for line in _lines(folder / EVIDENCE)]
    others = [one for one in given if one.report is None or one.report.source.sha256 != sha256]
    names = [one.doc for one in others]
    draft, *others = told_apart([draft, *others])
    register = [_ANSWER.decode(line) for line in _lines(folder / REGISTER)]
    checked = check(draft, others, on=on, register=register)
    renamed = {new.doc: old for old, new in zip(names, others, strict=True)}
    address = _addresses(folder / ROOMS, renamed)
    for name, language in ((CHINESE, "zh"), (ENGLISH, "en")):
        with spoken(language):
            _write(folder / name, (chunk.encode() for chunk in checked_sections(checked, address, _record)))
    _write(folder / PAGE, (chunk.encode() for chunk in write_checked_page(checked)))
    _write(folder / LINES, as_lines(checked))
    title = draft.report.title if draft.report and draft.report.title else ""
    return Outcome(title, len(checked.judged), _commented(folder, checked), len(given) - len(others))


def _record(one: Kept) -> str:
    return record_path(one.pairing, one.kind, one.key)


def _commented(folder: Path, checked: Checked) -> bool:
    report = checked.draft.report
    if report is None or report.source.media_type != DOCX:
        return False
    try:
        (folder / COMMENTED).write_bytes(write_commented((folder / SOURCE).read_bytes(), checked))
    except UnreadableInput:  # it can be read, but nothing can be put into it
        return False
    return True


def _addresses(file: Path, renamed: dict[str, str]) -> Callable[[Cited], str]:
    """Where the sentence of a cited figure is opened, by the ledger's own names of reports."""
    sources: dict[str, str] = {}
    keys: dict[tuple[str, int, int], str] = {}
    for line in _lines(file):
        told = json.loads(line)
        sources[told["doc"]] = told["sha256"]
        keys |= {(told["doc"], start, end): key for start, end, key in told["figures"]}

    def address(cited: Cited) -> str:
        doc = renamed.get(cited.doc, cited.doc)
        return room_path(sources[doc], keys.get((doc, cited.start, cited.end), "")) if doc in sources else ""

    return address


def _lines(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        yield from stream


def _write(file: Path, chunks: Iterator[bytes]) -> None:
    with file.open("wb") as stream:
        stream.writelines(chunks)
