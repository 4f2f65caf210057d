"""The command ``shanhai check``, used as a person would."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shanhai.cli import main
from shanhai.cli.writers.checked import FORMATS

DRAFT = "发布时间：2024年1月8日 来源：芒康县人民政府\n2023年，工作队在芒康县引进企业59家，签约项目78个。\n"
SAME = "发布时间：2024年1月3日 来源：芒康县广播电视台\n据介绍，2023年工作队在芒康县引进企业59家，签约项目78个，成效明显。\n"
OTHER = "发布时间：2024年1月5日 来源：昌都市人民政府\n2023年，工作队在芒康县引进企业85家，大家都很振奋。\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return saved(tmp_path / "draft.txt", DRAFT)


def saved(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)


def findings(result: Result) -> list[dict]:  # type: ignore[type-arg]  # whatever JSON holds
    return [json.loads(line) for line in result.stdout.splitlines()]


def contradicted(result: Result) -> set[tuple[str, str]]:
    """The figures that a contradiction names, each with its report."""
    found = [f for f in findings(result) if f["code"] == "contradicted"]
    return {(c["doc"], c["quote"]) for f in found for c in f["claims"]}


def test_what_others_tell_too_needs_no_attention(draft: Path, tmp_path: Path) -> None:
    result = run("check", draft, saved(tmp_path / "same.txt", SAME))

    assert result.exit_code == 0, result.output
    assert "59家" in result.stdout
    assert "有据 backed 2" in result.stdout
    assert "Nothing needs attention" in result.stdout


def test_a_figure_that_another_report_contradicts_needs_attention(draft: Path, tmp_path: Path) -> None:
    result = run("check", draft, "--against", saved(tmp_path / "other.txt", OTHER))

    assert result.exit_code == 3, result.output
    assert "与证据不符 differs 1" in result.stdout
    assert "85家（other）" in result.stdout
    assert "Needs attention: 1 number; 1 error, 0 warnings." in result.stdout


def test_alone_it_is_held_against_itself(draft: Path) -> None:
    result = run("check", draft)

    assert result.exit_code == 0, result.output
    assert "没有来源 no source 2" in result.stdout
    assert "name other reports with --against" in result.stdout
    assert "No faults found, but 2 numbers without a source." in result.stdout


def test_evidence_that_cannot_be_read_at_all_is_said_at_the_top(draft: Path, tmp_path: Path) -> None:
    result = run("check", draft, "--against", tmp_path / "missing")

    assert result.exit_code == 1
    assert "None of the material given could be read" in result.stdout
    assert "Nothing needs attention" not in result.stdout


def test_a_draft_without_numbers_is_said_to_have_none(tmp_path: Path) -> None:
    result = run("check", saved(tmp_path / "draft.txt", "队员们在村里。"))

    assert result.exit_code == 0
    assert "No numbers found in the draft." in result.stdout


def test_every_kind_of_input_tells_the_same(draft: Path, tmp_path: Path) -> None:
    other = saved(tmp_path / "earlier" / "other.txt", OTHER)
    claims, evidence = tmp_path / "claims.jsonl", tmp_path / "earlier.evidence"
    assert run("claims", other, "-f", "jsonl", "-o", claims).exit_code == 0
    assert run("claims", other, "-f", "evidence", "-o", evidence).exit_code == 0

    for given in (other, other.parent, tmp_path / "earlier" / "*.txt", claims, evidence):
        result = run("check", draft, "--against", given, "-f", "jsonl")
        assert result.exit_code == 3, (given, result.output)
        assert contradicted(result) == {("draft", "59家"), ("other", "85家")}, given


def test_a_claim_file_and_a_draft_can_be_piped_in(draft: Path, tmp_path: Path) -> None:
    other = saved(tmp_path / "other.txt", OTHER)
    piped = run("claims", other, "-f", "jsonl").stdout.encode()

    assert ("other", "85家") in contradicted(run("check", draft, "-", "-f", "jsonl", stdin=piped))
    assert ("-", "59家") in contradicted(run("check", "-", other, "-f", "jsonl", stdin=DRAFT.encode()))


def test_the_draft_in_the_folder_of_evidence_is_no_evidence_for_itself(draft: Path) -> None:
    result = run("check", draft, "--against", draft.parent)

    assert "没有来源 no source 2" in result.stdout


def test_reports_of_one_name_stay_apart(draft: Path, tmp_path: Path) -> None:
    first = saved(tmp_path / "a" / "draft.txt", OTHER)
    second = saved(tmp_path / "b" / "draft.txt", OTHER.replace("85家", "97家").replace("昌都市", "芒康县"))

    result = run("check", draft, first, second, "-f", "jsonl")

    assert {("draft", "59家"), ("draft-2", "85家"), ("draft-3", "97家")} <= contradicted(result)
    assert f"{first}: another input is named draft too; this one is draft-2 here" in result.stderr


def test_another_file_is_looked_at_too_and_evidence_is_taken_as_it_is(draft: Path, tmp_path: Path) -> None:
    wrong = saved(
        tmp_path / "wrong.txt",
        "2023年全县共实施项目77个，其中教育项目4个、医疗项目29个、产业项目17个、住房项目19个、交通项目7个。\n",
    )

    looked_at, taken = run("check", draft, wrong), run("check", draft, "--against", wrong)

    assert looked_at.exit_code == 3, looked_at.output
    assert "4 + 29 + 17 + 19 + 7 ≠ 77" in looked_at.stdout
    assert "（wrong）：2023年全县共实施项目77个" in looked_at.stdout
    assert taken.exit_code == 0, taken.output


def test_unreadable_evidence_is_named_and_the_rest_is_done(draft: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    false = saved(tmp_path / "false.jsonl", '{"doc": "a"}\n')
    cut = saved(tmp_path / "cut.evidence", '{"shanhai":"evidence","version":1}\n{"doc"')

    result = run(
        "check", draft, broken, false, cut, saved(tmp_path / "same.txt", SAME), tmp_path / "missing.txt"
    )

    assert result.exit_code == 1
    assert "有据 backed 2" in result.stdout
    assert "4 inputs could not be read and were not used" in result.stdout
    told = result.stderr.splitlines()
    assert [name in line for name, line in zip(("broken", "false", "cut", "missing"), told, strict=True)] == [
        True
    ] * 4
    assert "false.jsonl: no claims of version 1: line 1: Object missing required field `start`" in told[1]
    assert "cut.evidence: it was cut off: line 2" in told[2]


def test_what_needs_attention_outweighs_what_cannot_be_read(draft: Path, tmp_path: Path) -> None:
    assert run("check", draft, saved(tmp_path / "other.txt", OTHER), tmp_path / "missing.txt").exit_code == 3


@pytest.mark.parametrize(
    "name", ["missing.txt", "empty.txt", "broken.docx", "broken.jsonl", "broken.evidence"]
)
def test_an_unreadable_draft_is_told_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    given, output = tmp_path / name, tmp_path / "out" / "checked.html"
    if name != "missing.txt":
        given.write_bytes(b"" if name == "empty.txt" else b"PK\x03\x04 not a zip")

    result = run("check", given, "-f", "html", "-o", output)

    assert result.exit_code == 2
    assert result.stderr.startswith("Error: the draft cannot be read: ")
    assert name in result.stderr
    assert not output.parent.exists()


def test_a_draft_that_is_several_reports_is_refused(draft: Path, tmp_path: Path) -> None:
    other = saved(tmp_path / "other.txt", OTHER)
    evidence = tmp_path / "both.evidence"
    run("claims", draft, other, "-f", "evidence", "-o", evidence)

    folder, pattern, several = (
        run("check", tmp_path),
        run("check", tmp_path / "*.txt"),
        run("check", evidence),
    )

    assert {folder.exit_code, pattern.exit_code, several.exit_code} == {2}
    assert "the first FILE is the draft, which is one file" in folder.stderr
    assert "the first FILE is the draft, which is one file" in pattern.stderr
    assert "both.evidence: it holds 2 reports; the draft is one" in several.stderr


def test_wrong_usage_has_its_own_exit_status(draft: Path) -> None:
    assert run("check").exit_code == 2
    assert run("check", draft, "--format", "xml").exit_code == 2
    assert run("check", draft, "--on", "2024-02-31").exit_code == 2


def test_the_day_is_the_latest_that_the_inputs_state_unless_given(tmp_path: Path) -> None:
    text = "发布时间：2023年5月8日 来源：芒康县人民政府\n芒康县医院门诊楼总投资3000万元，预计2024年6月投入使用。\n"
    promise = saved(tmp_path / "draft.txt", text)
    later = saved(tmp_path / "later.txt", "发布时间：2025年1月3日 来源：昌都市人民政府\n全年义诊45场。\n")

    def codes(*given: object) -> set[str]:
        return {f["code"] for f in findings(run("check", *given, "-f", "jsonl"))} & {
            "promise_open",
            "promise_due",
        }

    assert codes(promise) == {"promise_open"}
    assert codes(promise, later) == {"promise_due"}
    assert codes(promise, "--on", "2025-01-03") == {"promise_due"}
    assert codes(promise, later, "--on", "2023-06-01") == {"promise_open"}


@pytest.mark.parametrize("kind", [f for f in FORMATS if f != "docx"])
def test_an_output_appears_whole_or_not_at_all(kind: str, draft: Path, tmp_path: Path) -> None:
    output = tmp_path / "out" / "checked"

    result = run("check", draft, saved(tmp_path / "other.txt", OTHER), "-f", kind, "-o", output)

    assert result.exit_code == 3, result.output
    assert "85家" in output.read_text("utf-8")
    assert [p.name for p in output.parent.iterdir()] == ["checked"]


def test_the_draft_is_never_overwritten(draft: Path, tmp_path: Path) -> None:
    other = saved(tmp_path / "other.txt", OTHER)

    assert run("check", draft, other, "-o", draft).exit_code == 2
    assert run("check", draft, other, "-o", other).exit_code == 2
    assert draft.read_text("utf-8") == DRAFT
    assert other.read_text("utf-8") == OTHER


def test_a_place_that_cannot_be_written_is_named(draft: Path) -> None:
    result = run("check", draft, "-o", draft / "below-a-file.txt")

    assert result.exit_code == 2
    assert "it lies below a file, which is no folder; choose another place with --output" in result.stderr


def test_comments_go_into_word_documents_only(draft: Path, tmp_path: Path) -> None:
    refused = run("check", draft, "-f", "docx", "-o", tmp_path / "checked.docx")

    assert refused.exit_code == 2
    assert "draft.txt is no Word document" in refused.stderr
    assert "choose --format html" in refused.stderr
    assert not (tmp_path / "checked.docx").exists()


def test_a_word_draft_comes_back_with_comments(tmp_path: Path) -> None:
    document = pytest.importorskip("docx").Document()
    for line in DRAFT.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "draft.docx"))
    other, output = saved(tmp_path / "other.txt", OTHER), tmp_path / "checked.docx"

    result = run("check", tmp_path / "draft.docx", other, "-f", "docx", "-o", output)

    assert result.exit_code == 3, result.output
    comments = pytest.importorskip("docx").Document(str(output)).comments
    assert any("85家" in comment.text for comment in comments)


def test_a_word_report_inside_an_evidence_file_is_no_word_document(tmp_path: Path) -> None:
    document = pytest.importorskip("docx").Document()
    document.add_paragraph(DRAFT)
    document.save(str(tmp_path / "draft.docx"))
    evidence = tmp_path / "draft.evidence"
    assert run("claims", tmp_path / "draft.docx", "-f", "evidence", "-o", evidence).exit_code == 0

    assert run("check", evidence, "-f", "docx", "-o", tmp_path / "checked.docx").exit_code == 2


def test_numbers_of_persons_are_masked_in_the_terminal(tmp_path: Path) -> None:
    text = DRAFT.replace("引进企业", "（联系电话13912345678）引进企业")

    shown = run("check", saved(tmp_path / "draft.txt", text)).stdout

    assert "139" in shown
    assert "13912345678" not in shown


def test_a_limit_for_reports_leaves_room_for_evidence_files(draft: Path, tmp_path: Path) -> None:
    large = saved(tmp_path / "large.txt", OTHER + "队员们在村里。" * 60_000)
    evidence = tmp_path / "large.evidence"
    assert run("claims", large, "-f", "evidence", "-o", evidence).exit_code == 0
    assert evidence.stat().st_size > 1024**2

    refused = run("check", draft, large, "--max-size", 1)
    taken = run("check", draft, evidence, "--max-size", 1)

    assert refused.exit_code == 1
    assert "more than 1 MB" in refused.stderr
    assert taken.exit_code == 3, taken.output
