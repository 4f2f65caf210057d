"""The documentation says what the code does: generated parts, examples, links, names, lists."""

import re
import tomllib
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
import yaml

import shanhai
from shanhai.catalogue.definitions import load_definitions
from shanhai.catalogue.files import OVERLAY
from shanhai.catalogue.indicators import Indicator
from shanhai.catalogue.qualifiers import load_qualifiers
from shanhai.catalogue.units import load_units
from shanhai.claims.contract import VERSION, as_object
from shanhai.claims.exclusions import RULES
from shanhai.cli import COMMANDS
from shanhai.reasoning.relations.relation import Form

from ..conftest import ROOT, needs

READMES = ("README.md", "README.zh.md")
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("gold/**/README.md"),
        ROOT / "examples" / "README.md",
    ]
)
GENERATED = (
    *READMES,
    *(
        f"docs/{name}.md"
        for name in (
            "catalogue",
            "cli",
            "contract",
            "findings",
            "library",
            "notebook",
            "quantities",
            "reasoning",
        )
    ),
)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NEEDS_TABLES = frozenset({"docs/notebook.md"})


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def rows_of(text: str, column: int = 0) -> list[str]:
    """What stands between backquotes at the head of a column of the tables in ``text``."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    found = [re.match(r"`([^`]+)`", row[column]) for row in rows if len(row) > column]
    return [match[1] for match in found if match]


def section(page: str, heading: str) -> str:
    """The text below a heading, up to the next of its level."""
    level = heading.partition(" ")[0]
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^{level} |\Z)", text_of(page), re.DOTALL | re.MULTILINE
    )
    assert found, f"{page} has no heading {heading!r}"
    return found[1]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """``tools/docs.py``, which writes the generated parts."""
    spec = spec_from_file_location("tools_docs", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", GENERATED)
def test_generated_parts_are_fresh_and_examples_run(
    page: str, tool: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs(page not in _NEEDS_TABLES or find_spec("polars") is not None, "polars is not installed")
    monkeypatch.delenv(OVERLAY, raising=False)

    assert set(tool.PAGES) == set(GENERATED)
    assert tool.fresh(page) == text_of(page), (
        f"{page} is stale; run python tools/docs.py and look at what changes"
    )


def test_a_stale_part_is_told(tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    stale = "# Help\n\n<!-- commands -->\nof long ago\n<!-- /commands -->\n\nkept\n"
    (tmp_path / "docs" / "cli.md").write_text(stale, "utf-8")
    monkeypatch.setattr(tool, "ROOT", tmp_path)

    written = tool.fresh("docs/cli.md")

    assert "of long ago" not in written
    assert "## `shanhai claims`" in written
    assert written.startswith("# Help\n")
    assert written.endswith("\nkept\n")


@pytest.mark.parametrize("text", ["no markers", "<!-- commands -->\n<!-- /commands -->\n" * 2])
def test_missing_or_doubled_markers_are_refused(
    text: str, tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "cli.md").write_text(text, "utf-8")
    monkeypatch.setattr(tool, "ROOT", tmp_path)

    with pytest.raises(SystemExit, match=r"docs/cli\.md: put <!-- commands -->"):
        tool.fresh("docs/cli.md")


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_the_make_targets(readme: str) -> None:
    phony = re.search(r"^\.PHONY:(.*)$", text_of("Makefile"), re.MULTILINE)
    assert phony
    targets = set(phony[1].split())
    heading = "## Make targets" if readme == "README.md" else "## make 的各项任务"

    listed = rows_of(section(readme, heading))
    mentioned = set(re.findall(r"`make (\w+)[^`]*`", text_of(readme)))

    assert {name.removeprefix("make ") for name in listed} == targets
    assert mentioned == targets


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = (text_of(readme) for readme in READMES)

    def shape(text: str) -> list[int]:
        return [len(re.findall(sign, text, re.MULTILINE)) for sign in (r"^## ", r"^```", r"^\|", r"^- ")]

    def links(text: str) -> set[str]:
        return set(_LINK.findall(text)) - set(READMES)

    assert shape(english) == shape(chinese)
    assert links(english) == links(chinese)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_point_to_files(page: Path) -> None:
    links = [link.partition("#") for link in _LINK.findall(page.read_text("utf-8")) if "://" not in link]

    broken = [file for file, _, _ in links if file and not (page.parent / file).exists()]
    lost = [
        f"{file}#{anchor}"
        for file, _, anchor in links
        if anchor and anchor not in anchors((page.parent / file if file else page).read_text("utf-8"))
    ]

    assert broken == []
    assert lost == []


def anchors(text: str) -> set[str]:
    """The names that headings are linked by."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_public_names_are_listed() -> None:
    assert sorted(rows_of(text_of("docs/library.md"))) == sorted(shanhai.__all__)


