"""How letters address the units of a new programme, and who writes them."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.common.yaml_files import read_plain
from pipelines.programmes.answers import Answers
from pipelines.reference.models.base import TO_FILL

TEMPLATES = Path(__file__).parent / "folder"


def official_name(name: str) -> str:
    """How the body of a territory is addressed: ``UBND xã Đồi Thông``; other bodies by their name alone."""
    words = read_plain(TEMPLATES / "territories.yml")
    found = next((word for word in words["territories"] if re.match(rf"{word} [^\W\d_]", name)), None)
    whole = found and name[len(found) + 1].isupper()
    return str(words["body"]).format(name=name[0].lower() + name[1:]) if whole else ""


def letter_of(answers: Answers) -> dict[str, str]:
    """The letterhead; who writes for the body only its people know: not told, it is to fill in."""
    words = read_plain(TEMPLATES / "territories.yml")
    usual = {"superior": answers.issuing_body}
    for start in words["places"]:
        if answers.head.startswith(f"{start} "):
            usual["place"] = answers.head.removeprefix(f"{start} ")
    given = answers.letter.model_dump()
    return {key: value or usual.get(key, TO_FILL) for key, value in given.items()}


def called_in_letters(answers: Answers) -> str:
    """How letters call the programme: its title, with the years where it does not tell them."""
    first, last = answers.years
    if re.search(rf"\b{first}\s*[-–—]\s*{last}\b", answers.title):
        return answers.title
    return f"{answers.title}, giai đoạn {first} - {last}"
