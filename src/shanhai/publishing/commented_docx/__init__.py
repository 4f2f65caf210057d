"""The result of the draft checker for a Word document: the same document with comments and a page at its end."""

import datetime
import hashlib

from shanhai.model import UnreadableInput
from shanhai.publishing.commented_docx import judged
from shanhai.publishing.commented_docx.blocks import Block, Table, Text, Title
from shanhai.publishing.commented_docx.comments import Note, comment_at
from shanhai.reasoning.checked import Checked

__all__ = ["Block", "Note", "Table", "Text", "Title", "comment_at", "write_commented"]


def write_commented(source: bytes, checked: Checked, *, date: datetime.datetime | None = None) -> bytes:
    """The draft with a comment at each number that needs one and a summary on a page of its own at the end.

    Args:
        source: the draft as it was read, a Word document.
        checked: what was found; the places of its numbers count the characters of the source text.
        date: what the comments state as their date; none by default, so that the same draft gives the same bytes.

    Raises:
        UnreadableInput: the document cannot be read, or is not the one that was checked.
    """
    report = checked.draft.report
    name = report.source.name if report else checked.draft.doc
    if report and report.source.sha256 != hashlib.sha256(source).hexdigest():
        raise UnreadableInput(name, "the file is not the one that was checked", "check it again")
    return comment_at(source, judged.notes(checked), judged.summary(checked), name=name, date=date)
