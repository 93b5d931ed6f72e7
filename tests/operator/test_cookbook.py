"""Every query of docs/cookbook.md runs on both published files and answers its question."""

from __future__ import annotations

import re

import duckdb
import pytest

from pipelines.common.paths import PROJECT, Home

SECTION = re.compile(r"^## (\d+)\. (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
QUERY = re.compile(r"```sql\n(.*?)```", re.DOTALL)
COOKBOOK = (PROJECT / "docs" / "cookbook.md").read_text("utf-8")
QUESTIONS = [(int(number), question, body) for number, question, body in SECTION.findall(COOKBOOK)]
NEEDS_THE_WHOLE_FILE = "*Cần tệp đầy đủ.*"
# Questions whose honest answer on the sample may be "none".
MAY_BE_EMPTY = {3, 14, 16}


def test_there_are_twenty_questions_each_with_one_query() -> None:
    assert [number for number, _, _ in QUESTIONS] == list(range(1, 21))
    assert all(question.endswith("?") for _, question, _ in QUESTIONS)
    assert all(len(QUERY.findall(body)) == 1 for _, _, body in QUESTIONS)


@pytest.mark.parametrize(("number", "question", "body"), QUESTIONS, ids=[str(n) for n, _, _ in QUESTIONS])
def test_the_query_answers(
    published: duckdb.DuckDBPyConnection, number: int, question: str, body: str
) -> None:
    (query,) = QUERY.findall(body)
    result = published.execute(query)
    columns = [column[0] for column in result.description or []]
    rows = result.fetchall()
    assert len(columns) >= 2
    assert rows or number in MAY_BE_EMPTY, question
    assert len(rows) == len(set(map(repr, rows))), "a row is told twice"
    for column, values in zip(columns, zip(*rows, strict=True), strict=False):
        if column.endswith("_pct"):
            assert all(value is None or 0 <= value <= 100 for value in values), column


@pytest.mark.parametrize(("number", "question", "body"), QUESTIONS, ids=[str(n) for n, _, _ in QUESTIONS])
def test_the_public_file_gives_the_same_or_the_book_says_it_cannot(
    sample_home: Home, published: duckdb.DuckDBPyConnection, number: int, question: str, body: str
) -> None:
    (query,) = QUERY.findall(body)
    with duckdb.connect(str(sample_home.public_warehouse), read_only=True) as public:
        if NEEDS_THE_WHOLE_FILE in body:
            with pytest.raises((duckdb.BinderException, duckdb.CatalogException)):
                public.execute(query)
        else:
            rows = public.execute(query).fetchall()
            assert sorted(map(repr, rows)) == sorted(map(repr, published.execute(query).fetchall()))


def test_awards_per_thousand_are_the_two_numbers_divided(published: duckdb.DuckDBPyConnection) -> None:
    (query,) = QUERY.findall(QUESTIONS[1][2])
    rows = published.execute(query).fetchall()
    assert any(row[4] is not None for row in rows)
    for _, _, awards, workers, per_thousand in rows:
        assert per_thousand == (None if not workers else pytest.approx(1000 * awards / workers))
