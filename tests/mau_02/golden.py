"""One unit's whole mẫu 02, worked out by hand. The awards are listed in the order of the form."""

from __future__ import annotations

from datetime import date

from tests.mau_02.world import World

UNIT = "LS-HUYEN-TRANG-DINH"
Award = tuple[str | None, str | None, str | None, str | None, int | None]


def awards() -> list[Award]:
    """(award, recipient, class, sub-kind, year), each event once."""
    tt, cn, gd = "tap_the", "ca_nhan", "gia_dinh"
    direct, grass, other, head = "truc_tiep", "tap_the_co_so", "tap_the_khac", "lanh_dao_phong"
    times: list[tuple[int, Award]] = [
        (1, ("HC-DL", tt, other, "cong_hien", 2016)),
        (1, ("HC-DL", gd, None, "gd_nhieu_liet_si", 2016)),
        (1, ("HC-LD", cn, head, "cong_hien", 2017)),
        (1, ("HC-LD", cn, direct, None, 2017)),
        (1, ("NSND", cn, "doanh_nhan", None, 2018)),
        (2, ("NSUT", cn, direct, None, 2018)),
        (1, ("NNUT", cn, None, None, 2018)),
        (1, ("TTUT", cn, direct, None, 2019)),
        (2, ("HC-KCCM", cn, direct, None, 2016)),
        (3, ("HUYC-KCCM", gd, None, None, 2016)),
        (1, ("BMVNAH", cn, None, None, 2016)),
        (1, ("BK-TTCP", tt, grass, "chuyen_de", 2019)),
        (2, ("BK-TTCP", cn, "lanh_dao_vu_so", "dot_xuat", 2019)),
        (1, ("BK-TTCP", cn, direct, "thuong_xuyen", 2019)),
        (1, ("BK-TTCP", gd, None, None, 2019)),
        (1, ("CTD-CP", tt, grass, "thuong_xuyen", 2020)),
        (1, ("CSTD-TQ", cn, direct, None, 2020)),
        (2, ("KNC", cn, direct, None, 2020)),
        (1, ("KNC", cn, head, None, 2020)),
        (1, ("KNC", cn, None, None, 2020)),
        (1, ("CTD-TINH", tt, grass, None, 2017)),
        (1, ("CTD-TINH", tt, None, None, 2018)),
        (1, ("TTLDXS", tt, grass, None, 2018)),
        (1, ("DVQT", tt, other, None, 2018)),
        (1, ("CSTD-TINH", cn, head, None, 2019)),
        (1, ("CSTD-TINH", cn, direct, None, 2019)),
        (2, ("BK-CTUBND-TINH", cn, direct, "chuyen_de", 2019)),
        (1, ("BK-CTUBND-TINH", cn, "lanh_dao_khac", "dot_xuat", 2019)),
        (1, ("BK-CTUBND-TINH", tt, grass, "doi_ngoai", 2019)),
        (1, ("BK-CTUBND-TINH", gd, None, "thuong_xuyen", 2020)),
        (1, ("BK-CTUBND-TINH", cn, direct, None, 2020)),
        (4, ("LDTT", cn, direct, None, 2018)),
        (1, ("LDTT", cn, head, None, 2018)),
        (1, ("LDTT", cn, None, None, 2018)),
        (1, ("CSTT", cn, direct, None, 2018)),
        (2, ("CSTD-CS", cn, direct, None, 2018)),
        (1, ("CSTD-CS", cn, head, None, 2018)),
        (1, ("TTLDTT", tt, grass, None, 2018)),
        (1, ("TTLDTT", tt, other, None, 2018)),
        (1, ("DVTT", tt, grass, None, 2018)),
        (3, ("GK", cn, direct, "thuong_xuyen", 2018)),
        (1, ("GK", tt, grass, "chuyen_de", 2018)),
        (1, ("GK", cn, "doanh_nhan", "doi_ngoai", 2018)),
        (1, ("GK", cn, direct, "dot_xuat", 2018)),
        # without a line in mẫu 02
        (1, ("BK-BNG", cn, direct, None, 2018)),
        (1, (None, cn, direct, None, 2018)),
        # outside the period, without a year
        (1, ("GK", cn, direct, None, 2015)),
        (1, ("GK", cn, direct, None, None)),
    ]
    return [award for count, award in times for _ in range(count)]


