"""Comments in Word documents: at the right characters, and nothing else changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.publishing.commented_docx import Note, comment_at

from .word_drafts import (
    SUMMARY,
    commented,
    comments_of,
    draft,
    main_of,
    marked,
    parts,
    restored,
    run,
    small_draft,
    source_text,
    spaceless,
    with_related,
)

REFORMATTED = '<w:b/><w:rPrChange w:id="9" w:author="甲"><w:rPr/></w:rPrChange>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format


PLACES = {
    "inside one run": (f"<w:p>{run('投资2.71亿元建校35个。')}</w:p>", "35个"),
    "a whole run": (f"<w:p>{run('共')}{run('35个', '<w:b/>')}{run('。')}</w:p>", "35个"),
    "across runs": (f"<w:p>{run('投资2')}{run('.', '<w:b/>')}{run('71亿')}{run('元。')}</w:p>", "2.71亿元"),
    "inside an insertion": (
        f'<w:p>{run("共")}<w:ins w:id="1" w:author="甲">{run("约35个项")}</w:ins>{run("目")}</w:p>',
        "35个",
    ),
    "across an insertion and a deletion": (
        f'<w:p>{run("投资1")}<w:del w:id="1" w:author="甲"><w:r><w:delText>.9</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="甲">{run("2")}</w:ins>{run("亿元")}</w:p>',
        "12亿元",
    ),
    "text moved here": (
        f'<w:p>{run("甲")}<w:moveTo w:id="1" w:author="甲">{run("有35个")}</w:moveTo></w:p>'
        f'<w:p><w:moveFrom w:id="2" w:author="甲">{run("有35个")}</w:moveFrom></w:p>',
        "35个",
    ),
    "in a link": (
        f'<w:p>{run("见")}<w:hyperlink w:anchor="a">{run("建成35个点")}</w:hyperlink></w:p>',
        "35个",
    ),
    "a whole link": (f'<w:p>{run("见")}<w:hyperlink w:anchor="a">{run("35个")}</w:hyperlink></w:p>', "35个"),
    "in a table": (
        f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p>{run('学校')}</w:p></w:tc>"
        f"<w:tc><w:p>{run('共35个')}</w:p></w:tc></w:tr></w:tbl>",
        "35个",
    ),
    "with a tab, a hyphen and a break in the run": (
        "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>第</w:t><w:tab/><w:t>3</w:t><w:noBreakHyphen/><w:t>5个</w:t><w:br/>"
        "<w:t>尾</w:t></w:r></w:p>",
        "3-5个",
    ),
    "that begins with a hyphen": (
        "<w:p><w:r><w:t>降</w:t><w:noBreakHyphen/><w:t>5.2%。</w:t></w:r></w:p>",
        "-5.2%",
    ),
    "in a field's result": (
        f"<w:p>{run('共')}{FIELD('begin')}<w:r><w:instrText>SUM(A1)</w:instrText></w:r>{FIELD('separate')}"
        f"{run('计35个')}{FIELD('end')}</w:p>",
        "35个",
    ),
    "in a simple field": (f'<w:p><w:fldSimple w:instr="REF a">{run("计35个")}</w:fldSimple></w:p>', "35个"),
    "in a content control": (
        f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{run('计35个吧')}</w:sdtContent></w:sdt></w:p>",
        "35个",
    ),
    "in a content control around the paragraph": (
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('计35个')}</w:p></w:sdtContent></w:sdt>",
        "35个",
    ),
    "over a deleted paragraph mark": (
        f'<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="甲"/></w:rPr></w:pPr>{run("共3")}</w:p><w:p>{run("5个")}</w:p>',
        "35个",
    ),
    "beside signs that XML must escape": (f"<w:p>{run('甲&amp;乙&lt;35个&gt;&#13;丙')}</w:p>", "<35个>"),
    "in plain character data": ("<w:p><w:r><w:t><![CDATA[a<b35个]]>后</w:t></w:r></w:p>", "35个"),
    "with changed formatting": (
        f"<w:p>{run('共35个', REFORMATTED)}</w:p>",
        "35个",
    ),
    "with spaces at the edges": ("<w:p><w:r><w:t>共 35 个 项目</w:t></w:r></w:p>", "35 个"),
    "outside the first planes": (f"<w:p>{run('𠮷𠮷35个𠮷')}</w:p>", "35个"),
}


@pytest.mark.parametrize(("body", "quote"), PLACES.values(), ids=PLACES.keys())
def test_a_comment_lies_around_exactly_its_quote_and_nothing_else_changes(body: str, quote: str) -> None:
    # given
    data = draft("<w:p><w:r><w:t>总述。</w:t></w:r></w:p>", body)
    # when
    made = commented(data, quote, summary=SUMMARY)
    # then
    assert [spaceless(said) for said in marked(made).values()] == [spaceless(quote)]
    assert restored(made, summary=True) == restored(data)
    assert source_text(made).startswith(source_text(data))


def test_marks_stand_outside_of_what_they_wrap_whole() -> None:
    # given
    inside = f'<w:ins w:id="1" w:author="甲"><w:hyperlink w:anchor="a">{run("35个")}</w:hyperlink></w:ins>'
    # when
    made = commented(draft(f"<w:p>{inside}{run('。')}</w:p>"), "35个")
    # then
    paragraph = main_of(made).find(".//{*}p")
    assert [child.tag.partition("}")[2] for child in paragraph] == [
        "commentRangeStart",
        "ins",
        "commentRangeEnd",
        "r",
        "r",
    ]


def test_several_comments_on_one_run_and_on_the_same_place() -> None:
    data = draft(f"<w:p>{run('投资2.71亿元，建校35个，修路8公里。')}</w:p>")
    quotes = ("2.71亿元", "2.71亿元", "71亿元，建校35", "35个", "8公里")
    made = commented(data, *quotes)
    assert list(marked(made).values()) == list(quotes)
    assert restored(made) == restored(data)


def test_spaces_at_which_a_text_is_parted_are_kept() -> None:
    made = commented(draft("<w:p><w:r><w:t>共 35 个 项目</w:t></w:r></w:p>"), "35 个")
    kept = "{http://www.w3.org/XML/1998/namespace}space"
    assert [(t.text, t.get(kept)) for t in main_of(made).iter("{*}t")] == [
        ("共 ", "preserve"),
        ("35 个", None),
        (" 项目", "preserve"),
    ]


PIECES = st.sampled_from("投 资3 5.7亿元 ，。& <个\t-".replace("<", "＜").replace("&", "＆"))


@st.composite
def inlines(draw: st.DrawFn) -> str:
    text = "".join(draw(st.lists(PIECES, min_size=1, max_size=6)))
    written = run(text, draw(st.sampled_from(["", "<w:b/>", "<w:i/>"])))
    one = f'<w:t xml:space="preserve">{text}</w:t>'
    match draw(st.integers(0, 9)):
        case 0:
            return f'<w:ins w:id="1" w:author="甲">{written}{written}</w:ins>'
        case 1:
            return f'<w:del w:id="2" w:author="甲"><w:r><w:delText>{text}</w:delText></w:r></w:del>'
        case 2:
            return f'<w:hyperlink w:anchor="a">{written}</w:hyperlink>'
        case 3:
            return f"<w:r>{one}<w:tab/><w:noBreakHyphen/>{one}<w:br/></w:r>"
        case 4:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{written}</w:sdtContent></w:sdt>"
        case 5:
            return f"{FIELD('begin')}<w:r><w:instrText>A1</w:instrText></w:r>{FIELD('separate')}{written}{FIELD('end')}"
        case _:
            return written


@st.composite
def bodies(draw: st.DrawFn) -> list[str]:
    def paragraph() -> str:
        return f"<w:p>{''.join(draw(st.lists(inlines(), max_size=5)))}</w:p>"

    def cells() -> str:
        return "".join(f"<w:tc>{paragraph()}</w:tc>" for _ in range(2))

    blocks = [f"<w:p>{run('总述35')}</w:p>"]
    for _ in range(draw(st.integers(1, 4))):
        table = draw(st.integers(0, 3)) == 0
        blocks.append(
            f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells()}</w:tr><w:tr>{cells()}</w:tr></w:tbl>"
            if table
            else paragraph()
        )
    return blocks


@settings(max_examples=150)
@given(st.data())
def test_any_span_is_commented_exactly(data: st.DataObject) -> None:
    # given
    document = small_draft(*data.draw(bodies()))
    text = source_text(document)
    notes = []
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        if text[start:end].strip():
            notes.append(Note(start, end, ("注",)))
    # when
    made = comment_at(document, notes)
    # then
    assert [spaceless(said) for said in marked(made).values()] == [
        spaceless(text[note.start : note.end]) for note in notes
    ]
    assert restored(made) == restored(document)
    assert source_text(made) == text


BOX = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (f"<w:r>{BOX.format('<w:p>' + run('框内35个') + '</w:p>')}</w:r>", "文本框"),
        (
            f"<w:r><w:ruby><w:rt>{run('z')}</w:rt><w:rubyBase>{run('35个')}</w:rubyBase></w:ruby></w:r>",
            "拼音",
        ),
        ("<m:oMath><m:r><m:t>35个</m:t></m:r></m:oMath>", "公式"),
        (
            f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('共35个')}</w:sdtContent></w:sdt>",
            "之内",
        ),
        (
            '<w:sdt><w:sdtPr><w:lock w:val="sdtContentLocked"/></w:sdtPr>'
            f"<w:sdtContent>{run('共35个')}</w:sdtContent></w:sdt>",
            "之内",
        ),
    ],
    ids=["box", "ruby", "formula", "plain control", "locked control"],
)
def test_what_takes_no_comment_is_commented_from_around(inside: str, told: str) -> None:
    data = draft(f"<w:p>{run('前')}{inside}{run('后')}</w:p>")
    made = commented(data, "35个")
    paragraph = main_of(made).find(".//{*}p")
    names = [child.tag.partition("}")[2] for child in paragraph]
    assert names[1:2] + names[3:5] == ["commentRangeStart", "commentRangeEnd", "r"]
    assert restored(made) == restored(data)
    assert told in comments_of(made)[0].text


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_number_in_a_note_is_commented_at_the_sign_of_the_note(kind: str) -> None:
    # given
    sign = f'<w:r><w:{kind}Reference w:id="3"/></w:r><w:r><w:{kind}Reference w:id="4"/></w:r>'
    notes = "".join(
        f'<w:{kind} w:id="{n}"><w:p>{run(t)}</w:p></w:{kind}>' for n, t in ((3, "注一"), (4, "含35个"))
    )
    data = with_related(draft(f"<w:p>{run('前')}{sign}{run('后')}</w:p>"), f"{kind}s", notes)
    # when
    made = commented(data, "35个")
    # then
    around = main_of(made).find(".//{*}commentRangeStart").getnext()
    assert around[0].attrib.values() == ["4"]
    assert "注号" in comments_of(made)[0].text
    assert restored(made) == restored(data)
    assert parts(made)[f"word/extra_{kind}s.xml"] == parts(data)[f"word/extra_{kind}s.xml"]


@pytest.mark.parametrize(
    ("kind", "inside"),
    [
        ("header", f"<w:p>{run('页眉35个')}</w:p>"),
        ("footnotes", f'<w:footnote w:id="7"><w:p>{run("35个")}</w:p></w:footnote>'),
    ],
)
def test_a_number_outside_the_text_is_commented_at_the_beginning(kind: str, inside: str) -> None:
    data = with_related(draft(f"<w:p><w:pPr><w:keepNext/></w:pPr>{run('正文')}</w:p>"), kind, inside)
    made = commented(data, "35个")
    assert list(marked(made).values()) == [""]
    assert "文首" in comments_of(made)[0].text
    assert restored(made) == restored(data)


def test_hidden_runs_inside_a_quote_stay_where_they_are() -> None:
    data = draft(f"<w:p>{run('共3')}{run('藏', '<w:vanish/>')}{run('5个。')}</w:p>")
    made = commented(data, "35个", "藏")
    assert list(marked(made).values()) == ["3藏5个", "藏"]
    assert restored(made) == restored(data)
