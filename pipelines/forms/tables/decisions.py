"""The day of a decision where it stands in the cell of its number: ``412/QĐ-SNV ngày 15/01/2020``."""

from __future__ import annotations

from pipelines.forms.part import Part
from pipelines.forms.values.typed import document_number, first_date
from pipelines.forms.values.values import DATE
from pipelines.text.dates_vi import DateReading

SHORTEST = 12
"""Shorter texts hold no number with a day."""


def days_beside_numbers(
    part: Part, texts: dict[str, list[str | None]], dates: list[DateReading | None]
) -> list[DateReading | None]:
    """Part numbers of decisions from the days beside them, in rows without a day of their own.

    Args:
        part: the part; its form says which column may tell a day too.
        texts: the columns as text; numbers that were parted from a day are changed in place, and the whole
            text is kept as that of the day.
        dates: the days read from a column of their own.

    Returns:
        The days of all rows.
    """
    column = next((each for each in part.form.tables[0].columns if each.day), None)
    if column is None or column.day is None:
        return dates
    numbers, found = list(texts[column.id]), list(dates)
    days = list(texts[column.day])
    for row, text in enumerate(numbers):
        if text is None or found[row] is not None or len(text) < SHORTEST:
            continue
        number, day = document_number(text), first_date(text)
        if number and day:
            numbers[row], found[row], days[row] = number, DATE[day], text
    texts[column.id], texts[column.day] = numbers, days
    return found
