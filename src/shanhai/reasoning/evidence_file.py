"""Evidence files: reports with their claims in one portable file, read back without reading the reports again.

A file has JSON lines. The first names the format and its version; then comes one line a report, an ``Evidence`` as it
is; the last counts the reports and the claims and gives the sha256 of all lines before it. So a file that was cut off
or changed is known for one, and nothing of it is used. What is read is checked as claims are when they are made: the
numerals of each quote, and that the quote stands in the source text where the claim says.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Literal

import msgspec

from shanhai.claims.contract import fault_of
from shanhai.model import BrokenInput, ShanhaiError
from shanhai.reasoning.evidence import Evidence

VERSION = 1
_MARK = b'{"shanhai":"evidence"'
_REMEDY = "write it anew from the reports: shanhai claims PATH… --format evidence"


class _Head(msgspec.Struct):
    """The first line."""

    shanhai: Literal["evidence"]
    version: int


class _End(msgspec.Struct, forbid_unknown_fields=True):
    """The last line."""

    reports: int
    claims: int
    sha256: str


_ENCODER = msgspec.json.Encoder(decimal_format="number")
_HEAD = msgspec.json.Decoder(_Head)
_RECORD = msgspec.json.Decoder(Evidence)
_END = msgspec.json.Decoder(_End)


def is_evidence(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is an evidence file."""
    return head.startswith(_MARK)


def write_evidence(given: Iterable[Evidence]) -> Iterator[bytes]:
    """The lines of an evidence file, each with its line feed."""
    digest = sha256()
    reports = claims = 0
    head = _ENCODER.encode(_Head("evidence", VERSION)) + b"\n"
    digest.update(head)
    yield head
    for evidence in given:
        reports += 1
        claims += len(evidence.claims)
        line = _ENCODER.encode(evidence) + b"\n"
        digest.update(line)
        yield line
    yield _ENCODER.encode(_End(reports, claims, digest.hexdigest())) + b"\n"


def read_evidence(data: bytes, *, name: str) -> tuple[Evidence, ...]:
    """The evidence of a file, in its order.

    Args:
        data: the file's bytes.
        name: as the user gave it, for messages.

    Raises:
        BrokenInput: when it is no evidence file, is of another version, was cut off or changed, or a line of it is
            wrong. Nothing of the file is used then.
    """
    lines = _lines(data)
    _check_head(lines[0], name)
    if len(lines) < 2 or not data.endswith(b"\n"):
        raise _cut_off(name, len(lines))
    try:
        end = _END.decode(lines[-1])
    except (msgspec.MsgspecError, RecursionError):
        raise _cut_off(name, len(lines)) from None
    if sha256(memoryview(data)[: len(data) - len(lines[-1]) - 1]).hexdigest() != end.sha256:
        fault = _first_fault(lines[1:-1])
        told = f": {fault}" if fault else "; its sha256 in the last line does not fit"
        raise BrokenInput(name, f"it was changed after it was written{told}", _REMEDY)
    found = []
    for number, line in enumerate(lines[1:-1], 2):
        try:
            found.append(_evidence(line))
        except ValueError as e:
            raise BrokenInput(name, f"line {number}: {e}", _REMEDY) from None
    if (len(found), sum(len(e.claims) for e in found)) != (end.reports, end.claims):
        raise BrokenInput(
            name,
            f"it holds {len(found)} reports where its last line counts {end.reports} with {end.claims} claims",
            _REMEDY,
        )
    return tuple(found)


def _lines(data: bytes) -> list[memoryview]:
    """The lines without their line feeds; nothing is copied, as a file may have many megabytes."""
    view = memoryview(data)
    lines = []
    begun = 0
    while (at := data.find(b"\n", begun)) >= 0:
        lines.append(view[begun:at])
        begun = at + 1
    if begun < len(data) or not lines:
        lines.append(view[begun:])
    return lines


def _check_head(line: memoryview, name: str) -> None:
    """Refuse what is no evidence file, or one of another version."""
    try:
        head = _HEAD.decode(line)
    except (msgspec.MsgspecError, RecursionError):
        raise BrokenInput(name, "line 1: it does not begin as an evidence file does", _REMEDY) from None
    if head.version != VERSION:
        age = "a newer" if head.version > VERSION else "an older"
        raise BrokenInput(
            name,
            f"line 1: an evidence file of version {head.version}, written by {age} Shanhai; this one reads version "
            f"{VERSION}",
            _REMEDY,
        )


def _cut_off(name: str, lines: int) -> BrokenInput:
    return BrokenInput(name, f"it was cut off: line {lines} is not the last one that was written", _REMEDY)


def _first_fault(lines: list[memoryview]) -> str | None:
    """The first line that is wrong; None where each for itself is right."""
    for number, line in enumerate(lines, 2):
        try:
            _evidence(line)
        except ValueError as e:
            return f"line {number}: {e}"
    return None


def _evidence(line: memoryview) -> Evidence:
    """The report of a line.

    Raises:
        ValueError: when it is not one; the message says what is wrong.
    """
    try:
        found = _RECORD.decode(line)
    except (msgspec.MsgspecError, ShanhaiError, RecursionError) as e:
        raise ValueError(str(e)) from None
    if fault := _fault(found):
        raise ValueError(fault)
    return found


def _fault(evidence: Evidence) -> str | None:
    """What does not fit between a report and its claims; None where all does."""
    report = evidence.report
    if report is not None and not (
        report.map.length == len(report.source_text)
        and len(report.map.starts) == len(report.map.ends) == len(report.map.anchors)
    ):
        return "the map between source text and mended text does not fit the text"
    text = report.source_text if report is not None else None
    for claim in evidence.claims:
        fault = fault_of(claim)
        if claim.doc != evidence.doc:
            fault = f"it names the report {claim.doc!r}, not {evidence.doc!r}"
        elif text is not None and text[claim.start : claim.end] != claim.quote:
            fault = f"{claim.quote!r} does not stand there in the source text"
        if fault:
            return f"the claim at {claim.start}–{claim.end}: {fault}"
    return None
