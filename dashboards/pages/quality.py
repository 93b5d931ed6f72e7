"""Chất lượng hồ sơ: what is missing most, whether it falls, how long it has waited, whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dashboards.charts.base import Chart
from dashboards.charts.nights import NightCount, nights
from dashboards.charts.rows import Mark, bars, both
from dashboards.facts import LIVE, Facts, facts_of, headline_row
from dashboards.formats import day, number, place, slug
from dashboards.pages.page import MOST, Lists, Output, Page
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text
from pipelines.sentences.finding import dossier, general
from pipelines.sentences.words import lowered, raised

POLICIES = ["POL-LATE-SEVERITY", "POL-TRUOC-NGAY", "POL-NHIEU-MIN"]
TOP, NIGHTS = 10, 30


def pages(site: Site) -> Iterator[Output]:
    """One page per programme and the places behind each of the ten bars."""
    for programme in site.programmes:
        rules = rule_counts(site, programme)
        facts = facts_of(site, programme)
        charts = (_top(programme, rules), _nights(site, programme), _ages(site, programme, facts))
        yield _lists(site, programme, rules[:TOP])
        context = {
            "programme": programme,
            "sentences": sentences(facts, rules),
            "top": charts[0],
            "nights": charts[1],
            "ages": charts[2],
            "units": _units(site, programme),
            "nominees": _nominees(site, programme),
            "list": f"cl-{slug(programme.id)}",
            "rules": rules,
            "policies": POLICIES,
            "most": MOST,
            "facts": facts,
            "headline_row": headline_row(site, programme),
        }
        yield Page(programme.page("quality"), "quality.html.j2", context, charts)


def rule_counts(site: Site, programme: Programme) -> list[Row]:
    """Open findings by rule, most frequent first, each with its short sentence."""
    return site.snapshot.rows(
        f"""
        SELECT f.rule_id, count(*) AS n, count(DISTINCT f.unit_code) AS units,
               min(f.severity) AS severity,
               coalesce(max(r.short_vi), max(r.message_vi), min(f.fact_vi)) AS sentence
        FROM fct_findings AS f LEFT JOIN dim_rules AS r USING (rule_id)
        WHERE f.programme_id = ? AND f.status IN {LIVE}
        GROUP BY f.rule_id ORDER BY n DESC, f.rule_id
        """,
        programme.id,
    )


def sentences(facts: Facts, rules: list[Row]) -> list[str]:
    """How many are incomplete, what is missing most, what changed."""
    if not facts.nominations and not facts.findings:
        return [text("quality.empty")]
    if not facts.findings and not facts.incomplete:
        return [text("quality.lead_clean", total=number(facts.nominations))]
    out = []
    if facts.incomplete:
        out.append(
            text(
                "quality.lead_incomplete",
                incomplete=number(facts.incomplete),
                total=number(facts.nominations),
            )
        )
    else:
        out.append(text("quality.lead_open", n=number(facts.findings), blocking=number(facts.blocking)))
    if rules:
        out.append(text("quality.lead_top", rule=sentence(rules[0]["sentence"]), n=number(rules[0]["n"])))
    if not facts.first_night:
        out.append(text("quality.lead_down", new=number(facts.new), fixed=number(facts.fixed)))
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
            r["n"],
            number(r["n"]),
            f"#ds={r['rule_id']}",
            colour=tokens.get(r["severity"], "@bar"),
        )
        for r in rules[:TOP]
    ]
    return Chart(
        id_,
        text("quality.top_title", rule=capital(rules[0]["sentence"]), n=number(rules[0]["n"])),
        text("quality.top_unit"),
        heads,
        [[capital(r["sentence"]), number(r["n"]), number(r["units"])] for r in rules[:MOST]],
        **both(bars, marks),
        picture=True,
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
        why = text("quality.nights_first", open=number(counts[-1].open if counts else 0))
        return Chart(id_, text("quality.nights"), "", heads, [], None, why)
    if not any(one.new or one.open or one.fixed for one in counts):
        return Chart(id_, text("quality.nights"), "", heads, [], None, text("quality.nights_none"))
    change = counts[-1].open - counts[0].open
    key = "down" if change < 0 else "up" if change else "same"
    words = (text("quality.new"), text("quality.fixed"), text("quality.open"))
    return Chart(
        id_,
        text(f"quality.nights_{key}", open=number(counts[-1].open), n=number(abs(change))),
        text("quality.nights_unit"),
        heads,
        [[day(one.as_of), number(one.new), number(one.fixed), number(one.open)] for one in reversed(counts)],
        nights(counts, words),
        picture=True,
    )


def _ages(site: Site, programme: Programme, facts: Facts) -> Chart:
    row = site.snapshot.row(
        "SELECT open_up_to_7_days, open_8_to_14_days, open_15_to_30_days, open_over_30_days "
        "FROM rpt_headlines WHERE programme_id = ?",
        programme.id,
    )
    values = list(row.values())
    labels = [text(f"quality.age.{place_}") for place_ in range(4)]
    heads = [text("quality.age"), text("quality.times")]
    id_ = f"cho-{slug(programme.id)}"
    if not sum(values):
        return Chart(id_, text("quality.ages"), "", heads, [], None, text("quality.ages_none"))
    marks = [
        Mark(label, value, number(value), "#de-nghi", colour="@blocking" if at == 3 else "@bar")
        for at, (label, value) in enumerate(zip(labels, values, strict=True))
    ]
    title = text("quality.ages_title", n=number(values[3])) if values[3] else text("quality.ages_fresh")
    if facts.first_night:
        title = text("quality.ages_first")
    return Chart(
        id_,
        title,
        text("quality.ages_unit"),
        heads,
        [[label, number(value)] for label, value in zip(labels, values, strict=True)],
        **both(bars, marks),
    )


def _units(site: Site, programme: Programme) -> list[Row]:
    return site.snapshot.rows(
        f"""
        SELECT unit_code, count(*) AS total, count(*) FILTER (severity = 'blocking') AS blocking,
               count(*) FILTER (severity = 'warning') AS warning,
               count(*) FILTER (severity = 'information') AS information,
               max(date_diff('day', first_seen_on, ?::DATE)) AS oldest
        FROM fct_findings WHERE programme_id = ? AND status IN {LIVE}
        GROUP BY unit_code ORDER BY blocking DESC, total DESC, unit_code
        """,
        site.as_of,
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
        f"""
        SELECT f.* FROM fct_findings AS f
        WHERE f.programme_id = ? AND f.status IN {LIVE} AND list_contains(?, f.rule_id)
        QUALIFY row_number() OVER (PARTITION BY f.rule_id ORDER BY f.first_seen_on, f.finding_id) <= 50
        ORDER BY f.first_seen_on, f.finding_id
        """,
        programme.id,
        [rule["rule_id"] for rule in rules],
    ):
        found[row["rule_id"]].append(row)
    for rule in rules:
        numbers = [lists.add(_place_row(site, lists, row)) for row in found[rule["rule_id"]]]
        lists.set(rule["rule_id"], capital(rule["sentence"]), rule["n"], numbers)
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
