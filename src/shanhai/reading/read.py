"""Reading: bytes as received to a report."""

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from shanhai.model import (
    Damage,
    DamageKind,
    NotAccessible,
    Passage,
    Report,
    Role,
    Source,
    Span,
    TextMap,
    TooLarge,
)
from shanhai.reading.decode import decode
from shanhai.reading.extracted import Block, BlockKind, Extracted, Limits
from shanhai.reading.kinds import FileKind, kind_of
from shanhai.reading.masthead import masthead
from shanhai.reading.mend import MARK, Mended, mend
from shanhai.reading.sentences import sentences_of
from shanhai.reading.sift import sift
from shanhai.reading.sift.lines import Line

_LINE = re.compile(r"\S[^\n]*+")
_NO_BLOCK = Block(0, 0)
_DEFAULT = Limits()


def read(source: str | os.PathLike[str] | bytes, *, name: str = "", limits: Limits = _DEFAULT) -> Report:
    """The report in a file, or in bytes as received.

    Args:
        source: a path, or the bytes themselves.
        name: what to call the input; the path by default.
        limits: what the input may cost.

    Raises:
        UnreadableInput: when it cannot be read; the error names the input, the reason and the remedy.
    """
    if not isinstance(source, bytes):
        name = name or os.fspath(source)
        source = _bytes_of(Path(source), name, limits)
    if len(source) > limits.bytes:
        raise TooLarge(name, f"larger than {limits.bytes // 1024 // 1024} MB", "split it, or raise the limit")
    extracted = extract(source, name, limits)
    mended = mend(extracted.text)
    return _report(_source(source, name, extracted), extracted, mended)


def extract(data: bytes, name: str, limits: Limits) -> Extracted:
    """The source text of one input with its blocks, by the kind of file that its content shows."""
    return _EXTRACTORS[kind_of(data, name)](data, name, limits)


def _bytes_of(path: Path, name: str, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.bytes + 1)
    except OSError as e:
        raise NotAccessible(
            name, (e.strerror or "it cannot be opened").lower(), "check the path and its rights"
        ) from e


def _html(data: bytes, name: str, limits: Limits) -> Extracted:
    from shanhai.reading.formats import html

    decoded = decode(data, html.declared_charset(data))
    return html.extract(decoded.text, name, limits, decoded.encoding, decoded.wrong_charset)


def _docx(data: bytes, name: str, limits: Limits) -> Extracted:
    from shanhai.reading.formats import docx

    return docx.extract(data, name, limits)


def _pdf(data: bytes, name: str, limits: Limits) -> Extracted:
    from shanhai.reading.formats import pdf

    return pdf.extract(data, name, limits)


def _sheets(data: bytes, name: str, limits: Limits) -> Extracted:
    from shanhai.reading.formats import sheets

    return sheets.extract(data, name, limits)


def _plain(data: bytes, name: str, limits: Limits) -> Extracted:
    from shanhai.reading.formats import plain

    return plain.extract(data, name, limits)


_EXTRACTORS: dict[FileKind, Callable[[bytes, str, Limits], Extracted]] = {
    FileKind.HTML: _html,
    FileKind.DOCX: _docx,
    FileKind.PDF: _pdf,
    FileKind.XLSX: _sheets,
    FileKind.CSV: _sheets,
    FileKind.TEXT: _plain,
    FileKind.MARKDOWN: _plain,
}


def _source(data: bytes, name: str, extracted: Extracted) -> Source:
    return Source(name, hashlib.sha256(data).hexdigest(), len(data), extracted.media_type, extracted.encoding)


def _report(source: Source, extracted: Extracted, mended: Mended) -> Report:
    text = mended.text
    lines, tables = _lines(extracted, mended)
    verdicts = sift(text, lines, mend(extracted.title).text if extracted.title else "")
    passages = tuple(
        Passage(line.start, line.end, verdict.role, verdict.reason, line.cells, table)
        for line, verdict, table in zip(lines, verdicts, tables, strict=True)
    )
    head = masthead(text, passages, extracted)
    return Report(
        source=source,
        source_text=extracted.text,
        text=text,
        map=mended.map,
        passages=passages,
        sentences=sentences_of(text, passages),
        damage=_damage(extracted, mended, passages),
        title=head.title,
        publisher=head.publisher,
        author=head.author,
        date=head.date,
    )


def _lines(extracted: Extracted, mended: Mended) -> tuple[list[Line], list[int]]:
    """The non-blank lines of the mended text with their blocks' hints, and each one's table."""
    text = mended.text
    stretches = _stretches(text)
    blocks = _blocks_of([start for start, _ in stretches], extracted.blocks, mended.map)
    traditional = mended.traditional
    found: list[Line] = []
    before = 0
    for (start, end), block in zip(stretches, blocks, strict=True):
        cells = _mended_cells(block, mended.map) if block.kind is BlockKind.ROW else ()
        share = traditional.count(MARK, start, end) / (end - start) if traditional else 0.0
        blanks = text.count("\n", before, start) - (before > 0)
        found.append(Line(start, end, block.kind, block.linked, cells, share, blanks))
        before = end
    return found, [block.table for block in blocks]


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where the non-blank lines of ``text`` begin and end, white space around them left out."""
    return [((start := line.start()), start + len(line[0].rstrip())) for line in _LINE.finditer(text)]


def _blocks_of(starts: list[int], blocks: tuple[Block, ...], text_map: TextMap) -> list[Block]:
    """The block in which each of ``starts`` lies, which are ascending places of the mended text."""
    found: list[Block] = []
    following = iter(blocks)
    block = next(following, _NO_BLOCK)
    for begins in map(text_map.to_source, starts) if text_map.starts else starts:
        while block.end <= begins and block is not _NO_BLOCK:
            block = next(following, _NO_BLOCK)
        found.append(block if block.start <= begins else _NO_BLOCK)
    return found


def _mended_cells(block: Block, text_map: TextMap) -> tuple[Span, ...]:
    return tuple(text_map.to_mended_span(cell.start, cell.end) for cell in block.cells)


def _damage(extracted: Extracted, mended: Mended, passages: tuple[Passage, ...]) -> tuple[Damage, ...]:
    """What was mended, and what is wrong with the whole file; nothing that lies in injected spam."""
    found = mended.damage
    if extracted.wrong_charset:
        found = (Damage(DamageKind.WRONG_CHARSET, (Span(0, len(extracted.text)),)), *found)
    spam = [p for p in passages if p.role in (Role.SPAM, Role.HIDDEN)]
    if not spam:
        return found
    places = [mended.map.to_source_span(p.start, p.end) for p in spam]
    kept = (Damage(d.kind, tuple(s for s in d.spans if not _inside(s, places)), d.mended) for d in found)
    return tuple(d for d in kept if d.spans)


def _inside(span: Span, places: list[Span]) -> bool:
    return any(p.start <= span.start and span.end <= p.end for p in places)
