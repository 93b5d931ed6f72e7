"""Chất lượng hồ sơ: what is missing most, whether it falls, how long it has waited, whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from markupsafe import Markup

from dashboards.charts.base import Chart
from dashboards.charts.nights import NightCount, nights
from dashboards.charts.rows import Mark, bars, both
from dashboards.facts import Facts, facts_of
from dashboards.figures import Origin, figure, said
from dashboards.formats import day, number, place, slug
from dashboards.list_files import Value
from dashboards.pages.kept import Kept, kept
from dashboards.pages.page import MOST, Download, Lists, Output, Page
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text
from pipelines.sentences.finding import dossier, general
from pipelines.sentences.words import lowered, raised

POLICIES = ["POL-LATE-SEVERITY", "POL-TRUOC-NGAY", "POL-NHIEU-MIN"]
TOP, NIGHTS = 10, 30
RULES = "rpt_findings_by_rule"
BY_NIGHT = "rpt_findings_by_night"
MOVES = ("new_findings", "fixed_findings", "open_findings")
AGES = ("open_up_to_7_days", "open_8_to_14_days", "open_15_to_30_days", "open_over_30_days")


def pages(site: Site) -> Iterator[Output | Download]:
    """One page per programme and the places behind each of the ten bars."""
    for programme in site.programmes:
        rules = rule_counts(site, programme)
        facts = facts_of(site, programme)
        charts = (_top(programme, rules), _nights(site, programme), _ages(programme, facts))
        nominees, units = _nominees(site, programme), _units(site, programme)
        of_nominees = _kept_nominees(site, programme, facts, nominees)
        of_units = _kept_units(site, programme, units)
        yield _lists(site, programme, rules[:TOP])
        yield from (*of_nominees[1], *of_units[1])
        context = {
            "programme": programme,
            "sentences": sentences(facts, rules),
            "top": charts[0],
            "nights": charts[1],
            "ages": charts[2],
            "units": units,
            "units_files": of_units[0],
            "nominees": nominees,
            "nominees_files": of_nominees[0],
            "list": f"cl-{slug(programme.id)}",
            "rules": rules,
            "policies": POLICIES,
            "most": MOST,
            "facts": facts,
        }
        yield Page(programme.page("quality"), "quality.html.j2", context, charts)


def rule_counts(site: Site, programme: Programme) -> list[Row]:
    """Open findings by rule, most frequent first, each with its short sentence."""
    return site.snapshot.rows(
        """
        SELECT f.*, coalesce(
            r.short_vi, r.message_vi,
            (SELECT min(o.fact_vi) FROM fct_findings AS o
             WHERE o.rule_id = f.rule_id AND o.programme_id = f.programme_id AND o.is_open)
        ) AS sentence
        FROM rpt_findings_by_rule AS f LEFT JOIN dim_rules AS r USING (rule_id)
        WHERE f.programme_id = ? ORDER BY f.findings DESC, f.rule_id
        """,
        programme.id,
    )


def _times(rule: Row) -> Markup:
    return figure(rule, RULES, ["programme_id", "rule_id"], "findings")


def sentences(facts: Facts, rules: list[Row]) -> list[str]:
    """How many are incomplete, what is missing most, what changed."""
    row = facts.row
    if not row["nominations"] and not row["open_findings"]:
        return [text("quality.empty")]
    if not row["open_findings"] and not row["incomplete_nominations"]:
        return [said("quality.lead_clean", total=facts.figure("nominations"), what=facts.what)]
    if row["incomplete_nominations"]:
        incomplete, total = facts.figure("incomplete_nominations"), facts.figure("nominations")
        out: list[str] = [
            said("quality.lead_incomplete", incomplete=incomplete, total=total, what=facts.what)
        ]
    else:
        open_, blocking = facts.figure("open_findings"), facts.figure("blocking_findings")
        out = [said("quality.lead_open", n=open_, blocking=blocking)]
    if rules:
        out.append(said("quality.lead_top", rule=sentence(rules[0]["sentence"]), n=_times(rules[0])))
    if not facts.first_night:
        out.append(
            said("quality.lead_down", new=facts.figure("new_findings"), fixed=facts.figure("fixed_findings"))
        )
    return out


def sentence(words: str) -> str:
    """A rule's sentence for use inside another: about no case in particular, without its final stop."""
    return general(words).strip().rstrip(".")


def capital(words: str) -> str:
    """A rule's short sentence as a label of its own."""
    return raised(sentence(words))


