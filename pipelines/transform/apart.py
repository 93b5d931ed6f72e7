"""Models of which some rows can be made without the others: by unit, by recipient, rolled up over units.

A model says which in its ``meta``: ``{'by': 'recipient'}``. It is a promise that
``tests/models/test_by_unit.py`` keeps: made for chosen units or recipients, its rows are as they stand.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """How rows of a model are made apart from others."""

    column: str
    """Of the model: its rows that have one value there are made together."""
    chosen: str
    """A query of the values of which rows may be others, over table ``noted`` of ``changed.choose``."""
    of_all: str
    """The table that has a row for each there is."""
    inputs: tuple[str, ...]
    """Columns by which rows of what it reads are chosen, the first a table has; none: all are read."""
    led_by: str | None = None
    """The model ``chosen`` asks for more units; where it is another itself, all rows are made."""


_KEYS = '"marts"."dim_recipient_keys"'
WAYS = {
    "unit": Way("unit_code", "SELECT unit_code FROM noted", "meta.unit_digests", ("unit_code",)),
    "recipient": Way(
        "recipient_id",
        "SELECT ids.recipient_id, keys.recipient_key "
        "FROM (SELECT recipient_id FROM noted WHERE recipient_id IS NOT NULL UNION "
        f"SELECT recipient_id FROM {_KEYS} SEMI JOIN noted USING (unit_code)) AS ids "
        f"LEFT JOIN {_KEYS} AS keys USING (recipient_id)",
        _KEYS,
        ("recipient_id", "recipient_key"),
    ),
    # what a unit rolls up are rows of the units below it
    "roll_up": Way(
        "unit_code",
        'SELECT unit_code FROM noted UNION SELECT ancestor_code FROM "intermediate"."int_unit_rollups" '
        "SEMI JOIN noted USING (unit_code)",
        "meta.unit_digests",
        (),
        "int_unit_rollups",
    ),
}
"""By the word a model says."""
