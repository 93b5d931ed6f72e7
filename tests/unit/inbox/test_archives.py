import io
import zipfile

import pytest
from inbox_makers import unzipped, xlsx, zipped

from pipelines.inbox.archive import is_archive, members
from pipelines.inbox.document import Unreadable
from pipelines.inbox.read import read_document


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        list(members(data))
    return caught.value.rule_id


def test_members_in_order_with_clean_names() -> None:
    data = zipped(
        {
            "b/Mẫu 03.xlsx": b"1", "a.csv": b"2", "../../etc/x.csv": b"3", "/tuyet/doi.csv": b"4",
            "C:\\thu\\muc.csv": b"5", "__MACOSX/a.csv": b"-", "~$a.xlsx": b"-", ".an": b"-",
            "./b/c.csv": b"6",
        }
    )  # fmt: skip
    assert [(name, content) for name, content, _ in members(data)] == [
        ("a.csv", b"2"), ("b/Mẫu 03.xlsx", b"1"), ("b/c.csv", b"6"), ("etc/x.csv", b"3"),
        ("thu/muc.csv", b"5"), ("tuyet/doi.csv", b"4"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258"])
def test_names_stored_without_saying_their_encoding(encoding: str) -> None:
    name = "Đơn vị.csv" if encoding == "utf-8" else "Đơn vi\u0323.csv"
    stored = name.encode(encoding)
    placeholder = "x" * len(stored)
    data = zipped({placeholder: b"1"}).replace(placeholder.encode(), stored)
    assert [member.name for member in members(data)] == ["Đơn vị.csv"]


def test_members_of_one_name_are_all_kept() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.csv", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.csv", b"2")
    found = {member.name: member.data for member in members(stream.getvalue())}
    assert found == {"a.csv": b"1", "a.csv (2)": b"2"}


def test_one_damaged_member_does_not_take_the_others_along() -> None:
    data = zipped({"a.csv": b"AAAA", "b.csv": b"BBBB"}, zipfile.ZIP_STORED).replace(b"AAAA", b"AXAA")
    first, second = members(data)
    assert (first.name, first.data) == ("a.csv", b"")
    assert first.problem is not None
    assert first.problem.rule_id == "RD-HONG"
    assert second == ("b.csv", b"BBBB", None)


def test_a_zip_within_a_zip_is_refused_alone() -> None:
    inner, table = members(zipped({"trong.zip": zipped({"a.csv": b"1"}), "x.xlsx": xlsx(["a"])}))
    with pytest.raises(Unreadable, match="RD-ZIP-LONG"):
        read_document(inner.name, inner.data)
    assert read_document(table.name, table.data).grids[0].rows == [["a"]]


def test_refused_whole() -> None:
    assert refused(zipped({})) == "RD-RONG"
    assert refused(zipped({"a.csv": b"1"})[:-30]) == "RD-HONG"
    assert refused(zipped({f"{number}.csv": b"" for number in range(1001)})) == "RD-BOM-NEN"
    assert refused(zipped({"a.csv": bytes(79_000_000)})) == "RD-BOM-NEN"
    locked = bytearray(zipped({"a.csv": b"1"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(locked)) == "RD-MAT-KHAU"


def test_office_files_are_no_archives() -> None:
    assert is_archive(zipped({"a.csv": b"1"}))
    assert not is_archive(xlsx(["a"]))
    assert not is_archive(b"a,b\n")
    assert not is_archive(zipped({**unzipped(xlsx(["a"])), **{f"{n}.png": b"" for n in range(1_500)}}))
