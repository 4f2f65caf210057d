"""The gold of reasoning is sound: its sums are right, and each quote it points to is read as a claim."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from ..conftest import needs

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = sorted((ROOT / "gold" / "reasoning").glob("*/*.yaml"))


def gold() -> ModuleType:
    spec = spec_from_file_location("reasoning_gold", ROOT / "tools" / "reasoning_gold.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GOLD = gold()


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_case_is_sound(path: Path) -> None:
    case = GOLD.load(path)

    wrong = [line for line in case.content.get("arithmetic", []) if not GOLD.holds(line)]
    assert wrong == []
    assert any(case.entries(key) for key in ("expect", "never", "promises", "facts"))
    needs(not case.missing, f"{', '.join(case.missing)} does not lie beside the project")

    evidence = case.evidence()
    docs = [e.doc for e in evidence]
    assert len(set(docs)) == len(docs)
    lines = [line for key in ("expect", "never", "promises", "facts") for line in case.entries(key)]
    pointers = [
        p for line in lines for p in [*line.get("claims", []), *([line["claim"]] if "claim" in line else [])]
    ]
    unread = [p for p in pointers if GOLD.claim_at(GOLD.place(p, evidence), evidence) is None]
    assert unread == []


def test_each_set_has_its_share_of_texts_in_which_nothing_clashes() -> None:
    for which in ("open", "held"):
        found = GOLD.cases(which)
        clean = [case for case in found if not case.entries("expect") and not case.entries("promises")]
        assert len(clean) * 3 >= len(found), which


def test_the_sets_share_no_text() -> None:
    texts = [
        report["text"]
        for which in GOLD.SETS
        for case in GOLD.cases(which)
        for report in case.content["reports"]
        if "text" in report
    ]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    "content",
    [
        "about: x\nreports: [{name: a.txt, text: 共3个。}]\nexpects: []\n",
        "about: x\nreports: [{name: a.txt, text: 共3个。}]\nexpect: [{code: adds}]\n",
        "about: x\nreports: [{name: a.txt, text: 共3个。}]\nexpect: [{code: adds_up, relation: sum}]\n",
        "about: x\nexpect: []\n",
    ],
)
def test_a_case_with_an_unknown_key_code_or_relation_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(content, "utf-8")

    with pytest.raises(GOLD.BadCase):
        GOLD.load(path)


def test_a_quote_is_not_looked_for_inside_a_longer_number(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "about: x\nreports: [{name: a.txt, text: 共24个，其中4个已建成。}]\nnever: [{code: adds_up}]\n",
        "utf-8",
    )
    evidence = GOLD.load(path).evidence()

    assert GOLD.place("a: 4个", evidence) == ("a", 7, "4个")
    with pytest.raises(GOLD.BadCase):
        GOLD.place("a: 4个@2", evidence)