def test_commands_are_listed() -> None:
    headings = re.findall(r"^## `shanhai ([\w-]+)`$", text_of("docs/cli.md"), re.MULTILINE)

    assert headings == list(COMMANDS)
    for readme in READMES:
        assert set(re.findall(r"^shanhai ([\w-]+)", text_of(readme), re.MULTILINE)) == set(COMMANDS)


def test_contract_keys() -> None:
    report = shanhai.read("企业从2家增加到15家。".encode(), name="a.txt")
    (claim,) = shanhai.find_claims(report)
    every = as_object(msgspec.structs.replace(claim, upper=20))
    keys = section("docs/contract.md", "## Keys")

    listed = rows_of(keys)

    assert listed == [*every, *every["definition"]]
    assert text_of("docs/contract.md").startswith(f"# A claim as a JSON object: version {VERSION}\n")


def test_contract_values() -> None:
    keys = section("docs/contract.md", "## Keys")
    words = load_definitions()

    def values(key: str) -> set[str]:
        (row,) = [line for line in keys.splitlines() if line.startswith(f"| `{key}` ")]
        return set(re.findall(r"`(\w+)`", row)) - {key}

    assert values("approx") == set(shanhai.Approx)
    assert values("kind") == set(shanhai.Kind)
    assert values("status") == set(shanhai.Status)
    assert values("stage") == set(words.stage)
    assert values("form") == set(words.form)
    assert values("scope") == set(words.scope)


def test_every_rule_of_exclusion_has_examples_that_are_refused() -> None:
    refused = section("docs/quantities.md", "## What is no quantity")
    rules = [line for line in refused.splitlines() if line.startswith("| `")]
    examples = [example for line in rules for example in re.findall(r"`([^`]+)`", line)[1:]]

    read = {example: found for example in examples if (found := shanhai.find_quantities(example))}

    assert rows_of(refused) == [reason for reason, _ in RULES]
    assert len(examples) >= len(rules)
    assert read == {}


def test_every_row_of_the_qualifiers_is_shown() -> None:
    shown = section("docs/quantities.md", "## Bounds")

    for key, row in load_qualifiers().rows.items():
        assert f"| {row.example} | `{row.gives}` |" in shown, key


def test_every_example_of_a_relation_is_read_in_its_form(tool: ModuleType) -> None:
    told = yaml.safe_load(text_of(tool.REASONED))["relations"]

    for form, texts in told.items():
        assert form in set(Form)
        for text in texts:
            findings, _ = tool.held_together(text)
            assert form in {f.detail.get("relation") for f in findings}, text


def test_every_example_of_an_implied_number_implies_one(tool: ModuleType) -> None:
    for text in yaml.safe_load(text_of(tool.REASONED))["implied"]:
        assert shanhai.Code.IMPLIED in {f.code for f in tool.held_together(text)[0]}, text


def test_nothing_is_said_of_figures_that_are_not_tied(tool: ModuleType) -> None:
    for entry in yaml.safe_load(text_of(tool.REASONED))["silent"]:
        told = [f for f in tool.held_together(entry["text"])[0] if f.detail["check"] == tool.ARITHMETIC]
        assert told == [], entry["text"]


