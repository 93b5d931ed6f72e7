"""``thidua engines``: whether Apache Spark counts what DuckDB counts."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, File, Folder, say
from pipelines.sentences import text
from pipelines.text.printable import one_line


def engines(
    home: Folder = None,
    compare: Annotated[bool, typer.Option("--compare")] = False,
    settings: File = None,
) -> None:
    """Count the last night of a home on both engines and compare every table; exit 0 equal, 1 not equal."""
    from pipelines.common.bars import bar
    from pipelines.night.request import AnotherNight, NightRequest, exclusive
    from pipelines.operate.engines import lacking

    lack = lacking()
    if lack or not compare:
        say(lack or text("engines.ready"))
        raise typer.Exit(UNUSABLE if lack else 0)
    from pipelines.reference.settings import load_engine
    from pipelines.spark.both import compare as compared
    from pipelines.spark.cluster import Unreachable

    request = NightRequest.make(home=home, settings=settings)
    if not request.home.staging.exists():
        say(text("engines.no_night", home=request.home.root))
        raise typer.Exit(UNUSABLE)
    try:
        with exclusive(request), bar("engines") as shown:
            found = compared(request.home, load_engine(request.settings), shown)
    except AnotherNight as other:
        say(text("night.another", home=request.home.root, **other.described()))
        raise typer.Exit(UNUSABLE) from None
    except Unreachable as error:
        say(str(error))
        raise typer.Exit(UNUSABLE) from None
    for one in found.differences:
        say(text("engines.differs", table=one.table, missing=one.missing, added=one.added))
        for example in one.examples:
            say(text("engines.example", example=one_line(example)))
    say(text("engines.total", tables=found.tables, rows=found.rows, differ=len(found.differences)))
    raise typer.Exit(1 if found.differences else 0)
