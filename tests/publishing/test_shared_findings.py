"""A clash of several figures is told in full once, in the page as in the document."""

from selectolax.lexbor import LexborHTMLParser

from shanhai import find_claims, read
from shanhai.publishing.checked_page import write_checked_page
from shanhai.publishing.commented_docx import write_commented
from shanhai.reasoning.check import check
from shanhai.reasoning.checked import Checked
from shanhai.reasoning.evidence import Evidence

from .checked_drafts import opened
from .word_drafts import marked, saved

TEXT = "2023年全县共实施项目77个，其中教育项目4个、医疗项目29个、产业项目17个、住房项目19个、交通项目7个。"


def draft() -> tuple[bytes, Checked]:
    import docx

    document = docx.Document()
    document.add_paragraph(TEXT)
    source = saved(document)
    report = read(source, name="稿.docx")
    return source, check(Evidence(report.doc, tuple(find_claims(report)), report), ())


def test_the_page_tells_a_clash_at_its_first_figure_and_links_the_others_to_it() -> None:
    _, checked = draft()

    page = LexborHTMLParser("".join(write_checked_page(checked)))

    notes = page.css(".note")
    assert len(notes) == 6
    assert [len(note.css(".sum")) for note in notes] == [1, 0, 0, 0, 0, 0]
    links = [note.css_first(".together .figure") for note in notes[1:]]
    assert {link.attributes["href"] for link in links if link} == {"#note-1"}
    assert all(link and link.text() == "77个" for link in links)


def test_the_document_explains_it_in_one_comment_and_lists_it_in_one_row() -> None:
    source, checked = draft()

    document = opened(write_commented(source, checked))

    said = [comment.text for comment in document.comments]
    assert len(said) == len(marked(write_commented(source, checked))) == 6
    assert ["算式 sum" in text for text in said] == [True, *[False] * 5]
    assert all("详见“77个”处的批注。" in text for text in said[1:])
    rows = document.tables[-1].rows[1:]
    assert [row.cells[1].text.split("\n")[0] for row in rows] == ["77个、4个、29个、17个、19个、7个"]
