"""The key of an award's name: what the contract allows to drop is dropped, nothing else is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.text.keys import match_key


@dataclass(frozen=True, slots=True)
class AwardNames:
    """What is dropped from an award's name before matching (``award_names.yaml``)."""

    quotes: str
    leading: tuple[str, ...]
    ranks: dict[str, str]
    """Trailing words on the match key (``hạng nhất``) -> rank."""
    province_after: tuple[str, ...]
    provinces: frozenset[str]
    city_word: tuple[str, str]
    city_provinces: frozenset[str]
    prefixes: tuple[tuple[str, str], ...]
    """Start of a name on the match key -> the name it stands for (``giấy khen của`` -> ``giấy khen``)."""
    keep: frozenset[str]
    """Names whose leading word belongs to them."""


class AwardKeys(dict[str, tuple[str, str | None]]):
    """Award text -> (key, rank), remembered; one for each side of ``Thành phố`` reading as ``tỉnh``.

    Source: CONTRACT section 2, «Values», award names.
    """

    MOST = 100_000

    def __init__(self, names: AwardNames, in_city: bool) -> None:
        """Prepare for units of a city under central government (``in_city``) or of a province."""
        super().__init__()
        self._names = names
        self._in_city = in_city
        quotes = re.escape("".join({*names.quotes, *match_key(names.quotes)}))
        self._quotes = re.compile(f"[{quotes}]")
        provinces = "|".join(sorted(map(re.escape, names.provinces), key=len, reverse=True))
        after = "|".join(sorted(map(re.escape, names.province_after), key=len, reverse=True))
        self._province = re.compile(rf"\b({after}) (?:{provinces})$")
        self._leading = re.compile(rf"^(?:{'|'.join(map(re.escape, names.leading))}) ")
        self._rank = re.compile(rf" ({'|'.join(map(re.escape, names.ranks))})$")

    def __missing__(self, text: str) -> tuple[str, str | None]:
        names = self._names
        key = " ".join(self._quotes.sub("", match_key(text)).split()).strip(" .;,:")
        while key not in names.keep and (shorter := self._leading.sub("", key)) != key:
            key = shorter
        rank = None
        if found := self._rank.search(key):
            rank, key = names.ranks[found.group(1)], key[: found.start()].rstrip(" ,")
        if self._in_city:
            key = re.sub(rf"\b{re.escape(names.city_word[0])}\b", names.city_word[1], key)
        key = self._province.sub(r"\1", key)
        for start, whole in names.prefixes:
            if key.startswith(start + " "):
                key = whole
        if len(self) >= self.MOST:
            self.clear()
        self[text] = key, rank
        return key, rank
