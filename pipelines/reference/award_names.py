"""Written award names → the key they are looked up by, and the table of all known names.

What is dropped from a name stands in data/reference/award_names.yaml (docs/contract.md#values); nothing
else is guessed: a key that is not in the table is an award without a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.text.keys import match_key

if TYPE_CHECKING:  # reading processes look names up without the models of reference files
    from pipelines.reference.models.awards import Award, AwardNamesFile

# Results are remembered within these bounds: files are hostile.
_MOST_KNOWN, _LONGEST_KNOWN = 100_000, 300


@dataclass(frozen=True, slots=True)
class Alias:
    """A known name of an award; `city_only` names hold for units of a city under central government."""

    alias_key: str
    city_only: bool
    award_code: str
    written: str


class AwardNames:
    """Turns a written name into (key, rank) and lists the keys of known names.

    Args:
        rules: award_names.yaml.
        awards: awards.yaml.
        provinces: names of provinces and cities, without «Tỉnh» or «Thành phố».
        cities: those of them that are cities under central government.
    """

    def __init__(
        self, rules: AwardNamesFile, awards: Sequence[Award], provinces: Sequence[str], cities: Sequence[str]
    ) -> None:
        """Prepare the patterns."""
        self._known: dict[str, tuple[str, str | None]] = {}
        self._quotes = str.maketrans(dict.fromkeys(rules.quotation_marks, " "))
        self._keep = {match_key(words) for words in rules.keep}
        self._leading = re.compile(rf"(?:(?:{_any(rules.leading_words)})[ :]+)+")
        ranks = [(match_key(label), rank.rank) for rank in rules.rank.values for label in rank.labels]
        self._ranks = dict(ranks)
        self._rank = re.compile(rf"[ ,(]+{re.escape(match_key(rules.rank.word))} ({_any(self._ranks)})\)?$")
        self._province = re.compile(rf"((?:^| )(?:{_any(rules.province_after)})) (?:{_any(provinces)})$")
        official = {award.code: match_key(award.official_name) for award in awards}
        self._prefixes = [
            (match_key(rule.starts), official.get(rule.award_code, "")) for rule in rules.prefixes
        ]
        self._read_as = match_key(rules.city_word.read_as)
        self._written = match_key(rules.city_word.written)
        self._cities = [match_key(city) for city in cities]
        self._city_name = re.compile(rf"{re.escape(self._written)} (?:{_any(cities)})(?: |$)")

    def key(self, text: str) -> tuple[str, str | None]:
        """The key of a written award name and its rank (`Nhất | Nhì | Ba`), None where there is none.

        Args:
            text: the name as written, in any form `match_key` takes.
        """
        known = self._known.get(text)
        if known is None:
            known = self._read(text)
            if len(self._known) < _MOST_KNOWN and len(text) < _LONGEST_KNOWN:
                self._known[text] = known
        return known

    def _read(self, text: str) -> tuple[str, str | None]:
        key = match_key(text.translate(self._quotes)).strip(" .,;:")
        if key not in self._keep:
            key = self._leading.sub("", key, count=1) if self._leading.match(key) else key
        rank = None
        if found := self._rank.search(key):
            rank, key = self._ranks[found.group(1)], key[: found.start()]
        key = self._province.sub(r"\1", key).strip(" .,;:")
        for starts, official in self._prefixes:
            if key == starts or key.startswith(starts + " "):
                key = official
        return key, rank

    def aliases(self, awards: Sequence[Award]) -> Iterator[Alias]:
        """Every known name of these awards as a key; one name may come more than once."""
        for award in awards:
            if award.is_group:
                continue
            for written in (award.official_name, *award.short_forms, *award.spelling_variants_seen):
                key = self.key(written)[0]
                is_city = self._written in key and not self._city_name.search(key)
                yield Alias(key, is_city, award.code, written)
                if re.search(rf"\b{re.escape(self._read_as)}\b", key):
                    for city_key in self._as_city(key):
                        yield Alias(city_key, True, award.code, written)

    def _as_city(self, key: str) -> Iterator[str]:
        """The same name as a unit of a city writes it: «Thành phố», alone or with the city's name."""
        yield (in_city := re.sub(rf"\b{re.escape(self._read_as)}\b", self._written, key))
        if key.endswith(self._read_as):
            for city in self._cities:
                yield f"{in_city} {city}"


def _any(words: Sequence[str] | dict[str, str]) -> str:
    """A pattern of alternatives on the match key, longest first."""
    return "|".join(sorted((re.escape(match_key(word)) for word in words), key=len, reverse=True))
