"""The words of promises and of recycled numbers: what is in the files, and what is refused."""

import msgspec

from shanhai.catalogue.promises import load_promises
from shanhai.catalogue.recycled import load_recycled


def test_every_act_has_its_stage() -> None:
    stages = load_promises().stage

    assert stages["开工"] < stages["建成"] < stages["投入使用"]


def test_wrong_entries_are_named() -> None:
    words = load_promises().words
    wrong = msgspec.structs.replace(words, acts={"use": ("启用",), "rest": ("停用",)}, months={"岁末": 13})

    assert wrong.problems() == [
        "acts: 'rest' is no stage; use one of start, build, use",
        "acts: start is missing; add it",
        "acts: build is missing; add it",
        "months: 岁末: 13 is no month; write 1 to 12",
    ]


def test_dates_and_words_of_time_are_left_out() -> None:
    assert load_recycled().period.sub("", "截至2023年底，今年1至11月培训了人") == "，培训了人"