def _top(programme: Programme, rules: list[Row]) -> Chart:
    heads = [text("quality.rule"), text("quality.times"), text("quality.units")]
    id_ = f"thieu-{slug(programme.id)}"
    if not rules:
        return Chart(id_, text("quality.top"), "", heads, [], None, text("quality.top_none"))
    tokens = {"blocking": "@blocking", "warning": "@warning", "information": "@bar"}
    marks = [
        Mark(
            capital(r["sentence"]),
            r["findings"],
            number(r["findings"]),
            f"#ds={r['rule_id']}",
            colour=tokens.get(r["severity"], "@bar"),
        )
        for r in rules[:TOP]
    ]
    return Chart(
        id_,
        said("quality.top_title", rule=capital(rules[0]["sentence"]), n=_times(rules[0])),
        text("quality.top_unit"),
        heads,
        [[capital(r["sentence"]), number(r["findings"]), number(r["units"])] for r in rules[:MOST]],
        **both(bars, marks),
        picture=True,
        origin=Origin(RULES, ("findings", "units"), "rule_id", f"programme_id={programme.id}"),
        row_keys=[r["rule_id"] for r in rules[:MOST]],
        left_out=max(0, len(rules) - MOST),
    )


def _nights(site: Site, programme: Programme) -> Chart:
    rows = site.snapshot.rows(
        """
        SELECT * FROM (FROM rpt_findings_by_night WHERE programme_id = ? ORDER BY as_of DESC LIMIT ?)
        ORDER BY as_of
        """,
        programme.id,
        NIGHTS,
    )
    counts = [
        NightCount(row["as_of"], row["new_findings"], row["fixed_findings"], row["open_findings"])
        for row in rows
    ]
    heads = [text("quality.night"), text("quality.new"), text("quality.fixed"), text("quality.open")]
    id_ = f"dem-{slug(programme.id)}"
    if len(counts) < 2:
        why = said("quality.nights_first", open=_open(rows[-1])) if rows else text("quality.nights_none")
        return Chart(id_, text("quality.nights"), "", heads, [], None, why)
    if not any(one.new or one.open or one.fixed for one in counts):
        return Chart(id_, text("quality.nights"), "", heads, [], None, text("quality.nights_none"))
    change = counts[-1].open - counts[0].open
    key = "down" if change < 0 else "up" if change else "same"
    words = (text("quality.new"), text("quality.fixed"), text("quality.open"))
    return Chart(
        id_,
        said(f"quality.nights_{key}", open=_open(rows[-1]), n=number(abs(change)))
        if change
        else said("quality.nights_same", open=_open(rows[-1])),
        text("quality.nights_unit"),
        heads,
        [[day(one.as_of), number(one.new), number(one.fixed), number(one.open)] for one in reversed(counts)],
        nights(counts, words),
        picture=True,
        origin=Origin(
            BY_NIGHT,
            ("new_findings", "fixed_findings", "open_findings"),
            "as_of",
            f"programme_id={programme.id}",
        ),
        row_keys=[one.as_of.isoformat() for one in reversed(counts)],
    )


def _open(night: Row) -> Markup:
    return figure(night, BY_NIGHT, ["programme_id", "as_of"], "open_findings")


def _ages(programme: Programme, facts: Facts) -> Chart:
    values = [facts.row[column] for column in AGES]
    labels = [text(f"quality.age.{place_}") for place_ in range(4)]
    heads = [text("quality.age"), text("quality.times")]
    id_ = f"cho-{slug(programme.id)}"
    if not sum(values):
        return Chart(id_, text("quality.ages"), "", heads, [], None, text("quality.ages_none"))
    marks = [
        Mark(label, value, number(value), "#de-nghi", colour="@blocking" if at == 3 else "@bar")
        for at, (label, value) in enumerate(zip(labels, values, strict=True))
    ]
    title = said("quality.ages_title", n=facts.figure(AGES[3])) if values[3] else text("quality.ages_fresh")
    if facts.first_night:
        title = text("quality.ages_first")
    return Chart(
        id_,
        title,
        text("quality.ages_unit"),
        heads,
        [[label, facts.figure(column)] for label, column in zip(labels, AGES, strict=True)],
        **both(bars, marks),
        measures=tuple(f"rpt_headlines.{column}" for column in AGES),
    )


