"""Whether records that stand above one another go round in a circle."""

from collections.abc import Iterator

from shanhai.programme.kinds.kind import Check, Draft, Problem

_DEEPEST = 50


def no_loop(field: str, zh: str, en: str) -> Check:
    """A check that a record is not its own ancestor by a field that names another of its kind."""

    def check(draft: Draft) -> Iterator[Problem]:
        above = draft.values.get(field)
        keys = [draft.key]
        while above is not None and len(keys) <= _DEEPEST:
            keys.append(above.key)
            if above.key == draft.key:
                chain = " → ".join(keys)
                yield Problem(
                    field,
                    f"{zh}绕成了圈：{chain}。请改其中一个。",
                    f"The {en} goes round in a circle: {chain}. Change one of them.",
                )
                return
            above = getattr(above, field)

    return check
