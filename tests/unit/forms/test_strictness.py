"""Whatever stands under a form's header: reading never fails and every cell is accounted for."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.forms.ledger.accounting import account
from pipelines.forms.read import read_submission
from pipelines.forms.reading import SubmissionContext, frames
from pipelines.inbox.document import CellError, Document, Grid
from tests.forms.golden import reference
from tests.forms.test_cases import unbalanced
from tests.raw_rows import known_forms

CATALOGUE = known_forms()
TABLES = [
    (form, layout)
    for form in CATALOGUE.forms.values()
    for layout in form.tables
    if form.kind in ("table", "mau_02")
]
TEXTS = [
    "Nguyễn Văn A", "TAPTHE", "Lao động tiên tiến", "2018-2019", "Tổng cộng", "II. Cá nhân", "Ghi chú: x",
    "THỦ TRƯỞNG ĐƠN VỊ", "(Đã ký)", "....", "1.381", "x\ny", "\u200b", "  ", "'", "2=(1:3)",
]  # fmt: skip
VALUES = [
    1,
    -1,
    3.5,
    True,
    None,
    CellError("#REF!"),
    date(2019, 1, 2),
    datetime(2020, 1, 1, 3),
    time(3),
    timedelta(1),
]
CELLS = st.sampled_from([*TEXTS, *VALUES])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TABLES), st.lists(st.lists(CELLS, max_size=15), max_size=8), st.booleans())
def test_every_cell_under_a_header_ends_somewhere(table, rows, addresses) -> None:
    form, layout = table
    title = " ".join(rule.words.replace(" … ", " ") for rule in form.titles[:1])
    grid = Grid(
        "Bảng 1", [[title], [column.label for column in layout.columns], *rows], has_addresses=addresses
    )
    document = Document("workbook" if addresses else "word", [grid])
    context = SubmissionContext("S", "tep.xlsx", "MOI-2630", "U", date(2020, 6, 1))
    reading = read_submission(document, context, CATALOGUE, reference())
    assert reading.recognised
    assert [item for item in account(document, reading) if not item.balanced] == []
    assert unbalanced(reading) == []
    blank = any(found["rule_id"] == "RD-CHUA-DIEN" for found in reading.rows("reading_findings"))
    assert (frames([reading])["parts"].height == 0) == blank, (
        "a part counts, or the paper is told to be blank"
    )
