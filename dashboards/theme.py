"""Colours and type of the pages, once for light and once for dark; charts name colours by their token.

Contrast ratios are computed in EXPERIENCE section 3; the tests compute them again from here.
"""

from __future__ import annotations

from typing import Any

FONT = '"Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'

LIGHT = {
    "surface": "#FFFFFF", "raised": "#F4F6F9", "line": "#D5DCE3", "grid": "#E6EAEF",
    "text": "#1B2733", "muted": "#4A5764", "link": "#0B5394",
    "blocking": "#A3184F", "warning": "#8A5000", "information": "#0B5394",
    "covered": "#CFE8DF", "covered-text": "#1B2733", "partial": "#E9A23B", "partial-text": "#1B2733",
    "none": "#A3184F", "none-text": "#FFFFFF", "not-due": "#FFFFFF", "not-due-text": "#4A5764",
    "dashed": "#76818D",
    "direct": "#12436D", "direct-band": "#CBD9E6", "leader": "#C0560B",
    "bar": "#12436D", "bar-soft": "#9DB4CA", "head": "#12436D", "head-text": "#FFFFFF", "focus": "#C0560B",
}  # fmt: skip
DARK = {
    "surface": "#14191F", "raised": "#1C232B", "line": "#36414D", "grid": "#2A333D",
    "text": "#E8EDF2", "muted": "#B3BECA", "link": "#8EC5FF",
    "blocking": "#FF8FB3", "warning": "#F2B84B", "information": "#8EC5FF",
    "covered": "#1F4A3C", "covered-text": "#E8EDF2", "partial": "#B97A14", "partial-text": "#14191F",
    "none": "#FF9DBD", "none-text": "#14191F", "not-due": "#14191F", "not-due-text": "#B3BECA",
    "dashed": "#7C8896",
    "direct": "#8EB8E8", "direct-band": "#2C4157", "leader": "#F4A261",
    "bar": "#8EB8E8", "bar-soft": "#4C6580", "head": "#0C2B47", "head-text": "#FFFFFF", "focus": "#F4A261",
}  # fmt: skip


def css_variables() -> str:
    """The tokens as custom properties: light by default and on paper, dark where the reader's screen is."""

    def block(tokens: dict[str, str]) -> str:
        return "".join(f"--{name}:{value};" for name, value in tokens.items())

    return (
        f":root{{color-scheme:light dark;--font:{FONT};{block(LIGHT)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{block(DARK)}}}}}\n"
    )


def resolved(figure: Any, tokens: dict[str, str] | None = None) -> Any:
    """A figure with every ``@token`` under a colour key replaced by its colour; the browser does the same.

    Args:
        figure: a figure as plain dicts and lists.
        tokens: LIGHT when not given.
    """
    colours = LIGHT if tokens is None else tokens

    def walk(value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return {name: walk(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, key) for inner in value]
        if "color" in key and isinstance(value, str) and value.startswith("@"):
            return colours[value[1:]]
        return value

    return walk(figure, "")
