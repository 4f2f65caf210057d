"""A Word draft held against one earlier brief, with a verdict of every sort."""

import io
from typing import Any

import docx

from shanhai import find_claims, read
from shanhai.model import Cited, Claim, Code, Finding, Message, Severity, Verdict
from shanhai.publishing.commented_docx import write_commented
from shanhai.reasoning.checked import Checked, Judged, Reasoned
from shanhai.reasoning.evidence import Evidence

from .word_drafts import saved

BRIEF = "山北县援建工作队简报\n2023年12月5日\n全年实施项目33个，培训教师1200人次。联系电话：13800001111，另有项目33个。"
VERDICTS = {
    "120个": Verdict.DOES_NOT_ADD_UP,
    "35个": Verdict.DIFFERS,
    "2.7亿元": Verdict.ROUNDED,
    "1200人": Verdict.DEFINITION,
    "18场": Verdict.REPEATS,
    "500人": Verdict.PROMISED,
    "40个": Verdict.BACKED,
}
"""What is said of the draft's numbers; of all others that they have no source."""


def written() -> Any:
    """The draft as a document of python-docx."""
    document = docx.Document()
    document.add_heading("山北县援建工作总结", 0)
    document.add_heading("一、项目", 1)
    paragraph = document.add_paragraph("全年完成投资2.7亿元，实施项目")
    paragraph.add_run("3").bold = True
    paragraph.add_run("5个。")
    document.add_paragraph("两批共建设120个村级点，其中第一批40个，第二批90个。")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["指标", "数量", "培训教师", "1200人"], strict=True):
        cell.text = text
    document.add_paragraph("举办义诊18场。预计2027年培训500人。捐赠图书6000册。")
    return document


def checked(source: bytes, name: str = "总结.docx") -> Checked:
    """The draft, each number with its verdict, two of them with sentences of the brief."""
    report = read(source, name=name)
    claims = tuple(find_claims(report))
    brief = read(BRIEF.encode(), name="简报.txt")
    told = tuple(find_claims(brief))
    draft, other = Evidence(report.doc, claims, report), Evidence(brief.doc, told, brief)
    return Checked(
        draft,
        tuple(_judged(claim, claims, told) for claim in claims),
        Reasoned((), (), ()),
        {draft.doc: draft, other.doc: other},
    )


def _judged(claim: Claim, claims: tuple[Claim, ...], told: tuple[Claim, ...]) -> Judged:
    verdict = VERDICTS.get(claim.quote, Verdict.NO_SOURCE)
    why = Message(f"{claim.quote}：{verdict.value}的缘由。", f"Why it is {verdict.value}.")
    against = tuple(Cited.of(one) for one in told if one.quote == "33个")
    match verdict:
        case Verdict.DOES_NOT_ADD_UP:
            parts = tuple(Cited.of(one) for one in claims if one.quote in ("120个", "40个", "90个"))
            detail = {"check": "parts", "equation": "40 + 90 ≠ 120", "unit": "个"}
            settles = Message("看哪一批写错。", "See which phase is wrong.")
            finding = Finding(Code.DOES_NOT_ADD_UP, Severity.ERROR, why, parts, detail, settles)
            return Judged(claim, verdict, why, findings=(finding,))
        case Verdict.DIFFERS:
            return Judged(claim, verdict, why, opposing=against)
        case _:
            return Judged(claim, verdict, why)


def commented() -> tuple[bytes, bytes]:
    """The draft, and the draft with its comments."""
    source = saved(written())
    return source, write_commented(source, checked(source))


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))
