"""What ``thidua programme check`` says: every mistake at once, or what can never come about."""

from __future__ import annotations

from pathlib import Path

from pipelines.reference.checks.idle import idle
from pipelines.reference.errors import Problem
from pipelines.reference.load import load_with_places
from pipelines.reference.settings import Settings
from pipelines.reference.tables.tables import policy_values


def warnings(folder: Path, settings: Settings, programme: str | None = None) -> list[Problem]:
    """What of the programmes can never come about: each with file, line and a plain sentence.

    Args:
        folder: the reference data.
        settings: the policies in force.
        programme: of this one only.

    Raises:
        ReferenceError: with every mistake, when there are any.
        KeyError: there is no such programme.
    """
    loaded = load_with_places(folder)
    policies = policy_values(loaded.reference, settings)
    known = loaded.reference.programmes
    chosen = [known[programme]] if programme else list(known.values())
    return sorted(
        {
            loaded.places.problem(*said)
            for rules in chosen
            for said in idle(loaded.reference, rules, loaded.forms, policies)
        }
    )
