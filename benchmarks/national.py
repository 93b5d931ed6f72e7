"""A night at 300, 3,000 and 12,000 units: processor seconds and memory of each stage, and how they grow.

For each size: a first night, a night with nothing new but the date, a night with 1 % of the files changed.
Prints a table per kind of night and the exponent between the sizes (1.0: grows as its input), the weight of
the site, its largest page, and the ratios that must hold.

Run: ``.venv/bin/python -m benchmarks.national [UNITS …]`` (it needs about 1 GB of disk for 1,000 units)
"""

from __future__ import annotations

import json
import math
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from pipelines.common.paths import PROJECT, Home
from pipelines.generate import generate

BIN = Path(sys.executable).parent
SIZES = (300, 3_000, 12_000)
AWARDS, SEED = 100, 7
AS_OF = date(2025, 11, 12)
"""No deadline passes in the nights after it, and no year ends."""
CHANGED = 0.01
COUNTING = (
    "reference",
    "intake",
    "expectations_reading",
    "dbt_first_half",
    "expectations",
    "dbt_second_half",
    "gate",
    "publish",
)
READ_BY_PEOPLE = ("dashboards", "reports")


@dataclass(frozen=True, slots=True)
class Night:
    """Processor seconds (of all cores, with the processes a stage begins) and MB of each stage."""

    seconds: dict[str, float]
    peak_mb: dict[str, float]

    def of(self, *stages: str) -> float:
        """Seconds of some stages; of all where none is named."""
        return sum(seconds for name, seconds in self.seconds.items() if not stages or name in stages)


@dataclass(frozen=True, slots=True)
class Size:
    """What one size came to."""

    units: int
    files: int
    nights: dict[str, Night]
    site_mb: float
    largest_page_kb: float
    reports_mb: float


def night(folder: Path, home: Home, as_of: date) -> Night:
    """Run a night and read its stages from the home's table of nights."""
    command = [str(BIN / "thidua"), "nightly", "--home", str(home.root), "--as-of", as_of.isoformat()]
    command += ["--raw", str(folder / "raw"), "--reference", str(folder / "reference")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    with duckdb.connect(str(home.staging), read_only=True) as connection:
        ((stages,),) = connection.execute(
            "SELECT stages FROM meta.nights ORDER BY started_at DESC LIMIT 1"
        ).fetchall()
    told = json.loads(stages)
    return Night(
        {stage["name"]: stage["processor"] for stage in told},
        {stage["name"]: stage["peak_mb"] for stage in told},
    )


def change(raw: Path, share: float) -> None:
    """Drop the last row of every so many-th CSV list, as a unit does that corrects its file."""
    lists = sorted(raw.rglob("khen-thuong.csv"))
    files = sum(1 for path in raw.rglob("*") if path.is_file())
    for path in lists[:: max(1, round(len(lists) / max(1, files * share)))]:
        lines = path.read_text("utf-8-sig").splitlines(keepends=True)
        path.write_text("".join(lines[:-1]), "utf-8-sig")


def measure(units: int, scratch: Path) -> Size:
    """Generate so many units and run the three nights."""
    folder, home = scratch / f"{units}", Home(scratch / f"{units}" / "home")
    generate(units, AWARDS, SEED, folder, PROJECT / "data" / "reference")
    nights = {"first": night(folder, home, AS_OF), "quiet": night(folder, home, AS_OF + timedelta(1))}
    change(folder / "raw", CHANGED)
    nights["changed"] = night(folder, home, AS_OF + timedelta(2))
    pages = [path.stat().st_size for path in home.dashboards.rglob("*.html")]
    return Size(
        units,
        sum(1 for path in (folder / "raw").rglob("*") if path.is_file()),
        nights,
        _weight([home.dashboards]),
        max(pages) / 1024,
        _weight([home.root / "reports"]),
    )


def _weight(folders: list[Path]) -> float:
    """MB on disk; a file that several nights share weighs once."""
    seen = {
        (status.st_dev, status.st_ino): status.st_size
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and (status := path.stat())
    }
    return sum(seen.values()) / 1e6


def exponent(smaller: Size, larger: Size, kind: str, stage: str) -> float:
    """How a stage grows between two sizes: seconds ~ units ** exponent."""
    before, after = smaller.nights[kind].seconds[stage], larger.nights[kind].seconds[stage]
    return math.log(max(after, 0.01) / max(before, 0.01)) / math.log(larger.units / smaller.units)


def report(sizes: list[Size]) -> str:
    """The tables as Markdown."""
    heads = [f"{size.units:,} units" for size in sizes]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    load = ", ".join(f"{one:.0f}" for one in os.getloadavg())
    lines = [f"Machine: {machine}; load at the end {load}"]
    for kind in sizes[0].nights:
        lines += [
            "",
            f"### {kind} night: processor seconds (MB)",
            "",
            "| stage | " + " | ".join(heads) + " | exponent |",
        ]
        lines.append("|---|" + "---:|" * (len(sizes) + 1))
        for stage in sizes[0].nights[kind].seconds:
            cells = [
                f"{size.nights[kind].seconds[stage]:.1f} ({size.nights[kind].peak_mb[stage]:.0f})"
                for size in sizes
            ]
            grows = f"{exponent(sizes[0], sizes[-1], kind, stage):.2f}" if len(sizes) > 1 else "-"
            lines.append(f"| {stage} | " + " | ".join(cells) + f" | {grows} |")
        lines.append("| all | " + " | ".join(f"{size.nights[kind].of():.1f}" for size in sizes) + " | |")
    lines += ["", "| | " + " | ".join(heads) + " |", "|---|" + "---:|" * len(sizes)]
    for label, values in (
        ("files", [f"{size.files:,}" for size in sizes]),
        ("site, MB (at most 300)", [f"{size.site_mb:.0f}" for size in sizes]),
        ("largest page, KB (at most 400)", [f"{size.largest_page_kb:.0f}" for size in sizes]),
        ("reports of three nights, MB", [f"{size.reports_mb:.0f}" for size in sizes]),
        ("read by people / counting, first night (at most 1)", [_ratio(size, "first") for size in sizes]),
        (
            "night with 1 % changed / first (at most 0.15)",
            [_against_first(size, "changed") for size in sizes],
        ),
        ("quiet night / first", [_against_first(size, "quiet") for size in sizes]),
        ("peak MB (under 4,000)", [f"{_peak(size):.0f}" for size in sizes]),
    ):
        lines.append(f"| {label} | " + " | ".join(values) + " |")
    return "\n".join(lines)


def _ratio(size: Size, kind: str) -> str:
    return f"{size.nights[kind].of(*READ_BY_PEOPLE) / size.nights[kind].of(*COUNTING):.2f}"


def _against_first(size: Size, kind: str) -> str:
    return f"{size.nights[kind].of() / size.nights['first'].of():.2f}"


def _peak(size: Size) -> float:
    return max(max(one.peak_mb.values()) for one in size.nights.values())


def main() -> None:
    """Measure the sizes asked for and print."""
    asked = [int(one) for one in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as scratch:
        print(report([measure(units, Path(scratch)) for units in asked]))


if __name__ == "__main__":
    main()
