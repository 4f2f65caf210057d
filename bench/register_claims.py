"""Claims held against the register of 50,000 projects and 2 million money events: a draft of a thousand figures, as the checker
and a rebuilding hold them. Figures are invented; most differ from the register, which is the dearest case."""

from collections.abc import Callable
from random import Random
from typing import Any

SENTENCES, QUICK_SENTENCES = 250, 10
"""Of four figures each."""


def matching(clock: Callable[[], float], quick: bool) -> dict[str, float]:
    """Seconds to hold a draft against the largest pairing's register, and milliseconds a figure once its tables are read."""
    from shanhai.ledger.models import Pairing
    from shanhai.programme.matching.deciding import match
    from shanhai.programme.matching.drafts import answers
    from shanhai.programme.matching.register import Holdings, frame_of
    from shanhai.programme.matching.said import said_of

    pairing = Pairing.objects.get(key="r000")
    draft = _draft(QUICK_SENTENCES if quick else SENTENCES)
    begun = clock()
    told = answers(draft, [pairing])
    whole = clock() - begun
    holdings, frame = Holdings(pairing), frame_of(pairing)
    said = [said_of(claim, draft.date, "") for claim in draft.claims if claim.value is not None]
    for one in said:  # tables are read, and answers to periods are kept
        match(one, holdings.measures(one), frame)
    begun = clock()
    for one in said:
        match(one, holdings.measures(one), frame)
    each = (clock() - begun) / len(said)
    decided = sum(one.says in ("backed", "rounded", "differs") for one in told)
    return {"seconds": whole, "each": each * 1000, "figures": len(said), "decided": decided}


def _draft(sentences: int) -> Any:
    from shanhai import Evidence, find_claims, read

    chance = Random(6)
    lines = ["对口支援工作情况", "2026年7月1日"]
    for _ in range(sentences):
        year, month = chance.randint(2016, 2025), chance.randint(1, 12)
        when = f"{year}年" if chance.random() < 0.5 else f"{year}年{month}月"
        lines.append(
            f"{when}，到位援藏资金{chance.randint(100, 90000)}万元，完成支出{chance.randint(100, 90000)}万元，"
            f"实施援藏项目{chance.randint(1, 900)}个，完工项目{chance.randint(1, 300)}个。"
        )
    report = read("\n".join(lines).encode(), name="draft.txt")
    return Evidence(report.doc, tuple(find_claims(report)), report)
