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


HEAD = "STT;Tên;Đơn vị;Năm\n"


@pytest.mark.parametrize(
    ("lines", "rows", "told"),
    [
        # a mark without a partner is text, and so is one whose partner ends no field
        ('1;"An;A;2019\n2;B;C;2020\n', [["1", '"An', "A", "2019"], ["2", "B", "C", "2020"]], []),
        ('1;"An;A;2019\n2;"B;C;2020\n', [["1", '"An', "A", "2019"], ["2", '"B', "C", "2020"]], []),
        ('1;"Hoa" Sen;A;2019\n', [["1", '"Hoa" Sen', "A", "2019"]], []),
        ('1;5" x 3";A;2019\n', [["1", '5" x 3"', "A", "2019"]], []),
        # a partner in another row would swallow rows
        (
            '1;"An;A;2019\n2;B;C";2020\n3;D;E;2020\n',
            [["1", '"An', "A", "2019"], ["2", "B", 'C"', "2020"], ["3", "D", "E", "2020"]],
            ["RD-CSV-NHAY"],
        ),
        # a lone mark is torn off its partner, or stands for «như trên»: nobody knows
        ('1;An;A;2019\n2;B;";2020\n', [["1", "An", "A", "2019"], ["2", "B", '"', "2020"]], ["RD-CSV-NHAY"]),
        ('1;An;A;2019\n2;B;"""";2020\n', [["1", "An", "A", "2019"], ["2", "B", '"', "2020"]], []),
        # a cell of several lines
        (
            '1;"An\nBình";"x; y\nz";2019\n2;B;C;2020\n',
            [["1", "An\nBình", "x; y\nz", "2019"], ["2", "B", "C", "2020"]],
            ["RD-CSV-DONG"],
        ),
    ],
)
def test_no_line_is_swallowed(lines: str, rows: list[list[str]], told: list[str]) -> None:
    document = read_document("a.csv", (HEAD + lines).encode())
    assert only_grid(document)[1:] == rows
    assert [each.rule_id for each in document.told] == told


def test_rows_with_more_cells_than_others_are_told() -> None:
    document = read_document("a.csv", f"{HEAD}1;An;A; B;2019\n2;B;C;2020\n3;D;E;2020;;\n".encode())
    assert [(each.rule_id, each.row) for each in document.told] == [("RD-CSV-COT", 2)]


def test_excels_hint_of_the_delimiter_is_no_text() -> None:
    rows = only_grid(read_document("a.csv", "sep=|\nTên|Năm\nAn, Bình|2019\n".encode()))
    assert rows == [[""], ["Tên", "Năm"], ["An, Bình", "2019"]]


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.ods", "a", "a.txt"])
def test_text_is_read_whatever_its_name_says(name: str) -> None:
    data = "STT\tTên\tNăm\r\n1\tĐỗ Thị Ước\t2019\r\n".encode("utf-16")
    assert only_grid(read_document(name, data))[1] == ["1", "Đỗ Thị Ước", "2019"]


def test_lost_letters() -> None:
    names = ["H? và tên", "Nguy?n V?n An", "Tr?n Th? Bình", "Lê V?n Cư?ng", "Ph?m Thu Hà"]
    data = "\n".join(f"{number};{name}" for number, name in enumerate(names)).encode()
    assert reason("a.csv", data) == "RD-MAT-CHU"
    assert reason("a.csv", "Tên;Năm\nNguyá»…n;1\nPháº¡m;2\nÄ‘á»—;3\nLÆ°u;4\n".encode()) == "RD-MAT-CHU"
    capitals = "TÊN;XÃ\nVŨ ÃN;UBND XÃ QUỲNH\nAn;XÃ MÃ BA\n".encode()
    assert read_document("a.csv", capitals).told == []
    for name in (
        "H? Minh Vinh",
        "Trạm s? 5",
        "?inh Thị Mai",
        "Lê Thị Th?",
        "?? Th? Loan",
        "?? Lan",
        "? Th? Loan",
    ):
        assert len(read_document("a.csv", f"Tên;Năm\n{name};2019\n".encode()).told) == 1, name
    assert not read_document("a.csv", "Tên;Năm\n? Lê Văn An;2019\n".encode()).told  # somebody's doubt
    document = read_document("a.csv", "Tên;Ghi chú\nNguy?n An;Có đúng không? Chưa rõ\n".encode())
    assert [(each.rule_id, each.row, each.cell) for each in document.told] == [("RD-MAT-CHU-O", 2, "A2")]


def test_a_short_table_among_many_short_lines_is_no_row_with_too_many_cells() -> None:
    notes = "".join(f"ghi chú {number},xem lại\n" for number in range(9))
    table = "STT,Tên,Chức vụ,Đơn vị,Năm\n1,An,Trưởng phòng,Sở A,2020\n2,Bình,Chuyên viên,Sở B,2020\n"
    document = read_document("a.csv", (table + notes).encode())
    assert [one.rule_id for one in document.told] == []
    shifted = table + "3,Cường,Chuyên viên,Sở C,2020,thừa\n" + notes
    assert [one.rule_id for one in read_document("a.csv", shifted.encode()).told] == ["RD-CSV-COT"]
