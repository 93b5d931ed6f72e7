"""The forms, loaded from ``catalogue/<form_id>/form.yml``: a new layout of a known form is data, not code."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipelines.common.yaml_files import read_plain
from pipelines.forms.form import Form, TableLayout, TitleRule
from pipelines.forms.recognise.labels import has_phrase, misspellings, without_marks, words_key
from pipelines.forms.recognise.period import Periods
from pipelines.forms.row_words import RowWords
from pipelines.forms.tables.filled import ditto_key
from pipelines.forms.tables.header import endings_of
from pipelines.forms.tables.header_text import plain_key
from pipelines.text.keys import match_key, search_key

CATALOGUE = Path(__file__).parent / "catalogue"


@dataclass(frozen=True, slots=True)
class IgnoredSheet:
    """A sheet passed over by its name."""

    key: str
    prefix: bool
    always: bool

    def matches(self, key: str) -> bool:
        """Whether a sheet of this name (a words key) is meant."""
        return key == self.key or (self.prefix and key.startswith(self.key + " "))


@dataclass(frozen=True, slots=True)
class Words:
    """The words that shape a page and belong to no single form (``words.yml``)."""

    title_starts: tuple[str, ...]
    subject_starts: tuple[str, ...]
    """With what the subject of a letter begins: ``V/v``."""
    title_stops: tuple[str, ...]
    title_weak_stops: tuple[str, ...]
    """Beginnings of a body that may also begin the second line of a title, never a later one."""
    furniture: tuple[str, ...]
    subtotal: frozenset[str]
    subtotal_starts: tuple[str, ...]
    says_size: tuple[str, ...]
    sizes_in: tuple[str, ...]
    among_them: str
    signature_labels: tuple[str, ...]
    """Labels under which a name stands."""
    signature_starts: tuple[str, ...]
    """Every way a signature block begins."""
    signature_others: tuple[str, ...]
    """Beginnings of a signature block that no name stands under."""
    signature_hints: frozenset[str]
    signed_marks: frozenset[str]
    date_line: tuple[str, ...]
    """Words that together make a line one of place and date."""
    note_starts: tuple[str, ...]
    kinds: dict[str, tuple[str, ...]]
    rows: RowWords
    """What rows and lone texts amid them say."""
    ignored_sheets: tuple[IgnoredSheet, ...]
    decision: tuple[str, ...]
    letterhead_hints: frozenset[str]
    """What a blank form prints in the place of the sender's name."""
    letterhead_skips: tuple[str, ...]
    measure_starts: tuple[str, ...]
    """With what a line begins that names the unit of measure."""
    yes_no: dict[str, frozenset[str]]
    not_figures: frozenset[str]
    """Words before a number that is no figure: ``năm``, ``số``, …"""
    repairs: tuple[tuple[str, str], ...]
    """Known misreadings of titles and labels on the words key (``repairs.csv``)."""

    def repair(self, key: str) -> str:
        """A title or label with the known misreadings of scanned text set right."""
        for wrong, right in self.repairs:
            if has_phrase(key, wrong):
                key = f" {key} ".replace(f" {wrong} ", f" {right} ").strip()
        return key

    reasons: dict[str, str]
    periods: Periods
    evidence: dict[str, str]
    """What tells the kind of a part, in words."""
    one_message: frozenset[str]
    """Reading rules that are told once per column, whom they are about or not."""
    problems: dict[str, str]
    """Why a date or number was not read, in words."""
    part_names: dict[str, str]
    """Names of the parts that are no sheet and no table."""
    reference_names: tuple[IgnoredSheet, ...]
    """Names of sheets that hold no form: catalogues, guides."""
    ditto: frozenset[str]
    """Marks that repeat the value above."""
    collective_heads: tuple[str, ...]
    """Words the name of a collective begins with."""
    household_heads: tuple[str, ...]
    """Words the name of a household begins with."""
    household_address: tuple[tuple[str, str | None], ...]
    """How the head of a household is addressed (match key), and the sex it tells."""
    posts: tuple[str, ...]
    """With what a post begins that stands beside a name."""
    couples: tuple[str, ...]
    """Words that make two names those of one household."""
    parents: tuple[str, ...]
    """Words between a collective's name and that of the body it is part of."""

    not_governing: tuple[str, ...]
    """Phrases in which a word of ``no_awards`` or ``ĐỀ NGHỊ`` says nothing of the list."""
    sent_with: tuple[str, ...]
    """Phrases for the paper that a list of proposals is sent with."""
    submits: str
    """The word of ``no_awards`` that such a phrase says."""
    proposes: tuple[str, ...]
    """Words that make a list one of proposals."""
    no_awards: tuple[str, ...]
    """Words that make a list none of awards."""
    corrects: tuple[str, ...]
    """Words of a list that sets another right."""
    reference_labels: tuple[str, ...]
    """Headers of tables that this software prints beside a form."""
    no_proposals: tuple[str, ...]
    """Words that make a list none of proposals either."""
    set_aside: tuple[str, ...]
    """Names of sheets that hold what nobody means to send: drafts, earlier states."""
    shown: dict[str, str]
    """Those words as people write them."""
    marks: tuple[tuple[str, str], ...]
    """Words of titles without their diacritics, longest first, and as they are written."""

    def with_marks(self, text: str) -> str:
        """A line of a title that was typed without diacritics, with those of the words titles are made of."""
        if not text.isascii() or not any(letter.isalpha() for letter in text):
            return text
        key = f" {words_key(text)} "
        found = [(plain, right) for plain, right in self.marks if f" {plain} " in key]
        for plain, right in found:
            key = key.replace(f" {plain} ", f" {right} ")
        return (key.upper() if text.isupper() else key).strip() if found else text

    def list_key(self, text: str) -> str:
        """The words of a title that govern its list."""
        key = f" {words_key(text)} "
        for phrase in self.sent_with:
            key = key.replace(f" {phrase} ", f" {self.submits} ")
        for phrase in self.not_governing:
            key = key.replace(f" {phrase} ", " ")
        return key.strip()

    def refuses(self, list_key: str, own: Collection[str] = ()) -> str | None:
        """The word of a title that makes its list none of awards; a list of proposals may be submitted.

        Args:
            list_key: of the title.
            own: words that say what the list's form is, and nothing against it.
        """
        proposal = any(has_phrase(list_key, word) for word in self.proposes)
        words = self.no_proposals if proposal else self.no_awards
        return next((word for word in words if word not in own and has_phrase(list_key, word)), None)

    def nearly(self, list_key: str) -> str | None:
        """The word that a title seems to mean but misspells: a letter misplaced or missing, wrong marks."""
        said = list_key.replace(" ", "")
        plain = without_marks(said)
        for word in self.proposes:
            if without_marks(word.replace(" ", "")) in plain and not has_phrase(list_key, word):
                return word
        for word in (*self.proposes, *self.no_awards):
            spelt = misspellings(word.replace(" ", "")) if " " in word else set()
            if not has_phrase(list_key, word) and any(spelling in said for spelling in spelt):
                return word
        return None

    def says_other(self, name: str) -> str | None:
        """The word of a sheet's name that says its list is none of awards, or is not meant to be sent."""
        key = self.list_key(name)
        proposed = next((word for word in self.proposes if has_phrase(key, word)), None)
        plain = " ".join(word for word in key.split() if not word.isdecimal())
        return self.refuses(key) or proposed or (plain if plain in self.set_aside else None)

    def reference_sheet(self, name: str) -> bool:
        """Whether a sheet is called as one that holds no form."""
        key = words_key(name)
        return any(sheet.matches(key) for sheet in self.reference_names)

    @classmethod
    def from_data(cls, data: dict[str, Any], repairs: list[dict[str, str]]) -> Words:
        """Read ``words.yml`` and ``repairs.csv``."""

        def keys(name: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(words_key(str(text)) for text in data[name]))

        return cls(
            title_starts=keys("title_starts"),
            subject_starts=keys("subject_starts"),
            title_stops=keys("title_stops"),
            title_weak_stops=keys("title_weak_stops"),
            furniture=keys("furniture"),
            subtotal=frozenset(keys("subtotal")),
            subtotal_starts=keys("subtotal_starts"),
            says_size=keys("says_size"),
            sizes_in=keys("sizes_in"),
            among_them=words_key(data["among_them"]),
            signature_labels=keys("signature_labels"),
            signature_starts=keys("signature_labels") + keys("signature_others"),
            signature_others=keys("signature_others"),
            signature_hints=frozenset(keys("signature_hints")),
            signed_marks=frozenset(keys("signed_marks")),
            date_line=keys("date_line"),
            note_starts=keys("note_starts"),
            kinds={code: tuple(map(words_key, texts)) for code, texts in data["kinds"].items()},
            rows=RowWords.from_data(data["row_words"]),
            ignored_sheets=tuple(
                IgnoredSheet(words_key(item["name"]), item["match"] == "prefix", item["always"])
                for item in data["ignored_sheets"]
            ),
            decision=keys("decision"),
            yes_no={code: frozenset(map(words_key, texts)) for code, texts in data["yes_no"].items()},
            letterhead_hints=frozenset(keys("letterhead_hints")),
            letterhead_skips=keys("letterhead_skips"),
            measure_starts=keys("measure_starts"),
            not_figures=frozenset(keys("not_figures")),
            repairs=tuple((words_key(row["original"]), words_key(row["corrected"])) for row in repairs),
            reasons=data["reasons"],
            periods=Periods(data["periods"]),
            evidence=data["evidence"],
            one_message=frozenset(data["one_message"]),
            problems=data["problems"],
            part_names=data["part_names"],
            reference_names=tuple(
                IgnoredSheet(words_key(name), prefix=match == "prefix", always=False)
                for match, names in data["reference_names"].items()
                if match != "labels"
                for name in names
            ),
            not_governing=tuple(sorted(keys("not_governing"), key=len, reverse=True)),
            sent_with=keys("sent_with"),
            submits=words_key(data["submits"]),
            proposes=keys("proposes"),
            shown={
                words_key(text): text
                for name in ("proposes", "no_awards", "set_aside")
                for text in data[name]
            },
            no_awards=keys("no_awards"),
            corrects=keys("corrects"),
            set_aside=keys("set_aside"),
            no_proposals=keys("no_proposals"),
            reference_labels=tuple(words_key(label) for label in data["reference_names"].get("labels", ())),
            marks=tuple(
                sorted(
                    {
                        " ".join(search_key(word) for word in key.split()): key
                        for name in ("title_starts", "title_words", "proposes", "no_awards", "not_governing")
                        for key in keys(name)
                    }.items(),
                    key=lambda pair: (-len(pair[0]), pair),
                )
            ),
            collective_heads=keys("collective_heads"),
            household_heads=keys("household_heads"),
            household_address=tuple(
                (match_key(text), None if sex == "ca_hai" else sex)
                for sex, texts in data["household_address"].items()
                for text in texts
            ),
            posts=keys("posts"),
            couples=keys("couples"),
            parents=keys("parents"),
            ditto=frozenset(ditto_key(str(text)) for text in data["ditto"]),
        )


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every known form, with the words they share."""

    forms: dict[str, Form]
    words: Words
    vocabulary: frozenset[str]
    """Every label of every table column: a row without two of them is no header."""
    endings: frozenset[str]
    """The last words of each, and of those that are paths."""

    def allowed(self, programme_id: str) -> list[Form]:
        """The forms of a programme, in catalogue order; a programme that no form names may use them all."""
        known = any(form.programmes and programme_id in form.programmes for form in self.forms.values())
        return [
            form
            for form in self.forms.values()
            if form.programmes is None or programme_id in form.programmes or not known
        ]


def _tables(data: dict[str, Any], files: Mapping[str, Path]) -> tuple[TableLayout, ...]:
    if "tables_of" in data:
        data = read_plain(files[data["tables_of"]])
    return tuple(TableLayout.from_data(item) for item in data.get("tables", []))


def _taken(reference: Path) -> dict[str, list[str]]:
    """By programme, the forms of others that it takes."""
    files = sorted((reference / "programmes").glob("*/programme.yaml"))
    return {path.parent.name: read_plain(path).get("forms", []) for path in files}


def _form(path: Path, files: Mapping[str, Path]) -> Form:
    data = read_plain(path)
    if data["id"] != path.parent.name:
        raise ValueError(f"{path}: id {data['id']!r} is not the folder's name")
    titles = data.get("title", [])
    programmes = data["programmes"]
    return Form(
        id=data["id"],
        official_label=data["official_label"],
        citation=data["citation"],
        kind=data["kind"],
        programmes=None if programmes == "*" else frozenset(programmes),
        part_key=data["part_key"],
        titles=tuple(
            TitleRule.from_data(item) for item in (titles if isinstance(titles, list) else [titles])
        ),
        tables=_tables(data, files),
        choices={
            name: {words_key(str(text)): code for code, texts in table.items() for text in texts}
            for name, table in data.get("choices", {}).items()
        },
        data=data,
    )


@lru_cache(maxsize=4)
@lru_cache(maxsize=4)
def load_words(folder: Path = CATALOGUE) -> Words:
    """Load the words that belong to no single form.

    Args:
        folder: holds ``words.yml`` and ``repairs.csv``.
    """
    with (folder / "repairs.csv").open(encoding="utf-8", newline="") as handle:
        return Words.from_data(read_plain(folder / "words.yml"), list(csv.DictReader(handle)))


@lru_cache(maxsize=4)
def load_catalogue(reference: Path, folder: Path = CATALOGUE) -> Catalogue:
    """Load the forms that several programmes use and those that each brings along.

    Args:
        reference: the reference folder; ``programmes/<id>/forms/<form>/form.yml`` is a programme's own form,
            ``forms`` of its programme.yaml names those of others that it takes too.
        folder: holds ``words.yml``, ``repairs.csv`` and one folder for each form.

    Raises:
        ValueError: a form contradicts itself (id and folder, one label for two columns).
    """
    from pipelines.reference.forms import form_files  # its models are slow to make: helpers get a catalogue

    files = {path.parent.name: path for path in form_files(reference, folder)}
    forms = {name: _form(path, files) for name, path in files.items()}
    for programme, taken in _taken(reference).items():
        for name in taken:
            known = forms[name].programmes
            forms[name] = replace(forms[name], programmes=known and known | {programme})
    columns = [column for form in forms.values() for table in form.tables for column in table.columns]
    vocabulary = frozenset(
        known
        for column in columns
        for key in (*column.parts, *(half for pair in column.halves for half in pair))
        for known in (key, plain_key(key))
    )
    paths = [known for column in columns for key in column.keys for known in (key, plain_key(key))]
    return Catalogue(
        forms=forms,
        words=load_words(folder),
        vocabulary=vocabulary,
        endings=endings_of([*vocabulary, *paths]),
    )
