"""Titles of reports in the messages of findings."""

import pytest

from shanhai.ledger.titles import distinct, entitled
from shanhai.model import Message


def test_a_finding_names_its_reports_by_their_titles() -> None:
    told = Message(
        "同一件事说法不一：《brief-5》说“12名”，《brief-6》说“13名”。",
        "The same thing is reported differently: brief-5 says 12名, brief-6 says 13名; both cannot be true.",
    )

    named = entitled(told, {"brief-5": "五月简报", "brief-6": "六月简报 brief-5"})

    assert named.zh == "同一件事说法不一：《五月简报》说“12名”，《六月简报 brief-5》说“13名”。"
    assert named.en.startswith(
        "The same thing is reported differently: 《五月简报》 says 12名, 《六月简报 brief-5》 says"
    )


@pytest.mark.parametrize("doc", ["2023", "工作"])
def test_a_name_that_may_be_a_word_of_the_message_gives_way_only_between_its_brackets(doc: str) -> None:
    told = Message(f"《{doc}》承诺：“{doc}年派12名”（{doc}）", f"{doc} promises: “{doc}, 12名”")

    named = entitled(told, {doc: "年度总结"})

    assert named == Message(f"《年度总结》承诺：“{doc}年派12名”（{doc}）", told.en)


def test_a_title_that_two_reports_have_does_not_name_either() -> None:
    titles = {"a": "工作简报", "b": "工作简报", "c": "年度总结", "d": "", "e": "会" * 61}

    assert distinct(titles) == {"c": "年度总结", "e": "会" * 59 + "…"}
