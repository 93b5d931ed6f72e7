"""Findings on the values of an award list that were not understood."""

from __future__ import annotations

from typing import Any

from pipelines.forms.part import Part, short
from pipelines.forms.tables.body import Body
from pipelines.forms.tables.header import Binding
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.forms.values.several import parted, several_awards, several_names
from pipelines.forms.values.values import WORDS
from pipelines.inbox.document import Grid
from pipelines.text.dates_vi import DateReading


class Finder:
    """Findings on values of a column that were not understood."""

    def __init__(self, part: Part, grid: Grid, binding: Binding, body: Body, names: list[str | None]) -> None:
        self.part, self.grid, self.binding, self.body, self.names = part, grid, binding, body, names

    def _find(self, rule_id: str, field: str, number: int, text: str | None, **params: Any) -> None:
        self.part.find(
            rule_id,
            self.grid,
            self.body.rows[number],
            self.binding.columns[field],
            field=field,
            recipient_name=self.names[number],
            params={"gia_tri": short(text), "cot": self.part.form.tables[0].by_id[field].label, **params},
        )

    def unknown(
        self,
        field: str,
        texts: list[str | None],
        codes: list[str | None],
        rule_id: str,
        of_others: tuple[frozenset[str], str] = (frozenset(), ""),
    ) -> None:
        """A text that is none of the field's values; those of other recipients have a rule of their own."""
        if field not in self.binding.columns:
            return
        if all(text is None or code is not None for text, code in set(zip(texts, codes, strict=True))):
            return
        for number, (text, code) in enumerate(zip(texts, codes, strict=True)):
            if text is not None and code is None:
                self._find(of_others[1] if WORDS[text] in of_others[0] else rule_id, field, number, text)

    def several(
        self, body: Body, kinds: list[str | None], awards: list[str | None], reference: ReferenceValues
    ) -> None:
        """A cell that holds several names or several awards."""
        words = self.part.catalogue.words
        written = body.columns.get("recipient_name", [])
        for number in parted(written):
            name = str(written[number])
            if several_names(name, kinds[number], words):
                self._find("RD-NHIEU-TEN", "recipient_name", number, name)
        given = body.columns.get("award", [])
        many = {text for text in set(given) if isinstance(text, str) and several_awards(text, reference)}
        for number, text in enumerate(given if many else []):
            if text in many:
                self._find("RD-NHIEU-DANH-HIEU", "award", number, awards[number])

    def repaired(self, field: str, texts: list[str | None], table: dict[str, str]) -> None:
        """A text understood only after a known misreading was set right."""
        if field not in self.binding.columns:
            return
        repair = self.part.catalogue.words.repair
        wrong = {
            text for text in set(texts) if text and WORDS[text] not in table and repair(WORDS[text]) in table
        }
        for number, text in enumerate(texts if wrong else []):
            if text in wrong:
                self._find("RD-SUA-OCR", field, number, text)

    def time(self, field: str, readings: list[DateReading | None], rule_id: str) -> None:
        """A text that is no date or year."""
        problems = self.part.catalogue.words.problems
        for number, reading in enumerate(readings):
            if reading is not None and reading.problem:
                why = {"ly_do": reading.problem, "vi_sao": problems.get(reading.problem, "")}
                self._find(rule_id, field, number, reading.text, **why)
