"""The filled mẫu 02 says what the events are; rows checked against a count by hand."""

from datetime import date

from pipelines.generate.content import mau_02
from pipelines.generate.content.awards import AwardEvent
from pipelines.generate.people import Recipient

DIRECT = "Người trực tiếp công tác, lao động, học tập, chiến đấu và phục vụ chiến đấu"
GRASSROOTS = "Tập thể ở cơ sở, lao động trực tiếp"


def event(kind: str, code: str, sub_kind: str = "", object_class: str = "") -> AwardEvent:
    who = Recipient(kind, "Tên", object_class=object_class)
    return AwardEvent(who, code, code, sub_kind, 2018, "1/QĐ", date(2018, 12, 20))


EVENTS = [
    event("ca_nhan", "LDTT", object_class=DIRECT),
    event("ca_nhan", "LDTT", object_class="Doanh nhân"),
    event("tap_the", "TTLDTT", object_class=GRASSROOTS),
    event("ca_nhan", "GK", "chuyen_de", DIRECT),
    event("gia_dinh", "GK", "dot_xuat"),
    event("tap_the", "BK-CTUBND-TINH", "doi_ngoai", "Đơn vị sự nghiệp"),
    event("ca_nhan", "HC-LD", "cong_hien"),
    event("tap_the", "CTD-BNG"),
]


def test_counts():
    counts = mau_02.counts(EVENTS)
    assert counts["III.1"] == [0, 2, 0, 0, 1]
    assert counts["III.4"] == [0, 1, 1, 0, 1]
    assert counts["III.4.a"] == [0, 1, 0, 0, 1]
    assert counts["III.4.b"] == [0, 0, 1, 0, 0]
    assert counts["II.4.b"] == counts["II.4"] == [1, 0, 0, 0, 0]
    assert counts["I"] == counts["I.2.a"] == [0, 1, 0, 0, 0]
    assert counts["TC"] == [2, 4, 1, 1, 2]  # CTD-BNG has no line


def test_the_table_has_43_rows_and_nine_columns():
    sheet = mau_02.filled(EVENTS)
    rows = [row for row in sheet.rows if row.role in ("section", "body", "total")]
    assert len(rows) == 43
    assert {len(row.values) for row in rows} == {9}
    assert rows[-1].values[1:] == ["TỔNG CỘNG (I + II + III)", 2, 4, 1, 1, 50.0, 2, 50.0]