# row: collectives, individuals, households, grassroots collectives, direct individuals,
#      leaders, unknown collectives, unknown individuals
EXPECTED: dict[str, tuple[int, ...]] = {
    # I = 1+1(BK)+1(CTĐ) | 2+1+2+1+1+2+1+3+1+4 | 1+3+1 | 1+1 | 1+2+1+2+1+1+2 | 1+2+1 | 0 | 1+1+1
    "I": (3, 18, 5, 2, 10, 4, 0, 3),
    "I.1": (1, 0, 1, 0, 0, 0, 0, 0),
    "I.1.a": (1, 0, 0, 0, 0, 0, 0, 0),
    "I.1.b": (0, 0, 1, 0, 0, 0, 0, 0),
    "I.2": (0, 2, 0, 0, 1, 1, 0, 0),  # one of the two has no sub-kind: in the line, in no sub-line
    "I.2.a": (0, 1, 0, 0, 0, 1, 0, 0),
    "I.2.b": (0, 0, 0, 0, 0, 0, 0, 0),
    "I.3.1": (0, 1, 0, 0, 0, 0, 0, 0),  # doanh nhân: neither leader nor direct
    "I.3.2": (0, 2, 0, 0, 2, 0, 0, 0),  # unnumbered sibling: added into I
    "I.4.1": (0, 0, 0, 0, 0, 0, 0, 0),
    "I.4.2": (0, 1, 0, 0, 0, 0, 0, 1),
    "I.5": (0, 1, 0, 0, 1, 0, 0, 0),
    "I.6": (0, 0, 0, 0, 0, 0, 0, 0),
    "I.7": (0, 2, 3, 0, 2, 0, 0, 0),  # 2 huân chương + 3 huy chương
    "I.7.a": (0, 2, 0, 0, 2, 0, 0, 0),
    "I.7.b": (0, 0, 3, 0, 0, 0, 0, 0),
    "I.8": (0, 1, 0, 0, 0, 0, 0, 1),
    "I.9": (1, 3, 1, 1, 1, 2, 0, 0),
    "I.9.a": (1, 0, 0, 1, 0, 0, 0, 0),
    "I.9.b": (0, 2, 0, 0, 0, 2, 0, 0),
    "I.9.c": (0, 1, 0, 0, 1, 0, 0, 0),
    "I.10": (1, 0, 0, 1, 0, 0, 0, 0),
    "I.10.a": (0, 0, 0, 0, 0, 0, 0, 0),
    "I.10.b": (1, 0, 0, 1, 0, 0, 0, 0),
    "I.11": (0, 1, 0, 0, 1, 0, 0, 0),
    "I.12": (0, 4, 0, 0, 2, 1, 0, 1),
    # II = 2+2+1 | 2+4 | 1 | 1+1+1 | 1+3 | 1 | 1 | 0
    "II": (5, 6, 1, 3, 4, 1, 1, 0),
    "II.1": (2, 0, 0, 1, 0, 0, 1, 0),
    "II.2": (2, 0, 0, 1, 0, 0, 0, 0),  # TTLĐXS + ĐVQT
    "II.3": (0, 2, 0, 0, 1, 1, 0, 0),
    "II.4": (1, 4, 1, 1, 3, 0, 0, 0),
    "II.4.a": (0, 2, 0, 0, 2, 0, 0, 0),
    "II.4.b": (1, 1, 0, 1, 0, 0, 0, 0),  # đột xuất + đối ngoại
    "II.4.c": (0, 0, 1, 0, 0, 0, 0, 0),
    # III = 3+1 | 7+3+5 | 0 | 2+1 | 5+2+4 | 1+1 | 0 | 1
    "III": (4, 15, 0, 3, 11, 2, 0, 1),
    "III.1": (0, 7, 0, 0, 5, 1, 0, 1),  # 6 LĐTT + 1 Chiến sĩ tiên tiến (POL-LLVT-MAP)
    "III.2": (0, 3, 0, 0, 2, 1, 0, 0),
    "III.3": (3, 0, 0, 2, 0, 0, 0, 0),  # 2 TTLĐTT + 1 Đơn vị tiên tiến (POL-LLVT-MAP)
    "III.4": (1, 5, 0, 1, 4, 0, 0, 0),
    "III.4.a": (1, 0, 0, 1, 0, 0, 0, 0),
    "III.4.b": (0, 2, 0, 0, 1, 0, 0, 0),
    "III.4.c": (0, 3, 0, 0, 3, 0, 0, 0),
    # TC = 3+5+4 | 18+6+15 | 5+1+0 | 2+3+3 | 10+4+11 | 4+1+2 | 0+1+0 | 3+0+1
    "TC": (12, 39, 6, 8, 25, 7, 1, 4),
}


def golden_world(**settings: object) -> World:
    """The unit with its list and five years of headcounts: 5×20 = 100 collectives, 5×500 = 2500 persons."""
    world = World(policies=dict(settings))
    world.awards(UNIT, *awards())
    # replaced below, year by year: the later number counts
    world.headcounts(UNIT, {2016: (999, 9999)}, received=date(2020, 4, 1), name="qs-cu.xlsx")
    world.headcounts(UNIT, dict.fromkeys(range(2016, 2021), (20, 500)))
    return world
