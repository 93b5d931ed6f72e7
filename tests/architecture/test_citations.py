"""What the project cites is there: pages, anchors, decisions; and no number of a tracker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipelines.common.paths import PROJECT

ROOMS = (
    "pipelines", "expectations", "dashboards", "dbt_project", "benchmarks", "tests", "docs", "deploy",
    "data/reference",
)  # fmt: skip
KINDS = {".py", ".sql", ".yml", ".yaml", ".md", ".csv", ".j2", ".toml", ".js", ".css"}
MADE_LATER = {"dashboards/index.html", "dbt_project/target"}
"""Below HOME, not below the project; and what dbt makes when it first runs, which a clone has not."""
MADE = {"target", "logs", "dbt_packages", "__pycache__"}
PAGES = re.compile(r"(?<![\w/.*-])(?:[\w-]+/)*[\w-]+\.md\b")
UNDER_DOCS = re.compile(r"\bdocs/(?:[\w-]+/)*[\w.-]*\w")
ANCHORS = re.compile(r"([\w/-]+\.md)#([\w-]+)")
PLACES = re.compile(
    r"(?<![\w/.])((?:pipelines|dashboards|expectations|dbt_project|data/reference|data/raw|tests|benchmarks|deploy)"
    r"/[\w./-]*\w)(?![\w<{*])"
)
TESTS = re.compile(r"`([\w/]+\.py)?::(\w+)`")
DECISIONS = re.compile(r"(?:decisions?[ /]|\()(0\d{3})\b")
TRACKER = re.compile(r"\b(?:issue|ticket|vấn đề số)s? ?#?\d+\b|(?<![\w&#])#\d{1,3}\b(?!\w)", re.IGNORECASE)


def _files() -> Iterator[tuple[Path, str]]:
    listed = [path for room in ROOMS for path in sorted((PROJECT / room).rglob("*"))]
    for path in [*listed, *sorted(PROJECT.glob("*"))]:
        if (
            path.is_file()
            and path.suffix in KINDS
            and not MADE & set(path.parts)
            and path != Path(__file__).resolve()
        ):
            yield path, path.read_text("utf-8", errors="replace")


def _is_there(written: str, citing: Path) -> bool:
    docs = PROJECT / "docs"
    folders = (PROJECT, citing.parent, docs, docs / "decisions", docs / "huong-dan", PROJECT / "tests")
    return any((folder / written).exists() or any(folder.glob(f"{written}-*")) for folder in folders)


def _ids(page: Path) -> set[str]:
    """The anchors of a page: those set by hand, and those of its headings."""
    text = page.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([\w-]+)">', text))


def test_every_page_that_is_cited_is_there() -> None:
    missing = [
        f"{path.relative_to(PROJECT)}: {written}"
        for path, text in _files()
        for pattern in (PAGES, UNDER_DOCS)
        for written in pattern.findall(text)
        if not _is_there(written, path)
    ]
    assert missing == []


def test_every_file_of_ours_that_is_named_is_there() -> None:
    """A path from the root; a test that makes a file on a copy names what is not there yet."""
    missing = [
        f"{path.relative_to(PROJECT)}: {written}"
        for path, text in _files()
        if path.parent.name != "contributing" and not text.startswith("# Changelog")
        for written in PLACES.findall(text)
        if not (PROJECT / written).exists() and written not in MADE_LATER
        if not any((PROJECT / written).parent.glob(f"{Path(written).name}*"))
    ]
    assert missing == []


def test_every_anchor_that_is_cited_is_there() -> None:
    missing = []
    for path, text in _files():
        for written, anchor in ANCHORS.findall(text):
            places = [folder / written for folder in (PROJECT, path.parent, PROJECT / "docs")]
            page = next((place for place in places if place.is_file()), None)
            if page is not None and anchor not in _ids(page):
                missing.append(f"{path.relative_to(PROJECT)}: {written}#{anchor}")
    assert missing == []


def test_decisions_are_numbered_through_and_cited_ones_exist() -> None:
    records = sorted((PROJECT / "docs" / "decisions").glob("*.md"))
    numbers = [path.name[:4] for path in records]
    assert numbers == [f"{number:04d}" for number in range(1, len(records) + 1)]
    for path in records:
        assert path.read_text("utf-8").startswith(f"# {path.name[:4]}. "), path.name
    cited = {
        (path.relative_to(PROJECT).as_posix(), number)
        for path, text in _files()
        if path.suffix in {".py", ".sql", ".yml", ".yaml", ".md"}
        for number in DECISIONS.findall(text)
    }
    assert [(where, number) for where, number in sorted(cited) if number not in numbers] == []


def test_no_number_of_a_tracker() -> None:
    rooms = {".py", ".sql", ".yml", ".yaml", ".md"}
    found = [
        f"{path.relative_to(PROJECT)}: {match.group()}"
        for path, text in _files()
        if path.suffix in rooms
        for match in TRACKER.finditer(text)
    ]
    assert found == []


def test_the_two_readmes_say_the_same() -> None:
    """The same links, pictures and code; each document once; the true number of sample files."""
    english, vietnamese = ((PROJECT / name).read_text("utf-8") for name in ("README.md", "README.vi.md"))
    linked = [re.findall(r"^- \[([^\]]+)\]", text, re.MULTILINE) for text in (english, vietnamese)]
    assert sorted(linked[0]) == sorted(linked[1])
    assert len(linked[0]) == len(set(linked[0]))
    assert {path.name for path in (PROJECT / "docs").glob("*.md")} == {
        name.removeprefix("docs/") for name in linked[0] if name.startswith("docs/") and name.endswith(".md")
    }
    for pattern in (r"\]\((docs/pictures/[^)]+)\)", r"^\.venv/bin/thidua (\w+)", r"`(var/[^`]+/)"):
        found = [re.findall(pattern, text, re.MULTILINE) for text in (english, vietnamese)]
        assert len(found[0]) == len(found[1]) > 0
    files = sum(path.is_file() for path in (PROJECT / "data" / "raw").rglob("*"))
    assert f"holds {files} synthetic files" in english
    assert f"có {files} tệp tự tạo" in vietnamese


def test_tests_that_pages_name_are_there() -> None:
    defined = [
        (path.as_posix(), path.read_text("utf-8")) for path in sorted((PROJECT / "tests").rglob("test_*.py"))
    ]
    named = [
        (page.name, *found)
        for page in sorted((PROJECT / "docs").glob("*.md"))
        for found in TESTS.findall(page.read_text("utf-8"))
    ]
    assert named
    assert [
        (page, file, name)
        for page, file, name in named
        if not any(path.endswith(file) and f"def {name}(" in text for path, text in defined)
    ] == []
