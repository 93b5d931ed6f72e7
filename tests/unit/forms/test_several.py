"""Cells that hold several names, and names that rightly hold commas, «và» and line breaks."""

import pytest

from pipelines.forms.registry import load_words
from pipelines.forms.values.several import several_names

WORDS = load_words()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("ca_nhan", "Lý Văn Thử, Nông Thị Mẫu"),
        ("ca_nhan", "Ông Lý Văn Thử và bà Nông Thị Mẫu"),
        (None, "1. Lý Văn Thử 2. Nông Thị Mẫu"),
        ("ca_nhan", "1. Lý Văn Thử\n2. Nông Thị Mẫu\n3. Vi Văn Dụ"),
        ("ca_nhan", "- Lý Văn Thử\n- Nông Thị Mẫu"),
        ("ca_nhan", "Đ/c Lý Văn Thử và đ/c Nông Thị Mẫu"),
        ("ca_nhan", "Các ông: Lý Văn Thử, Nông Văn Mẫu"),
        ("tap_the", "Lý Văn Thử; Nông Thị Mẫu"),
        ("tap_the", "Phòng Tổ chức, Phòng Hành chính"),
        ("tap_the", "Phòng Tổ chức và Phòng Kế hoạch và Phòng Thanh tra"),
        ("tap_the", "Phòng Tổ chức và Phòng Kế hoạch và Tài chính"),
        ("tap_the", "Phòng Tổ chức; Trường Mầm non Nà Ca"),
        ("tap_the", "- Đoàn trường\n- Công đoàn"),
        (None, "Khoa Nội\nKhoa Ngoại"),
        ("gia_dinh", "Hộ ông Lý Văn Thử, hộ bà Nông Thị Mẫu"),
        ("gia_dinh", "Lý Văn Thử\nVi Văn Dụ"),
        ("gia_dinh", "Gia đình các ông: Lý Văn Thử, Vi Văn Dụ"),
        ("gia_dinh", "Hộ ông Lý Văn Thử, Vi Văn Dụ, Nông Thị Mẫu"),
    ],
)
def test_several(kind: str | None, text: str) -> None:
    assert several_names(text, kind, WORDS)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("ca_nhan", "Lý Văn Thử, Trưởng phòng"),
        ("ca_nhan", "Đ/c Lý Văn Thử"),
        ("ca_nhan", "Lý Văn Thử\n- Trưởng phòng"),
        ("ca_nhan", "Bác sĩ chuyên khoa II, Thầy thuốc ưu tú Lý Văn Thử"),
        ("tap_the", "Phòng Kế hoạch, Tài chính"),
        ("tap_the", "Phòng Lao Động, Thương Binh và Xã Hội"),
        ("tap_the", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("tap_the", "Nhân dân và cán bộ xã Quảng Lâm"),
        ("tap_the", "Chi bộ xóm Nà Ca,\nxã Quảng Lâm"),
        ("tap_the", "Hội Nông dân xã Quảng Lâm, Hội Nông dân huyện Bảo Lâm"),
        ("tap_the", "Công an xã Quảng Lâm,\nCông an huyện Bảo Lâm".replace(",\n", ", ")),
        (None, "Trường THCS Nà Ca, huyện Bảo Lâm"),
        ("gia_dinh", "Gia đình ông Lý Văn Thử và bà Nông Thị Mẫu"),
        ("gia_dinh", "Hộ ông Lý Văn Thử, bà Nông Thị Mẫu"),
        ("gia_dinh", "Vợ chồng Lý Văn Thử, Nông Thị Mẫu"),
        ("gia_dinh", "Hộ ông Lý Văn Thử, xóm Nà Ca, xã Quảng Lâm"),
    ],
)
def test_one(kind: str | None, text: str) -> None:
    assert not several_names(text, kind, WORDS)
