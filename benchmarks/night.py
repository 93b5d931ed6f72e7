"""What a night costs, as ratios within one run.

(a) a night without a new file, a day later than the night before: ours against the plain route (dbt as a
    command, a process per step, Great Expectations imported at the top); same models, same checks. At most
    a fifth is wanted.
(b) a first night: ours against the bare work (calamine over the same workbooks, the same SQL by hand).

Run: ``.venv/bin/python -m benchmarks.night [ROUNDS]``
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import python_calamine

from pipelines.common.paths import PROJECT, Home
from pipelines.transform.compiled import build_models, in_memory

FIRST = date(2026, 1, 10)
BIN = Path(sys.executable).parent


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=PROJECT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return time.perf_counter() - start


def ours(home: Path, as_of: date) -> float:
    """Seconds of ``thidua nightly``."""
    return _seconds([str(BIN / "thidua"), "nightly", "--home", str(home), "--as-of", f"{as_of}"], {})


def plain(home: Path, as_of: date) -> float:
    """Seconds of the plain route over the same home."""
    settings = home / "plain.yaml"
    settings.write_text(f"resources: {{night: {{config: {{as_of: '{as_of}'}}}}}}\n", "utf-8")
    environment = {
        "THIDUA_HOME": str(home),
        "DAGSTER_HOME": str(home / "dagster"),
        "THIDUA_STAGING": str(Home(home).staging),
        "DBT_TARGET_PATH": str(home / "dbt"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DAGSTER_DISABLE_TELEMETRY": "yes",
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    }
    return _seconds(
        [
            str(BIN / "dagster"),
            "job",
            "execute",
            "-m",
            "benchmarks.plain_route",
            "-j",
            "nightly",
            "-c",
            str(settings),
        ],
        environment,
    )


def bare(home: Path) -> float:
    """Seconds of reading the same workbooks with calamine and running the same SQL by hand."""
    start = time.perf_counter()
    for path in sorted((PROJECT / "data" / "raw").rglob("*")):
        if path.suffix in {".xlsx", ".xls", ".ods"}:
            try:
                book = python_calamine.CalamineWorkbook.from_path(str(path))
                for name in book.sheet_names:
                    book.get_sheet_by_name(name).to_python()
            except python_calamine.CalamineError:
                continue
    copy = home / "bare.duckdb"
    shutil.copy(Home(home).staging, copy)
    with in_memory(copy) as connection:
        build_models(connection)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        homes = {name: Path(folder) / name for name in ("ours", "plain")}
        first = [ours(home, FIRST) for home in homes.values()]
        times: dict[str, list[float]] = {"ours": [], "plain": [], "bare": []}
        for number in range(1, rounds + 1):
            times["ours"].append(ours(homes["ours"], FIRST + timedelta(number)))
            times["plain"].append(plain(homes["plain"], FIRST + timedelta(number)))
            times["bare"].append(bare(homes["ours"]))
    middle = {name: statistics.median(values) for name, values in times.items()}
    print(f"night without a new file: ours {middle['ours']:.1f} s, plain route {middle['plain']:.1f} s")
    print(f"ratio ours / plain: {middle['ours'] / middle['plain']:.2f} (at most 0.20)")
    print(f"first night: ours {min(first):.1f} s, bare work {middle['bare']:.1f} s")
    print(f"ratio first night / bare: {min(first) / middle['bare']:.1f}")


if __name__ == "__main__":
    main()
