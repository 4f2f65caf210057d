"""From a record to the claims about it and back, each in one step, for who may see them."""

from decimal import Decimal
from typing import Any

from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.programme.actions.matching import rebuild_matches
from shanhai.programme.queries.matches import about_record, findings_about_record, of_statements

from ..conftest import NOON, Enter, arrival, day

TEXT = "昌都市对口支援工作简报\n重庆市援藏工作队 2024年1月10日\n2023年，昌都市到位援藏资金300万元。"


def test_there_and_back(pairing: Pairing, clerk: Actor, enter: Enter, django_assert_num_queries: Any) -> None:
    project = enter("project", "X1", name="住院楼", area="health")
    for key, amount in (("E1", 2000000), ("E2", 1000000), ("E3", 500000)):
        about = {"stage": "arrived", "plan": "in", "project": project, "amount": Decimal(amount)}
        enter("money", key, day=day("2023-05-01"), **about)
    receive(arrival(TEXT), actor=clerk, pairing=pairing, at=NOON)
    rebuild_matches(pairing, actor=clerk, at=NOON)
    with django_assert_num_queries(1):
        (match,) = about_record(clerk, pairing, "project", "X1")
        assert match.statement.quote == "300万元"
        assert match.statement.report.source.sha256
    assert about_record(clerk, pairing, "money", "E2") == [match]
    with django_assert_num_queries(2):
        answer = of_statements(clerk, [match.statement_id])[match.statement_id]
        assert answer.match.pairing.key == "cq-cd"
    assert [r.key for r in answer.records] == ["E3", "E1", "E2"]
    assert answer.records[0].explains
    stranger = Actor("stranger", scoped={pairing.pk + 1: frozenset({Right.READ})})
    assert about_record(stranger, pairing, "money", "E2") == []
    assert of_statements(stranger, [match.statement_id]) == {}


def test_from_a_record_to_the_findings_about_its_claims(pairing: Pairing, clerk: Actor, enter: Enter) -> None:
    project = enter("project", "X1", name="住院楼", area="health")
    enter(
        "money",
        "E1",
        day=day("2023-05-01"),
        stage="arrived",
        plan="in",
        project=project,
        amount=Decimal(3000000),
    )
    text = TEXT.removesuffix("。") + "，其中卫生资金200万元、教育资金150万元。"
    receive(arrival(text), actor=clerk, pairing=pairing, at=NOON)
    rebuild(pairing, actor=clerk, at=NOON)
    rebuild_matches(pairing, actor=clerk, at=NOON)
    (found,) = findings_about_record(clerk, pairing, "project", "X1")
    assert "200 + 150 > 300" in found.message_zh
    assert findings_about_record(clerk, pairing, "project", "X2") == []
    stranger = Actor("stranger", scoped={pairing.pk + 1: frozenset({Right.READ})})
    assert findings_about_record(stranger, pairing, "project", "X1") == []
