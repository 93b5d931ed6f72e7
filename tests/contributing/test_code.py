"""Tasks that need code: a chart on a page, a report in a night's folder."""

from __future__ import annotations

from tests.contributing.conftest import ProjectCopy


def test_a_chart(compiled: None, copy: ProjectCopy) -> None:
    page = "dashboards/pages/checks.py"
    copy.replace(page, "from dashboards.formats import", "from dashboards.charts.base import Chart\n"
                 "from dashboards.charts.columns import columns\nfrom dashboards.formats import number\n"
                 "from dashboards.formats import")  # fmt: skip
    copy.replace(page, '        "policies": [],\n', '        "policies": [],\n        "by_year": chart,\n')
    copy.replace(page, "    context = {\n", "    chart = _by_year(site)\n    context = {\n")
    copy.replace(page, "context)\n", "context, (chart,))\n")
    copy.append(page, '''

def _by_year(site: Site) -> Chart:
    """Award events by year."""
    sql = "SELECT award_year AS year, count(*) AS n FROM fct_awards GROUP BY 1 ORDER BY 1"
    counts = {row["year"]: row["n"] for row in site.snapshot.rows(sql) if row["year"]}
    rows = [[year, number(n)] for year, n in counts.items()]
    drawn = columns(list(counts), counts, "index.html") if counts else None
    title, empty = text("checks.by_year"), text("checks.no_year")
    return Chart("theo-nam", title, "", ["Năm", "Số lượt"], rows, drawn, empty)
''')  # fmt: skip
    template = "dashboards/templates/checks.html.j2"
    copy.replace(template, "{% endblock %}\n{% block kind %}", "{{ parts.chart(by_year) }}\n{% endblock %}\n"
                 "{% block kind %}")  # fmt: skip
    copy.append("pipelines/sentences/pages.yml", "checks.by_year: Số lượt khen theo năm\n"
                "checks.no_year: Chưa có lượt khen nào\n")  # fmt: skip
    copy.follows("chart")
    drawn = copy.run("""
import json
from datetime import datetime
from pathlib import Path
from dashboards.fresh import FreshFolder
from dashboards.pages import checks
from dashboards.render import Renderer
from dashboards.site import make_site
from dashboards.snapshot import opened
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.tables import reference_tables
from tests.unit.dashboards.published_file import REFERENCE, make_published
published = make_published(Path("thidua.duckdb"))
fresh = FreshFolder(Path("pages"))
fresh.folder("assets")
with opened(published, reference_tables(load_reference(REFERENCE), Settings())) as snapshot:
    site = make_site(snapshot, datetime(2020, 6, 5, 3))
    site.chapters = []
    renderer = Renderer(site, fresh)
    for page in checks.pages(site):
        renderer.page(page)
html = (fresh.path / checks.PATH).read_text("utf-8")
wanted = ("Số lượt khen theo năm", "data-chart=theo-nam", "<th scope=row>2019")
print(json.dumps([one in html for one in wanted]))
""")
    assert drawn == [True, True, True]


REPORT = '''"""A list of the units that are written to, for the telephone."""

from __future__ import annotations

from pathlib import Path

from pipelines.reports.published import Published
from pipelines.sentences import text


def write_calls(folder: Path, published: Published, programme_id: str) -> None:
    """Write the list of a programme."""
    codes = published.units_to_write_to(programme_id)
    (folder / text("calls.file")).write_text("\\n".join([text("calls.title"), *codes]) + "\\n", "utf-8")
'''


def test_a_report(copy: ProjectCopy) -> None:
    copy.write("pipelines/reports/calls.py", REPORT)
    build = "pipelines/reports/build.py"
    copy.replace(build, "from pipelines.reports.data_files import", "from pipelines.reports.calls import "
                 "write_calls\nfrom pipelines.reports.data_files import")  # fmt: skip
    made = "            report_folder(fresh, programme_id).mkdir(exist_ok=True)\n"
    call = "            write_calls(report_folder(fresh, programme_id), published, programme_id)\n"
    copy.replace(build, made, made + call)
    copy.append("pipelines/sentences/reports.yml", "calls.file: goi-dien.txt\n"
                "calls.title: Đơn vị cần gọi điện\n")  # fmt: skip
    copy.follows("report")
    written = copy.run("""
import json
from pathlib import Path
from pipelines.common.paths import PROJECT, Home
from pipelines.reports.build import build_reports
from pipelines.reports.mail.memory import Memory
from tests.unit.reports import small
home = Home(Path("var").resolve())
published = small.write_published(home.warehouse)
raw = Path("raw").resolve()
small.write_raw(raw)
out = home.reports(published.as_of)
build_reports(published, out, raw, small.REFERENCE, PROJECT / "settings.yml", Memory(home.outbox))
print(json.dumps((out / small.LS / "goi-dien.txt").read_text("utf-8").splitlines()))
""")
    assert written[0] == "Đơn vị cần gọi điện"
    assert "LS-HUYEN-TRANG-DINH" in written
