"""Same in, same out: whether two homes hold the same night, every published table and every file made of it.

``python -m tests.fire.same RAW --python OTHER`` runs the night over RAW with other threads, order of files,
locale, time zone, and with the Python of another environment (``make setup PYTHON=python3.13`` in a copy).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from pipelines.common.paths import Home
from pipelines.night.request import today

OF_RUNS = {
    ("meta", "nights"),
    ("meta", "snapshot"),
    ("marts", "rpt_checks"),
    ("marts", "rpt_check_failures"),
}
"""Tables that tell of runs and their times."""


def tables(path: Path) -> dict[str, tuple[int, int]]:
    """The number of rows and a hash of every table of a published file, whatever the order of its rows."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name IN ('marts', 'meta')"
        ).fetchall()
        return {
            f"{schema}.{name}": connection.execute(
                f'SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0) FROM {schema}."{name}" AS t'
            ).fetchall()[0]
            for schema, name in names
            if (schema, name) not in OF_RUNS
        }


def parquet(folder: Path) -> dict[str, tuple[int, int]]:
    """The same of a Parquet folder."""
    unstable = {f"{schema}.{name}" for schema, name in OF_RUNS}
    with duckdb.connect() as connection:
        return {
            path.stem: connection.execute(
                f"SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0) FROM '{path}' AS t"
            ).fetchall()[0]
            for path in sorted(Path(os.path.realpath(folder)).glob("*.parquet"))
            if path.stem not in unstable
        }


def files(home: Home, as_of: date) -> set[str]:
    """The names of all files that a night makes for people."""
    return set(_below(home.dashboards)) | set(_below(home.quarantine)) | set(_below(home.reports(as_of)))


def _below(folder: Path) -> Iterator[str]:
    top = Path(os.path.realpath(folder))
    for path in top.rglob("*"):
        if path.is_file():
            yield f"{folder.name}/{path.relative_to(top)}"


def night(home: Home) -> date:
    """The published night of a home."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        as_of: date = connection.execute("SELECT as_of FROM meta.snapshot").fetchall()[0][0]
    return as_of


def differences(one: Home, two: Home) -> list[str]:
    """What differs between the published nights of two homes.

    Args:
        one: a home.
        two: another, with its own folders.
    """
    found = []
    for what, kept_one, kept_two in (
        ("published", tables(one.warehouse), tables(two.warehouse)),
        ("public", tables(one.public_warehouse), tables(two.public_warehouse)),
        ("parquet", parquet(one.parquet), parquet(two.parquet)),
    ):
        found += [
            f"{what}: {name} differs"
            for name in sorted(kept_one.keys() | kept_two.keys())
            if kept_one.get(name) != kept_two.get(name)
        ]
    as_of = night(one)
    if as_of != night(two):
        return [*found, f"nights of {as_of} and {night(two)}"]
    found += [f"file of one only: {name}" for name in sorted(files(one, as_of) ^ files(two, as_of))]
    return found


def with_threads(number: int) -> str:
    """The command line, with so many threads and processes for everything."""
    return (
        f"import os; os.cpu_count = lambda: {number}; os.environ['POLARS_MAX_THREADS'] = '{number}'; "
        "import duckdb; connect = duckdb.connect; duckdb.connect = lambda *a, config=None, **k: "
        f"connect(*a, config={{**(config or {{}}), 'threads': {number}}}, **k); "
        "from pipelines.cli import main; main()"
    )


PLAIN = "from pipelines.cli import main; main()"
ASCII = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
VARIANTS: dict[str, tuple[str, dict[str, str]]] = {
    "as it is": (PLAIN, {}),
    "1 thread": (with_threads(1), {}),
    "3 threads": (with_threads(3), {}),
    "8 threads": (with_threads(8), {}),
    "a locale of ASCII": (PLAIN, ASCII),
    "a clock 14 hours ahead": (PLAIN, {"TZ": "Pacific/Kiritimati"}),
    "a clock 10 hours behind": (PLAIN, {"TZ": "Pacific/Honolulu", "LC_ALL": "C.UTF-8"}),
}


def night_of(
    python: str, raw: Path, home: Path, program: str = PLAIN, more: dict[str, str] | None = None
) -> list[str]:
    """Run the first night of a home; what is wrong with it."""
    command = [python, "-c", program, "nightly", "--raw", str(raw), "--home", str(home)]
    done = subprocess.run(
        [*command, "--as-of", today().isoformat()],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **(more or {})},
    )
    return [f"exit {done.returncode}: {done.stdout[-300:]}{done.stderr[-300:]}"] if done.returncode else []


def shuffled(raw: Path, target: Path) -> None:
    """A raw folder whose files were laid down in another order, at other times."""
    paths = sorted(path for path in raw.rglob("*") if path.is_file())
    random.Random(5).shuffle(paths)
    for number, path in enumerate(paths):
        copy = target / path.relative_to(raw)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (1_500_000_000 + number, 1_500_000_000 + number))


def main() -> None:
    """A line per variant; exit 1 where a night differs from the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", type=Path)
    parser.add_argument(
        "--python", nargs="*", default=[], help="other interpreters with everything installed"
    )
    asked = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        shuffled(asked.raw, Path(folder, "raw"))
        runs = [(name, sys.executable, asked.raw, *how) for name, how in VARIANTS.items()]
        runs.append(("files in another order", sys.executable, Path(folder, "raw"), PLAIN, {}))
        runs += [(python, python, asked.raw, PLAIN, {}) for python in asked.python]
        first = Home(Path(folder, "0"))
        for number, (name, python, raw, program, more) in enumerate(runs):
            home = Home(Path(folder, str(number)))
            wrong = night_of(python, raw, home.root, program, more)
            wrong = wrong or differences(first, home)
            print(f"{name}:", wrong[:10] or "equal", flush=True)
            good &= not wrong
            if number:
                shutil.rmtree(home.root)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