def _units(site: Site, programme: Programme) -> list[Row]:
    """Units with open findings, those with most that blocks first."""
    return site.snapshot.rows(
        """
        SELECT * FROM rpt_units WHERE programme_id = ? AND open_findings > 0
        ORDER BY blocking_findings DESC, open_findings DESC, unit_code
        """,
        programme.id,
    )


def _nominees(site: Site, programme: Programme) -> list[Row]:
    """Incomplete nominations with what each lacks, the oldest first."""
    rows = site.snapshot.rows(
        """
        SELECT n.nomination_id, n.unit_code, n.recipient_name, f.first_seen_on, f.fact_vi, t.is_own
        FROM fct_nominations AS n
        JOIN trc_nominations AS t ON t.nomination_id = n.nomination_id AND t.severity = 'blocking'
        JOIN fct_findings AS f ON f.finding_id = t.finding_id
        WHERE n.programme_id = ? AND NOT n.is_complete
        ORDER BY n.nomination_id, t.is_own DESC, f.first_seen_on, f.rule_id, f.finding_id
        """,
        programme.id,
    )
    out: dict[str, Row] = {}
    for row in rows:
        one = out.setdefault(row["nomination_id"], row | {"missing": [], "since": None})
        fact = row["fact_vi"] if row["is_own"] else f"{lowered(dossier())}: {row['fact_vi']}"
        one["missing"].append(fact)
        one["since"] = min(filter(None, (one["since"], row["first_seen_on"])))
    for one in out.values():
        one["missing"] = [raised(fact) for fact in dict.fromkeys(one["missing"])]
    return sorted(
        out.values(),
        key=lambda one: (one["since"], site.unit_key(one["unit_code"]), one["recipient_name"] or ""),
    )


def _kept_nominees(site: Site, programme: Programme, facts: Facts, nominees: list[Row]) -> Kept:
    header = [text("quality.nominee"), text("drill.unit"), text("quality.missing"), text("unit.since")]
    listed: list[list[Value]] = [
        [
            one["recipient_name"],
            site.unit_name(one["unit_code"]),
            "; ".join(one["missing"]),
            day(one["since"]),
        ]
        for one in nominees
    ]
    return kept("de-nghi", programme, text("quality.by_nominee", what=raised(facts.what)), header, listed)


def _kept_units(site: Site, programme: Programme, units: list[Row]) -> Kept:
    severities = ("blocking", "warning", "information")
    header = [
        text("drill.unit"),
        *(text(f"quality.{severity}") for severity in severities),
        text("unit.since"),
    ]
    listed: list[list[Value]] = [
        [
            site.unit_name(one["unit_code"]),
            *(one[f"{severity}_findings"] for severity in severities),
            day(one["oldest_open_since_on"]),
        ]
        for one in units
    ]
    return kept("noi-dung", programme, text("quality.by_unit"), header, listed)


def _lists(site: Site, programme: Programme, rules: list[Row]) -> Lists:
    lists = Lists(
        f"cl-{slug(programme.id)}",
        [
            (text("drill.unit"), "link"),
            (text("quality.nominee"), "text"),
            (text("unit.what"), "text"),
            (text("site.file"), "file"),
            (text("site.where"), "text"),
            (text("unit.since"), "text"),
        ],
    )
    found: dict[str, list[Row]] = defaultdict(list)
    for row in site.snapshot.rows(
        """
        SELECT f.* FROM fct_findings AS f
        WHERE f.programme_id = ? AND f.is_open AND list_contains(?, f.rule_id)
        QUALIFY row_number() OVER (PARTITION BY f.rule_id ORDER BY f.first_seen_on, f.finding_id) <= 50
        ORDER BY f.first_seen_on, f.finding_id
        """,
        programme.id,
        [rule["rule_id"] for rule in rules],
    ):
        found[row["rule_id"]].append(row)
    for rule in rules:
        numbers = [lists.add(_place_row(site, lists, row)) for row in found[rule["rule_id"]]]
        lists.set(rule["rule_id"], capital(rule["sentence"]), rule["findings"], numbers)
    return lists


def _place_row(site: Site, lists: Lists, row: Row) -> list[object]:
    unit = site.units.get(row["unit_code"] or "")
    return [
        [site.unit_name(row["unit_code"]), unit.page if unit else ""],
        row["subject_vi"],
        raised(row["fact_vi"]),
        lists.file(row["source_file"] or ""),
        place(row["source_sheet"], row["source_row"], row["source_cell"]),
        day(row["first_seen_on"]),
    ]
