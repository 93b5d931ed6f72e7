"""Who may read what of a home: personal data only the operator and his group, the public file everyone."""

from __future__ import annotations

from pathlib import Path

from pipelines.common.paths import Home


def wanted(home: Home) -> dict[Path, int]:
    """The modes of a home's folders and files, docs/personal-data.md says why."""
    return {
        # everyone may pass through to the public file, only the group may list
        home.root: 0o751,
        home.warehouse.parent: 0o751,
        home.public_warehouse: 0o444,
        # names: the operator writes, his group reads
        home.warehouse: 0o440,
        home.parquet: 0o750,
        **dict.fromkeys(home.parquet.glob("*.parquet"), 0o440),
        home.snapshots: 0o750,
        **dict.fromkeys(home.snapshots.glob("*.duckdb"), 0o440),
        home.dashboards: 0o750,
        home.root / "reports": 0o750,
        home.quarantine: 0o750,
        # the night's own
        home.staging.parent: 0o700,
        home.outbox: 0o700,
        home.arrival: 0o700,
        home.dagster: 0o700,
        home.dbt_target: 0o700,
        home.diary: 0o640,
    }


def wrong(home: Home) -> list[tuple[Path, int, int]]:
    """Paths whose mode differs: path, mode found, mode wanted."""
    return [
        (path, path.stat().st_mode & 0o777, mode)
        for path, mode in wanted(home).items()
        if path.exists() and path.stat().st_mode & 0o777 != mode
    ]


def tighten(home: Home) -> None:
    """Set every mode; what belongs to another user is left for ``thidua doctor`` to name."""
    for path, _, mode in wrong(home):
        try:
            path.chmod(mode)
        except PermissionError:
            continue
