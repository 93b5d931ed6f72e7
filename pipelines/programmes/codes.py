"""Codes made of names: «Sở Y tế» of LS-2630 is LS26-SO-Y-TE."""

from __future__ import annotations

import re

from pipelines.text.keys import search_key


def start_of(programme_id: str, first_year: int) -> str:
    """What all codes of a programme begin with."""
    return f"{programme_id.partition('-')[0]}{first_year % 100:02d}"


def code_of(start: str, name: str) -> str:
    """The code of something by its name."""
    return f"{start}-{re.sub(r'[^a-z0-9]+', '-', search_key(name)).strip('-').upper()}"
