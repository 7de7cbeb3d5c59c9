#!/usr/bin/env python3
"""The table of docs/lint.md is made of src/lint/lint.def: `--write` makes it anew, without it it is compared."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE, PAGE = ROOT / "src/lint/lint.def", ROOT / "docs/lint.md"
ROW = re.compile(r'^LINT\(\w+, "([\w-]+)", (\w+), "((?:[^"\\]|\\.)*)"', re.M)


def made():
    rows = ["| rule | level | what is found |", "|---|---|---|"]
    rows += ["| `%s` | %s | %s |" % (name, level, condition.replace('\\"', '"')) for name, level, condition in ROW.findall(TABLE.read_text())]
    return "\n".join(rows) + "\n"


def main():
    text = PAGE.read_text()
    new = re.sub(r"\| rule \| level \|.*?\n(?!\|)", lambda _: made(), text, flags=re.S)
    if "--write" in sys.argv:
        PAGE.write_text(new)
    elif new != text:
        sys.exit("docs/lint.md is not what src/lint/lint.def says: python3 tests/lint/lint_md.py --write")


main()
