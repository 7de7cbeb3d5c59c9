"""docs/summary.png: the step summary of a real run, as a reader of it sees it.

Staging has run three migrations; in production the second one meets data that staging does not have. Needs
Debian's cmark-gfm, chromium, fonts-noto-core and fonts-noto-color-emoji, and pngquant to keep the file small:
/usr/bin/python3 tests/demo/picture.py [FOLDER]   FOLDER (build/picture) gets summary.md, .html and .png.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "integration"))

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
STYLE = """
body { font: 14px/1.5 "Noto Sans", "Noto Color Emoji", sans-serif; color: #1f2328; margin: 0; padding: 20px 28px; width: 940px }
h3 { font-size: 20px; margin: 0 0 14px } h4 { margin: 18px 0 8px; font-size: 15px }
table { border-collapse: collapse; margin: 0 0 16px } th, td { border: 1px solid #d1d9e0; padding: 5px 12px }
tr:nth-child(2n) { background: #f6f8fa } a { color: #0969da; text-decoration: none }
code, pre { font: 12px/1.45 "Noto Sans Mono", "DejaVu Sans Mono", monospace; background: #f0f1f3; border-radius: 5px }
code { padding: 2px 5px } pre { padding: 12px 14px; margin: 0 0 16px; background: #f6f8fa } pre code { padding: 0; background: none }
p { margin: 0 0 12px } details { margin: 0 0 4px }
"""


def run(folder):
    management_stub.project_body.__defaults__ = (management_stub.REF, "ACTIVE_HEALTHY", "shop")
    workspace = Workspace(folder / "workspace")
    action = Action(workspace, folder / "runner")
    with Cluster() as cluster:
        staging, project = cluster.create_database(), Project(cluster, folder)
        project.open_direct()
        try:
            workspace.migrations(BEFORE)
            action.push(staging.url)
            project.run(action)
            project.db.query("insert into orders (customer, total) values (1, 12.50), (2, 0)")
            workspace.migrations(PENDING)
            action.push(staging.url)
            result = project.run(action, environment_name="production", staging_db_url=staging.url)
            assert result.code == 8 and len(result.applied) == 1, result
            return result.summary
        finally:
            project.close()
            staging.drop()
            action.close()


def tool(*words, **options):
    return subprocess.run(words, check=True, capture_output=True, **options).stdout


def main(target):
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        summary = run(Path(folder))
        (target / "summary.md").write_text(summary)
        html = tool("cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", input=summary.encode()).decode()
        page = Path(folder) / "summary.html"
        page.write_text("<!DOCTYPE html><meta charset=utf-8><style>%s</style>%s" % (STYLE, html))
        shutil.copy(page, target / "summary.html")
        picture = Path(folder) / "summary.png"
        tool("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1000,1125",
             "--screenshot=%s" % picture, page.as_uri(), env=dict(os.environ, HOME=folder))
        if shutil.which("pngquant"):
            tool("pngquant", "--force", "--ext", ".png", "64", str(picture))
        shutil.copy(picture, target / "summary.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/picture"))
