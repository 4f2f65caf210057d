"""Furniture as data: faults are told on load, and cues and names are found."""

from pathlib import Path

import pytest

from shanhai.catalogue.files import decode
from shanhai.catalogue.furniture import Cues, Furniture, check, load_furniture, names_caption, names_furniture
from shanhai.model import CatalogueError


class TestFurnitureFile:
    def test_the_file_is_sound(self) -> None:
        assert check(load_furniture()) == []

    def test_a_role_that_is_content_is_refused(self) -> None:
        faulty = self.altered(role="body")
        assert "gives furniture or byline" in check(faulty)[0]

    def test_an_example_that_is_not_found_is_refused(self) -> None:
        assert "is not found" in check(self.altered(examples=["别的"]))[0]

    def test_a_faulty_expression_is_refused(self) -> None:
        assert "no regular expression" in check(self.altered(patterns=[{"signs": [], "forms": ["("]}]))[0]

    def test_an_unknown_key_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "furniture.yaml"
        path.write_text("groups: {}\nmenu: {words: [], examples: []}\nmeun: 1\n", "utf-8")
        with pytest.raises(CatalogueError, match="meun"):
            decode(path, Furniture)

    @staticmethod
    def altered(**changes: object) -> Furniture:
        import msgspec

        data = msgspec.to_builtins(load_furniture())
        data["groups"]["keywords"].update(changes)
        return msgspec.convert(data, Furniture)

    def test_cues_are_found_by_every_part_of_a_line(self) -> None:
        cues = Cues(load_furniture())
        assert cues.starting_group("（责 编：王芳）") is load_furniture().groups["editor"]
        assert cues.whole_group("第3页 共8页") is load_furniture().groups["page_number"]
        assert cues.starting_group("普通的句子") is None

    @pytest.mark.parametrize(
        "names", ["nav", "top-nav", "g-footer clearfix", "share_box", "footer2", "related-news"]
    )
    def test_names_of_furniture(self, names: str) -> None:
        assert names_furniture(names)

    @pytest.mark.parametrize(
        "names", ["content", "TRS_Editor", "article", "navy", "main-text", "article-header", ""]
    )
    def test_names_of_text(self, names: str) -> None:
        assert not names_furniture(names)
        assert not names_caption(names)


def test_expressions_are_compiled_when_a_line_needs_them() -> None:
    cues = Cues(load_furniture())
    assert cues.compiled == 0
    assert cues.whole_group("第3页 共8页") is not None
    assert 0 < cues.compiled < len(cues.patterns)
