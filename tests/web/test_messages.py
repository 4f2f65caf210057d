"""Every text of the web application has its English, and the files that carry it are fresh."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from ..conftest import ROOT


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def an_area(web: Path, name: str, template: str) -> Path:
    area = web / name
    (area / "templates").mkdir(parents=True)
    (area / "__init__.py").touch()
    (area / "templates" / "page.html").write_text(template, "utf-8")
    return area


def test_every_text_has_its_english(tool: ModuleType) -> None:
    assert tool.faults() == []


def test_a_text_without_english_is_told(tool: ModuleType, tmp_path: Path) -> None:
    an_area(tmp_path, "made", '<p>\n  {% translate "新词" %} {{ n }}</p>')
    tool._update(tmp_path)

    assert tool.faults(tmp_path) == ["made: no English for '新词'"]


def test_a_stale_file_is_told(tool: ModuleType, tmp_path: Path) -> None:
    area = an_area(tmp_path, "made", '{% translate "新词" %}')
    tool._update(tmp_path)
    po = area / "locale" / "en" / "LC_MESSAGES" / "django.po"
    po.write_bytes(
        po.read_bytes().replace('msgid "新词"\nmsgstr ""'.encode(), 'msgid "新词"\nmsgstr "New"'.encode())
    )

    assert tool.faults(tmp_path) == ["made: django.mo is stale; run python tools/messages.py"]

    tool._update(tmp_path)

    assert tool.faults(tmp_path) == []


def test_one_text_has_one_english(tool: ModuleType, tmp_path: Path) -> None:
    for name, english in (("first", "Source"), ("second", "Origin")):
        area = an_area(tmp_path, name, '{% translate "来源" %}')
        tool._update(tmp_path)
        po = area / "locale" / "en" / "LC_MESSAGES" / "django.po"
        told = po.read_bytes().replace(
            'msgid "来源"\nmsgstr ""'.encode(), f'msgid "来源"\nmsgstr "{english}"'.encode()
        )
        po.write_bytes(told)
    tool._update(tmp_path)

    assert tool.faults(tmp_path) == ["second: '来源' is 'Origin' here, 'Source' in first"]


def test_plurals_are_collected(tool: ModuleType, tmp_path: Path) -> None:
    area = an_area(
        tmp_path,
        "made",
        "{% blocktranslate count n=n trimmed %}{{ n }} 份{% plural %}{{ n }} 份{% endblocktranslate %}",
    )

    (message,) = [m for m in tool.texts(area) if m.id]

    assert message.id == ("%(n)s 份", "%(n)s 份")
