"""Colours of a style sheet and how well they can be told apart."""

import re


def one(css: str, name: str, nth: int) -> str:
    """The colour that a variable has for the nth time."""
    return re.findall(rf"{name}: (#[0-9a-f]{{6}})", css)[nth]


def contrast(a: str, b: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