def test_the_parts_of_a_whole_name_their_smallest_set(tool: ModuleType) -> None:
    text = "实施项目76个，按性质分，新建34个、续建45个；按行业分，教育30个、卫生46个。"

    (fault,) = [f for f in tool.held_together(text)[0] if f.code is shanhai.Code.DOES_NOT_ADD_UP]

    assert [c.quote for c in fault.claims] == ["76个", "34个", "45个"]


def test_dependencies_are_listed_with_reasons() -> None:
    project: dict[str, Any] = tomllib.loads(text_of("pyproject.toml"))
    extras: dict[str, list[str]] = project["project"]["optional-dependencies"]
    named = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(name for extra in extras.values() for name in extra if not name.startswith("shanhai[")),
    ]
    lines = [
        line.strip("| ").split(" | ")
        for line in text_of("docs/dependencies.md").splitlines()
        if line.startswith("| `")
    ]

    assert sorted(line[0].strip("`") for line in lines) == sorted(
        re.split(r"[<>=!~\[; ]", name)[0] for name in named
    )
    assert all(len(line) == 4 and all(line) for line in lines)


def test_the_indicator_in_contributing_is_one() -> None:
    (shown,) = re.findall(r"^```yaml\n(.*?)^```", text_of("CONTRIBUTING.md"), re.DOTALL | re.MULTILINE)
    units = load_units()

    indicator = msgspec.convert(yaml.safe_load(shown), Indicator, strict=False)

    assert indicator.problems(frozenset({*units.kinds, *units.kind_of})) == []


def test_architecture_names_what_exists() -> None:
    where = section("ARCHITECTURE.md", "## Where a change goes")
    rows = [
        line.strip("| ").split(" | ")
        for line in where.splitlines()
        if line.startswith("| ") and " | " in line
    ]
    paths = [
        path for row in rows[1:] for path in re.findall(r"`([a-z_]+(?:/[\w.{}-]+)*)`", row[1]) if "/" in path
    ]
    package = ROOT / "src" / "shanhai"

    missing = [
        path
        for path in paths
        if not re.search("[A-Z]{2}", path)
        and not any((base / path).exists() for base in (ROOT, package))
        and not (path.startswith("data") and (package / "catalogue" / path).exists())
    ]

    assert len(rows) > 20
    assert len(paths) > 20
    assert missing == []


@pytest.mark.parametrize("package", ["reasoning", "ledger", "programme", "web"])
def test_architecture_names_every_room(package: str) -> None:
    _, _, rooms = section("ARCHITECTURE.md", "## How a number travels").partition(
        f"The rooms of `shanhai.{package}`:"
    )
    before, _, rest = rooms.partition("| room |")
    rows = [line for line in rest.partition("\n\n")[0].splitlines() if line.startswith("| ")]
    in_table = [name for row in rows for name in re.findall(r"`(\w+)`", row.strip("| ").split(" | ")[0])]
    folder = ROOT / "src" / "shanhai" / package
    there = {p.stem for p in folder.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()}

    assert len(in_table) == len(set(in_table))
    assert {*in_table, *re.findall(r"`(\w+)`", before)} == there - {"__init__"}


def test_planned_packages_are_not_there_yet() -> None:
    planned = rows_of(section("ARCHITECTURE.md", "## Not there yet"))

    assert planned
    assert [name for name in planned if find_spec(name) is not None] == []


def test_every_target_of_gold_is_a_set() -> None:
    sets = rows_of(section("gold/README.md", "## The sets"))

    assert {name for name in sets if (ROOT / "gold" / name).is_dir()} == set(sets) - {"seeds-a"}


def test_decisions_have_the_same_parts_and_are_numbered_on() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
        assert headings[0].startswith(f"{int(page.name[:4])}. "), page.name
        assert headings[1:] == ["Context", "Choice", "Rejected"], page.name
