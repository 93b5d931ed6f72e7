"""What whole columns show, and what is left out as adding nothing, is what the rows themselves say."""

from functools import cache
from itertools import zip_longest

from benchmarks.silent_losses import draw
from pipelines.common.paths import PROJECT
from pipelines.forms.tables.filled import tidy
from pipelines.forms.tables.header import best_binding, headers_of
from pipelines.forms.tables.row_kinds import RowKinds
from pipelines.forms.tables.tells import Tells
from pipelines.forms.values.reference_values import reference_values
from pipelines.forms.values.several import parted
from pipelines.forms.values.typed import Typing
from pipelines.inbox.document import Grid, Unreadable
from pipelines.inbox.read import read_document
from pipelines.reference.load import load_reference
from pipelines.text.memo import Memo
from tests.raw_rows import known_forms

CATALOGUE = known_forms()
VALUES = reference_values(load_reference(PROJECT / "data" / "reference"))
TYPING = Typing(VALUES, "LS-1620", CATALOGUE.words.yes_no)


@cache
def changed_grids() -> list[Grid]:
    grids = []
    for case in draw(68, 120):
        try:
            grids += read_document(case.sent.name, case.sent.data).grids
        except Unreadable:
            continue
    for grid in grids:
        tidy(grid, CATALOGUE.words.ditto)
    return grids


def test_a_row_without_endings_of_labels_adds_no_column() -> None:
    fewer = 0
    for grid in changed_grids():
        every = list(headers_of(grid, CATALOGUE.vocabulary, 60))
        some = list(headers_of(grid, CATALOGUE.vocabulary, 60, CATALOGUE.endings))
        fewer += len(some) < len(every)
        for form in CATALOGUE.forms.values():
            for layout in form.tables:
                assert best_binding(layout, every) == best_binding(layout, some)
    assert fewer > 20


def test_rows_that_their_columns_show_to_be_full_are_full_and_sure() -> None:
    seen: list[tuple[bool, bool]] = []
    for grid in changed_grids():
        for form in CATALOGUE.forms.values():
            for layout in form.tables:
                binding = best_binding(layout, list(headers_of(grid, CATALOGUE.vocabulary, 60)))
                if binding is None or not set(layout.row_needs) <= binding.columns.keys():
                    continue
                rows = grid.rows[binding.header.body :]
                tells = Tells(binding, form, TYPING, CATALOGUE.words)
                kinds = RowKinds(grid, binding, CATALOGUE.words, tells)
                full = kinds.plainly_full(list(zip_longest(*rows)), len(rows))
                seen += [
                    (kinds.is_full(row), kinds.is_sure(row))
                    for row, known in zip(rows, full, strict=True)
                    if known
                ]
    assert len(seen) > 200
    assert set(seen) == {(True, True)}


def test_a_column_holds_the_parted_texts_that_its_cells_are() -> None:
    column = ["Lý Văn Thử", None, "Thử VÀ Mẫu", " 2. Mẫu", 7, "Và, A", "Và A", "A-B", "a – b", "Thử\nMẫu", ""]
    alone = [number for number, text in enumerate(column) if parted([text])]
    assert parted(column) == alone == [2, 3, 5, 8, 9]
    assert parted(["Lý Văn Thử", None, "Vàng A Pó"]) == []


def test_one_and_true_keep_their_own_results() -> None:
    memo = Memo(lambda value: type(value).__name__)
    for values in ([1, True, 1.0, 0, False, 2, 2.0, "a"], [False, 0, True, 1]):
        assert memo.map(values)[:2] == [type(value).__name__ for value in values[:2]]
    assert 2 in memo
    assert 1 not in memo
