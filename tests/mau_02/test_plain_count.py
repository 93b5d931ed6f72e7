"""For any awards the table equals a plain count in Python, and the trace adds up to every number."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mau_02.world import World, ref_tables, reference

UNITS = ("LS", "LS-HUYEN-TRANG-DINH", "LS-HUYEN-BINH-GIA", "LS-HUYEN-CAO-LOC")
KINDS = {
    "tap_the": (None, "tap_the_co_so", "tap_the_khac", "truc_tiep"),
    "ca_nhan": (None, "truc_tiep", "lanh_dao_phong", "doanh_nhan"),
    "gia_dinh": (None,),
}
SUB_KINDS = (None, "chuyen_de", "dot_xuat", "doi_ngoai", "thuong_xuyen", "cong_hien", "gd_nhieu_liet_si")
CODES = (None, *sorted(award.code for award in reference().awards.awards if not award.is_group))

events = st.lists(
    st.sampled_from(sorted(KINDS)).flatmap(
        lambda kind: st.tuples(
            st.sampled_from(UNITS),
            st.tuples(
                st.sampled_from(CODES),
                st.just(kind),
                st.sampled_from(KINDS[kind]),
                st.sampled_from(SUB_KINDS),
                st.sampled_from((None, 2015, 2016, 2018, 2020, 2021)),
            ),
        )
    ),
    min_size=1,
    max_size=60,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(events, st.booleans())
def test_the_table_is_a_plain_count(found: list[tuple[str, Any]], with_llvt: bool) -> None:
    world = World(policies={} if with_llvt else {"POL-LLVT-MAP": "outside_form"})
    for unit in UNITS:
        rows = [event for sender, event in found if sender == unit]
        if rows:
            world.awards(unit, *rows)
    connection = world.build(("rpt_mau_02", "trc_mau_02"))
    assert table(connection) == plain(found, with_llvt)
    assert traced(connection) == {key: number for key, number in table(connection).items() if number}


COLUMNS = {
    ("tap_the", None): ("collectives",),
    ("tap_the", True): ("collectives", "grassroots_collectives"),
    ("ca_nhan", None): ("individuals",),
    ("ca_nhan", True): ("individuals", "direct_individuals"),
    ("gia_dinh", None): ("households",),
}
SHOWN = ("collectives", "individuals", "households", "grassroots_collectives", "direct_individuals")
Key = tuple[str, str, str, str]


def table(connection: duckdb.DuckDBPyConnection) -> dict[Key, int]:
    rows = connection.execute(
        f"SELECT unit_code, scope, row_id, {', '.join(SHOWN)} FROM marts.rpt_mau_02"
    ).fetchall()
    return {
        (*key, column): number
        for *key, a, b, c, d, e in rows
        for column, number in zip(SHOWN, (a, b, c, d, e), strict=True)
    }  # type: ignore[misc]


def traced(connection: duckdb.DuckDBPyConnection) -> dict[Key, int]:
    rows = connection.execute(
        "SELECT unit_code, scope, row_id, column_name, sum(amount)::bigint FROM marts.trc_mau_02 "
        "WHERE column_name IN ? GROUP BY ALL",
        [list(SHOWN)],
    ).fetchall()
    return {tuple(key): number for *key, number in rows}  # type: ignore[misc]


def plain(found: list[tuple[str, Any]], with_llvt: bool) -> dict[Key, int]:
    """Lines by hand, sub-lines by their sub-kind, groups and total from lines and siblings."""
    form = reference().mau_02.rows
    rated = {a.code for a in reference().awards.awards if a.kind in ("xep_loai_hoac_cong_nhan", "ton_vinh")}
    senders = {unit for unit, event in found if event[0] not in rated}
    shown = senders | ({"LS"} if senders else set())
    counted: Counter[Key] = Counter()
    for unit, (code, kind, object_class, sub_kind, year) in found:
        if code is None or year is None or not 2016 <= year <= 2020:
            continue
        extra = {"CSTT": "III.1", "DVTT": "III.3"} if with_llvt else {}
        rows = [
            row.row_id
            for row in form
            if (code in row.award_codes and (not row.sub_kinds or sub_kind in row.sub_kinds))
            or extra.get(code) == row.row_id
        ]
        by_id = {row.row_id: row for row in form}
        for row_id in list(rows):
            if by_id[row_id].row_type in ("line", "sibling_line"):
                rows += [by_id[row_id].parent or "", "TC"]
        is_direct = True if object_class in ("truc_tiep", "tap_the_co_so") else None
        for row_id in rows:
            for column in COLUMNS[kind, is_direct]:
                for place in [(unit, "own"), (unit, "rollup")] + ([("LS", "rollup")] if unit != "LS" else []):
                    counted[(*place, row_id, column)] += 1
    return {
        (unit, scope, row.row_id, column): counted[unit, scope, row.row_id, column]
        for unit in shown
        for scope in ("own", "rollup")
        for row in form
        for column in SHOWN
    }


def test_members_name_each_row_of_the_form() -> None:
    members = set(ref_tables(())["mau_02_members"]["row_id"])
    assert members == {row.row_id for row in reference().mau_02.rows}
