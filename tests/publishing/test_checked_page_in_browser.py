"""The page of a checked draft in a real browser: keys, filters, notes in the margin, the phone, the printed page."""

import re
from typing import TYPE_CHECKING

import msgspec
import pytest
from playwright.sync_api import expect

from shanhai.model import Message, Verdict
from shanhai.publishing.checked_page import write_checked_page
from shanhai.reasoning.checked import Checked, Judged, Reasoned

from .browsing import PHONE, Open, comes_in_sight, focused, is_in_sight, until
from .made_checks import checked_alone, checked_draft, cite, evidence

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOTED = ["1", "7", "9", "13", "15", "16", "18", "19"]


@pytest.fixture
def show(open_page: Open) -> Open:
    """Opens the page of a result."""
    return lambda checked, at="", **more: open_page(write_checked_page(checked), at, **more)


def notes_left(page: "Page") -> list[str]:
    return list(
        page.eval_on_selector_all(".note", "found => found.filter(e => e.offsetParent).map(e => e.dataset.n)")
    )


def test_the_keys_go_through_the_numbers_that_need_work_and_no_others(show: Open) -> None:
    page = show(checked_draft())
    went = []
    for _ in NOTED:
        page.keyboard.press("j")
        went.append(focused(page).removeprefix("text-"))
    assert went == NOTED
    assert is_in_sight(page.locator("#text-19"))
    assert page.locator(".tools .position").inner_text() == "8 / 8"
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "text-16"
    expect(page).to_have_url(re.compile("#text-16$"))
    assert "9120万元" in page.locator("#status").inner_text()


def test_a_step_unfolds_the_note_and_folds_the_one_before(show: Open) -> None:
    page = show(checked_draft())
    page.keyboard.press("j")
    assert page.locator("#note-1 details").get_attribute("open") is not None
    page.keyboard.press("j")
    assert page.locator("#note-1 details").get_attribute("open") is None
    assert page.locator("#note-7 blockquote").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".note.current").count() == 0
    assert focused(page) == "text-7"


def test_enter_jumps_between_number_and_note(show: Open) -> None:
    page = show(checked_draft())
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.note').id") == "note-9"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.note').id") == "note-13"
    page.keyboard.press("Enter")
    assert focused(page) == "text-13"


def test_a_backed_number_shows_its_note_on_demand(show: Open) -> None:
    page = show(checked_draft())
    assert notes_left(page) == NOTED
    page.click("#text-10")
    assert page.locator("#note-10").is_visible()
    assert "培训干部群众2.2万人次" in page.locator("#note-10 blockquote").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("#note-10").is_visible()


def test_filters_leave_the_marks_and_notes_of_the_chosen_verdicts(show: Open) -> None:
    page = show(checked_draft())
    page.click('.chip[data-verdict="repeats"]')
    assert notes_left(page) == ["13", "16"]
    assert page.locator("mark.off").count() == 17
    page.click('.chip[data-verdict="backed"]')
    assert notes_left(page) == ["10", "13", "14", "16"]
    page.keyboard.press("j")
    assert focused(page) == "text-10"
    page.click(".tools .clear")
    assert notes_left(page) == sorted([*NOTED, "10"], key=int)
    page.click('.chip[data-verdict="repeats"]')
    page.click("#facts .figure >> nth=0")
    assert focused(page) == "text-9"
    assert page.locator("mark.off").count() == 0


def test_all_notes_unfold_and_fold_at_once(show: Open) -> None:
    page = show(checked_draft())
    page.keyboard.press("e")
    assert page.locator(".note.noted details:not([open])").count() == 0
    page.keyboard.press("e")
    assert page.locator(".note details[open]").count() == 0


