"""The pictures of docs/: summaries of real runs, as a reader of them sees them.

Staging has run three migrations; in production the second one meets data that staging does not have. Needs
Debian's cmark-gfm, chromium, fonts-noto-core and fonts-noto-color-emoji, and pngquant to keep the files small:
/usr/bin/python3 tests/demo/picture.py [FOLDER]   FOLDER (build/picture) gets a .md, an .html and a .png of each; those for
narrow screens are called …-phone.png. What GitHub draws itself, a Mermaid picture, is left out.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "integration"))

import drawn  # noqa: E402
import management_stub  # noqa: E402
from action import Action  # noqa: E402
from cluster import Cluster  # noqa: E402
from project import Project  # noqa: E402
from workspace import Workspace  # noqa: E402

BEFORE = {"20260820113000_orders.sql": """create table orders (
  id bigint generated always as identity primary key,
  customer bigint not null,
  total numeric(10, 2) not null
);
"""}
PENDING = {
    "20260901101500_order_status.sql": """create type order_status as enum ('new', 'paid', 'sent');
alter table orders add column status order_status not null default 'new';
""",
    "20260902090000_order_totals.sql": """-- Nothing is free.
alter table orders
  add constraint orders_total_positive check (total > 0);
""",
    "20260903080000_orders_customer_idx.sql": "create index concurrently orders_customer on orders (customer);\n",
}


def scenes(folder):
    """{name: summary} of a plan, a promotion that is blocked, a push that fails, and a rehearsal that foresees it."""
    management_stub.project_body.__defaults__ = (management_stub.REF, "ACTIVE_HEALTHY", "shop")
    workspace = Workspace(folder / "workspace")
    action = Action(workspace, folder / "runner")
    with Cluster() as cluster:
        staging, project = cluster.create_database(), Project(cluster, folder)
        project.open_direct()

        def run(code, **inputs):
            result = project.run(action, environment_name="production", staging_db_url=staging.url, lint="warn", **inputs)
            assert result.code == code, result
            return result.summary
        try:
            workspace.migrations(BEFORE)
            action.push(staging.url)
            project.run(action)
            workspace.migrations(PENDING)
            blocked = run(7, mode="dry-run")
            action.push(staging.url)
            plan = run(0, mode="dry-run")
            project.db.query("insert into orders (customer, total) values (1, 12.50), (2, 0)")
            return {"blocked": blocked, "plan": plan,
                    "rehearsal": run(8, mode="dry-run", preflight="false", rehearse="target"),
                    "summary": run(8, preflight="false")}
        finally:
            project.close()
            staging.drop()
            action.close()


def tool(*words, **options):
    return subprocess.run(words, check=True, capture_output=True, **options).stdout


MEASURE = "<script>document.title = document.documentElement.scrollHeight</script>"
WIDTHS = {"": 1000, "-phone": 430}


def page_of(summary, width):
    shown = re.sub(r"```mermaid\n.*?```\n", "", summary, flags=re.S)
    return drawn.document('<article style="width: %dpx">%s</article>' % (width, drawn.html_of(shown)), MEASURE)


def draw(folder, target, name, summary, width):
    page, picture = target / (name + ".html"), target / (name + ".png")
    page.write_text(page_of(summary, width))
    height = int(re.search(rb"<title>(\d+)</title>", drawn.chromium(folder, page, "--window-size=%d,800" % width, "--dump-dom")).group(1))
    drawn.chromium(folder, page, "--window-size=%d,%d" % (width, height), "--screenshot=%s" % picture)
    if shutil.which("pngquant"):
        tool("pngquant", "--force", "--ext", ".png", "64", str(picture))


def main(target):
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, summary in scenes(Path(folder)).items():
            (target / (name + ".md")).write_text(summary)
            for suffix, width in WIDTHS.items():
                draw(Path(folder), target.resolve(), name + suffix, summary, width)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/picture"))
