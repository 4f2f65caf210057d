"""The grade of a fact: how many independent sources, of what kind, how well defined, whether contradicted.

The rule is data (``grading.yaml``); each part of a grade says why it has its points.
"""

from collections.abc import Sequence

from shanhai.catalogue.grading import Grading, Part, load_grading
from shanhai.catalogue.publishers import UNKNOWN, load_publishers
from shanhai.model import Claim, Grade, GradePart, Message


def grade(*, sources: Sequence[str], supporting: Sequence[Claim], opposed: bool) -> Grade:
    """How far a fact can be relied on.

    Args:
        sources: the kinds of the independent sources that tell it, one each; copies of one release are one.
        supporting: the claims that agree with one another.
        opposed: whether claims about the same thing exclude them.

    Raises:
        ValueError: when there is no source, no claim, or a kind of source that the catalogue does not know.
    """
    rule = load_grading()
    unknown = sorted({s for s in sources if s not in rule.best_source})
    if unknown:
        raise ValueError(f"kind of source {unknown[0]!r} is none of {', '.join(rule.best_source)}")
    if not sources or not supporting:
        raise ValueError("a fact has at least one source and one claim")
    parts = (
        _sources_part(rule, len(sources)),
        _kind_part(rule, sources),
        _definition_part(rule, supporting),
        _contradiction_part(rule, len(sources), opposed),
    )
    points = sum(p.points for p in parts)
    letter = next(letter for letter, least in rule.letters.items() if points >= least)
    caps = [rule.opposed_at_best] if opposed else []
    caps += [rule.unknown_at_best] if set(sources) == {UNKNOWN} else []
    order = list(rule.letters)
    return Grade(max([letter, *caps], key=order.index), points, rule.out_of, parts)


def _sources_part(rule: Grading, number: int) -> GradePart:
    most = rule.most_for_sources
    why = Message(
        f"有{number}个独立来源；转载同一稿件的只算一个，最多计{most}分。",
        f"{number} independent source{'' if number == 1 else 's'}; copies of one release are one; {most} points at most.",
    )
    return GradePart("sources", min(number, most), most, why)


def _kind_part(rule: Grading, sources: Sequence[str]) -> GradePart:
    best = max(sources, key=lambda s: rule.best_source[s])
    most = max(rule.best_source.values())
    if best == UNKNOWN:
        cap = rule.unknown_at_best
        why = Message(
            f"看不出发布者是谁，最高评{cap}级。",
            f"It is not known who published it; {cap} at best.",
        )
    else:
        kind = load_publishers()[best]
        why = Message(f"最可靠的来源是{kind.name_zh}。", f"The best source is of the kind: {kind.name_en}.")
    return GradePart("best_source", rule.best_source[best], most, why)


def _definition_part(rule: Grading, supporting: Sequence[Claim]) -> GradePart:
    missing = [a for a in rule.asked if not any(_tells(c, a.part) for c in supporting)]
    if missing:
        why = Message(
            f"没有写明：{'、'.join(a.name_zh for a in missing)}。",
            f"Not told: {', '.join(a.name_en for a in missing)}.",
        )
    else:
        why = Message("口径写得完整。", "What is counted is told in full.")
    return GradePart("definition", len(rule.asked) - len(missing), len(rule.asked), why)


def _tells(claim: Claim, part: Part) -> bool:
    """Whether a claim tells one thing that a definition needs."""
    card = claim.definition
    match part:
        case Part.INDICATOR:
            return claim.indicator is not None
        case Part.PERIOD:
            return claim.period is not None
        case Part.PLACE:
            return claim.place is not None
        case Part.COUNTING:
            # Rates and measures count nothing: the unit says all.
            money = claim.unit.endswith("元")
            return card.form is not None if money else claim.unit != ""
        case Part.SINCE:
            return not card.cumulative or card.since is not None


def _contradiction_part(rule: Grading, number: int, opposed: bool) -> GradePart:
    if opposed:
        cap = rule.opposed_at_best
        why = Message(
            f"有别的说法与它矛盾，最高评{cap}级。",
            f"Other claims about the same thing contradict it; {cap} at best.",
        )
        return GradePart("contradiction", rule.opposed, rule.agreed, why)
    if number == 1:
        why = Message(
            "没有矛盾，但也没有别的来源印证。", "Nothing contradicts it, and no other source bears it out."
        )
        return GradePart("contradiction", rule.alone, rule.agreed, why)
    why = Message("各来源互相一致，没有矛盾。", "The sources agree; nothing contradicts it.")
    return GradePart("contradiction", rule.agreed, rule.agreed, why)
