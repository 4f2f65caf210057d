"""Sets of element names, written as one would say them."""


def tags(names: str) -> frozenset[str]:
    """The names in ``names``, which spaces separate."""
    return frozenset(names.split())
