"""Cách tính: where the numbers come from, what is unknown, which policies and words are in force."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.confirmed import confirmed
from dashboards.formats import number
from dashboards.pages.page import Output, Page
from dashboards.site import Site
from dashboards.snapshot import Row
from pipelines.contracts.metrics import metrics
from pipelines.reference.policies import read_back
from pipelines.sentences import has, text

MOST_FILES = 100
WORDS = ("coverage_status", "severity", "finding_status", "eligibility", "submission_status")
OWN_WORDS = ("amount", "direct", "leader", "unclear")


def pages(site: Site) -> Iterator[Output]:
    """The one page of all programmes."""
    files = site.snapshot.rows(
        "SELECT * FROM fct_submissions WHERE status IN ('quarantined', 'unrecognised') "
        "ORDER BY programme_id, unit_code, received_on, source_file"
    )
    yield Page(
        "cach-tinh.html",
        "method.html.j2",
        {
            "programme": site.programmes[0] if site.programmes else None,
            "sentences": _sentences(site, files),
            "all_policies": policies(site),
            "unknown": _unknown(site),
            "files": files[:MOST_FILES],
            "more": max(0, len(files) - MOST_FILES),
            "words": _words(site),
            "metrics": metrics(),
            "confirmed": confirmed(site.snapshot),
            "policies": [],
        },
    )


def _sentences(site: Site, unread: list[Row]) -> list[str]:
    total = site.snapshot.row("SELECT count(*) AS n FROM fct_submissions")["n"]
    if not total:
        return [text("method.lead_none"), text("overview.empty_meaning")]
    key = "method.lead" if unread else "method.lead_all"
    out = [text(key, files=number(total), unread=number(len(unread)))]
    unclear = site.snapshot.row(
        "SELECT count(*) AS n FROM fct_awards WHERE award_code IS NULL OR award_code = '?' "
        "OR is_direct IS NULL AND recipient_kind <> 'gia_dinh'"
    )["n"]
    if unclear:
        out.append(text("method.lead_unknown", n=number(unclear)))
    return out


def policies(site: Site) -> list[Row]:
    """Policies in force, as published."""
    rows = site.snapshot.rows("SELECT * FROM dim_policies")
    for row in rows:
        row["value"] = read_back(row["value"])
        row["text"] = row["text"] or ""
        row["group"] = row["policy_group"] or ""
    return sorted(rows, key=lambda row: str(row["policy_id"]))


def _unknown(site: Site) -> list[tuple[str, list[int]]]:
    """What is not known, counted per programme and never added up."""
    asks = {
        "class": "SELECT count(*) FROM fct_awards WHERE programme_id = p.programme_id AND is_direct IS NULL "
        "AND recipient_kind <> 'gia_dinh'",
        "award": "SELECT count(*) FROM fct_awards WHERE programme_id = p.programme_id "
        "AND (award_code IS NULL OR award_code = '?')",
        "year": "SELECT count(*) FROM fct_awards WHERE programme_id = p.programme_id AND award_year IS NULL",
        "list": "SELECT count(*) FROM rpt_phase_coverage_summary WHERE programme_id = p.programme_id "
        "AND coverage_pct IS NULL AND coalesce(units_expected, 0) = 0",
        "eligibility": "SELECT count(*) FROM fct_nominations WHERE programme_id = p.programme_id "
        "AND eligibility = 'unknown'",
    }
    out = []
    for name, ask in asks.items():
        found = site.snapshot.rows(f"SELECT p.programme_id, ({ask}) AS n FROM dim_programmes AS p")
        counts = {row["programme_id"]: row["n"] for row in found}
        out.append((text(f"method.unknown.{name}"), [counts[programme.id] for programme in site.programmes]))
    return out


def _words(site: Site) -> list[tuple[str, str, str]]:
    """Word, its letter, its meaning."""
    out = [(text(f"word.{name}.label"), "", text(f"word.{name}")) for name in OWN_WORDS]
    for vocabulary in WORDS:
        for (group, code), row in site.words.items():
            if group == vocabulary and has(f"word.{code}"):
                out.append((row["label"], row["dense"] or "", text(f"word.{code}")))
    return out