@pytest.mark.parametrize("width", [820, 1024, 1440, 1920])
def test_notes_stand_in_the_margin_and_never_above_their_paragraph(show: Open, width: int) -> None:
    page = show(checked_draft(), viewport={"width": width, "height": 900})
    page.keyboard.press("e")
    boxes = page.evaluate(
        """() => Array.from(document.querySelectorAll('.note.noted'), note => {
          const text = document.getElementById(`text-${note.dataset.n}`).closest('.part > *').getBoundingClientRect();
          const box = note.getBoundingClientRect();
          return {beside: box.left >= text.right, below: box.top - text.top}; })"""
    )
    assert all(box["beside"] and box["below"] >= -1 for box in boxes)
    assert boxes[0]["below"] <= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_notes_come_under_the_paragraph_and_nothing_runs_over(show: Open, scheme: str) -> None:
    page = show(checked_draft(), viewport=PHONE, has_touch=True, is_mobile=True, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.tap("#text-9")
    assert comes_in_sight(page.locator("#note-9 .back"))
    below = "document.getElementById('note-9').getBoundingClientRect().top - document.getElementById('text-9').closest('p').getBoundingClientRect().bottom"
    assert page.evaluate(below) >= 0
    page.tap('#bar [data-step="1"]')
    expect(page.locator("#bar .position")).to_have_text("4 / 8")
    page.tap('.chip[data-verdict="differs"]')
    expect(page.locator('.chip[data-verdict="differs"]')).to_have_attribute("aria-pressed", "true")
    assert notes_left(page) == ["9", "13"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_runs_over_with_endless_words(show: Open, width: int) -> None:
    whole, word = checked_draft(), "援藏" + "a" * 400
    said = Message(word, word)
    findings = tuple(
        msgspec.structs.replace(f, message=said, detail={word: word, "equation": word})
        for f in whole.reasoned.findings
    )
    judged = tuple(msgspec.structs.replace(j, why=said, findings=findings) for j in whole.judged)
    page = show(
        msgspec.structs.replace(
            whole, judged=judged, reasoned=msgspec.structs.replace(whole.reasoned, findings=findings)
        ),
        viewport={"width": width, "height": 800},
    )
    page.keyboard.press("e")
    page.eval_on_selector_all("details", "found => found.forEach(e => { e.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_can_be_touched_has_a_name_and_room_for_a_finger(show: Open) -> None:
    page = show(checked_draft(), viewport=PHONE, has_touch=True, is_mobile=True)
    small = page.eval_on_selector_all(
        "button, summary",
        "found => found.filter(e => e.offsetParent && (e.offsetHeight < 24 || e.offsetWidth < 24)).map(e => e.outerHTML)",
    )
    unnamed = page.eval_on_selector_all(
        "button, summary, a, [role=img]",
        "found => found.filter(e => !(e.getAttribute('aria-label') || e.textContent).trim()).map(e => e.outerHTML)",
    )
    assert (small, unnamed) == ([], [])


def test_an_address_opens_its_note(show: Open) -> None:
    page = show(checked_draft(), "#note-10")
    until(page, "document.querySelector('#note-10.current') !== null")
    page.evaluate("location.hash = 'text-15'")
    until(page, "document.activeElement.id === 'text-15'")
    assert is_in_sight(page.locator("#text-15"))


def test_without_scripts_notes_and_their_sentences_can_be_read(show: Open) -> None:
    page = show(checked_draft(), java_script_enabled=False)
    assert not page.locator(".tools").is_visible()
    assert page.locator("#note-9 .why").is_visible()
    page.click("#note-9 summary")
    assert page.locator("#note-9 blockquote").first.is_visible()
    page.click("#text-10")
    assert page.locator("#note-10").is_visible()


def test_a_printed_page_holds_notes_with_their_sentences_and_no_controls(show: Open) -> None:
    page = show(checked_draft())
    page.emulate_media(media="print")
    assert not page.locator(".tools").is_visible()
    assert not page.locator("#note-10").is_visible()
    assert page.locator("#note-9 blockquote").first.evaluate("e => e.getBoundingClientRect().height") > 10
    assert page.locator("#text-9").evaluate("e => getComputedStyle(e, '::after').content").startswith('"异"')


@pytest.mark.parametrize("text", ["没有数字的稿子。\n", "培训32人。\n"])
def test_empty_and_evidence_free_drafts_work(show: Open, text: str) -> None:
    page = show(checked_alone(text))
    for key in ("j", "k", "e", "?", "Escape"):
        page.keyboard.press(key)
    assert page.locator("#summary").is_visible()


def test_single_keys_can_be_switched_off(show: Open) -> None:
    page = show(checked_draft())
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator(".current").count() == 0


def long_draft(paragraphs: int) -> Checked:
    """A draft of two numbers a paragraph, one of which differs from the evidence."""
    draft = evidence(
        "\n\n".join(f"第{i}项：培训{i + 100}人，投入资金{i + 20}万元。" for i in range(paragraphs)),
        "长稿.txt",
    )
    other = evidence("全年培训3210人。", "公报.txt")
    said, against = Message("证据里是另一个数。", "Another number."), (cite(other, "3210人"),)
    judged = tuple(
        Judged(c, Verdict.DIFFERS, said, (), against)
        if c.unit == "人"
        else Judged(c, Verdict.BACKED, said, against)
        for c in draft.claims
    )
    return Checked(draft, judged, Reasoned((), (), ()), {e.doc: e for e in (draft, other)})


def test_thousands_of_numbers_do_not_freeze_the_page(show: Open) -> None:
    whole = long_draft(2000)
    page = show(whole)
    assert len(whole.judged) >= 4000
    spent = page.evaluate(
        """() => { const began = performance.now();
        const chip = document.querySelector('.chip[data-verdict="backed"]');
        for (let i = 0; i < 2; i += 1) { chip.click(); document.body.offsetHeight; }
        document.querySelector('.unfold').click(); document.body.offsetHeight;
        return performance.now() - began; }"""
    )
    assert spent < 6000
    page.evaluate("goTo(3501)")
    assert comes_in_sight(page.locator("#text-3501"))
    began = page.evaluate("performance.now()")
    page.keyboard.press("j")
    assert page.evaluate("performance.now()") - began < 2000
