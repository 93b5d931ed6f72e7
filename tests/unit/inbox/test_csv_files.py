import pytest
from inbox_makers import only_grid, reason

from pipelines.inbox.read import read_document

TEXT = "STT{0}Họ và tên{0}Ghi chú\r\n"
TEXT += '1{0}"Nguyễn{0} ""Văn"" Tuấn"{0}"hai\ndòng"\r\n2{0}Đỗ Thị Ước{0}\r\n{0}{0}\r\n'
ROWS = [["STT", "Họ và tên", "Ghi chú"], ["1", 'Nguyễn{0} "Văn" Tuấn', "hai\ndòng"], ["2", "Đỗ Thị Ước", ""]]
MARKS = {
    "ễ": "ê\u0303",
    "ò": "o\u0300",
    "ấ": "â\u0301",
    "ọ": "o\u0323",
    "ị": "i\u0323",
    "Ư": "Ư",
    "ớ": "ơ\u0301",
    "ỗ": "ô\u0303",
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = TEXT.format(delimiter)
    if encoding == "cp1258":
        text = "".join(MARKS.get(letter, letter) for letter in text)
        assert text.encode(encoding).decode(encoding) == text
    document = read_document("Danh sách.csv", text.encode(encoding))
    assert document.kind == "csv"
    assert document.grids[0].name == "Danh sách"
    assert only_grid(document) == [[cell.format(delimiter) for cell in row] for row in ROWS]


def test_a_comma_within_values_is_not_taken_for_the_delimiter() -> None:
    data = 'TÊN DANH SÁCH, NĂM 2020\nSTT;Tỷ lệ;Tên\n1;"1,5";An, Bình\n2;2,5;Cường\n'.encode()
    assert only_grid(read_document("a.csv", data))[1:] == [
        ["STT", "Tỷ lệ", "Tên"],
        ["1", "1,5", "An, Bình"],
        ["2", "2,5", "Cường"],
    ]


def test_one_column() -> None:
    assert only_grid(read_document("a.csv", "Tên\nAn\n".encode())) == [["Tên"], ["An"]]


def test_refused() -> None:
    assert reason("a.csv", bytes(range(256)) * 20) == "RD-MA-CHU"
    assert reason("a.csv", b'a,"' + b"x" * 1_100_000 + b'"\n') == "RD-HONG"
    assert reason("a.csv", b"a,b\n" * 250_000) == "RD-QUA-LON"
    assert reason("a.csv", b"," * 5_000) == "RD-QUA-LON"
