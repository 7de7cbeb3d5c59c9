"""What people read, for each kind of run: summary and comment as they are, in tests/golden/screen; their order; and how GitHub draws
them, and those of tests/golden/report, on a desk and on a phone."""
import os
import re
from pathlib import Path

import pytest

import drawn
from scenes import SCENES, Stage

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SCREEN = GOLDEN / "screen"


@pytest.fixture
def stage(clusters, github, origin, tmp_path):
    running = Stage(clusters.get(17, like_supabase=True), github, origin, tmp_path)
    yield running
    running.close()


@pytest.mark.parametrize("name", SCENES)
def test_a_run_reads_as_it_has_been_read_before(name, stage):
    SCENES[name](stage)
    for kind, text in (("summary", stage.summary), ("comment", stage.comment)):
        file = SCREEN / ("%s.%s.md" % (name, kind))
        if os.environ.get("UPDATE_GOLDEN"):
            file.write_text(text) if text else file.unlink(missing_ok=True)
        assert text == (file.read_text() if file.exists() else ""), "%s: UPDATE_GOLDEN=1 writes it again" % file


def reports():
    """{name: Markdown}: what the runs above have left, and what the unit tests of src/report make."""
    texts = {file.name[:-3]: file.read_text() for file in sorted(SCREEN.glob("*.md"))}
    for file in sorted((GOLDEN / "report").glob("*.test")):
        for kind, text in re.findall(r"^---- (summary|comment)\n(.*?)(?=^---- |\Z)", file.read_text(), flags=re.M | re.S):
            texts["%s.%s" % (file.stem, kind)] = text
    return texts


REPORTS = reports()


# -- the order -------------------------------------------------------------------------------------

PARTS = [("verdict", r"### "), ("finding", r"\*\*(?!What is in|What to do|Next|Way back)[A-Z][^*:]*\*\*(?: in |$)"),
         ("state", r"\*\*What is in the database:\*\* "), ("next", r"\*\*Next:\*\* "), ("way back", r"\*\*Way back:\*\* "),
         ("rows", r"\|"), ("folded", r"<details"), ("foot", r"(?:Left out|<sub>)")]


def without_blocks(text):
    """No code, whose lines may look like anything, and of what is folded only that it is there; rows that were not run are rows."""
    text = re.sub(r"^(`{3,})[a-z]*\n.*?^\1\n", "", text, flags=re.M | re.S)
    text = re.sub(r"<!--.*?-->\n", "", text)
    text = re.sub(r"<details><summary>(?:\d+ not run|How to go back|Lines to paste)[^<]*</summary>.*?</details>\n", "", text, flags=re.S)
    depth, kept = 0, []
    for line in text.splitlines():
        begins, ends = line.startswith("<details"), line == "</details>"
        if begins and not depth:
            kept.append(line)
        elif not depth:
            kept.append(line)
        depth += begins - ends
    assert depth == 0, text
    return kept


def order_of(text):
    """The parts in which a report comes, one after the other."""
    found = []
    for line in without_blocks(text):
        for name, pattern in PARTS:
            if re.match(pattern, line) and found[-1:] != [name]:
                found.append(name)
    return found


@pytest.mark.parametrize("name", REPORTS)
def test_what_matters_most_comes_first(name):
    found = order_of(REPORTS[name])
    names = [part for part, _ in PARTS]
    assert found[0] == "verdict" and found == sorted(set(found), key=names.index), (found, REPORTS[name])
    mark = REPORTS[name].split("### ")[1].split(" ")[0]
    if (mark in "❌⛔" and name.split(".")[0] != "nothing") or "finding" in found:
        assert "next" in found and ("state" in found or "detection" in name), (found, REPORTS[name])


@pytest.mark.parametrize("name", REPORTS)
def test_commands_are_in_blocks_and_words_are_not(name):
    text = REPORTS[name]
    for block in re.findall(r"^```sh\n(.*?)^```", text, flags=re.M | re.S):
        for line in block.splitlines():
            assert not line.startswith("#"), "words in a block, which does not wrap: %s" % line
    for line in without_blocks(text):
        assert not re.match(r"(git|gh|psql|curl) ", line), "a command that is no block: %s" % line


@pytest.mark.parametrize("name", [name for name in REPORTS if "### ⛔" in REPORTS[name]])
def test_the_row_that_blocks_is_marked(name):
    text = REPORTS[name]
    files = {line for found in re.findall(r"^\*\*Push blocked\*\* in .*?<code>(.*?)</code>", text, flags=re.M)
             for line in [re.sub(r"&#58;.*", "", found).rsplit("/", 1)[-1]]}
    rows = [line for line in text.splitlines() if re.match(r"\| \S+ \| <code>", line)]
    marked = {re.search("<code>(.*?)</code>", row).group(1) for row in rows if row.startswith("| ⛔") and "blocks the push" in row}
    listed = {re.search("<code>(.*?)</code>", row).group(1) for row in rows}
    assert marked == files & listed, (files, rows)


def test_a_promoted_pull_request_shows_what_production_gets():
    for kind in ("summary", "comment"):
        text = REPORTS["promoted." + kind]
        assert re.match(r"(<!--.*-->\n)?### 📋 production&#58; 1 migration will be promoted", text), text
        assert "| identical |" in text and "create table public.invoices" in text, text


# -- how it is drawn ---------------------------------------------------------------------------------

FOREIGN = ("markup", "bytes")  # reports whose texts are themselves markup, and have to be seen as it is written


@pytest.fixture(scope="module")
def pages():
    if drawn.missing_tools():
        pytest.skip("not on this machine (Debian packages): %s" % " ".join(drawn.missing_tools()))
    return {name: drawn.html_of(text, hardbreaks=name.endswith(".comment")) for name, text in REPORTS.items()}


def test_nothing_is_taken_away_by_github(pages):
    assert {name: drawn.taken_away(text) for name, text in pages.items() if drawn.taken_away(text)} == {}


def test_everything_can_be_read_on_a_desk_and_on_a_phone(pages, tmp_path):
    pictures = any("language-mermaid" in text for text in pages.values())
    bundle = drawn.mermaid() if pictures else ""
    found = drawn.measure(pages, tmp_path, bundle or "")
    expected = "no picture" if pictures and not bundle else None
    for name, complaints in found.items():
        left = [said for said in complaints if not (expected and said.startswith(expected)) and
                not (name.split(".")[0] in FOREIGN and said.startswith("Markdown is seen"))]
        assert not left, (name, left)
    if pictures and not bundle:
        pytest.skip("the rest holds, but npm does not give %s: pictures were not judged" % drawn.MERMAID)


@pytest.mark.parametrize("text, said", [
    ("**unfinished", "Markdown is seen"), ("a [link](x", "Markdown is seen"), ("&amp;#58;", "Markdown is seen"),
    ("<p style='white-space: nowrap'>" + "long " * 80, "is cut off"), ("<details><summary>x</summary></details>", "opens to nothing"),
    ("<p style='color: #f0f6fc'>pale", "is hard to read"), ("<pre style='overflow: visible'>" + "x" * 500, "is wider than the page"),
    ("```mermaid\ngantt\n  section a\n  b :::: c, d\n  no title at all\n```", "no picture")])
def test_what_is_wrong_would_be_seen(text, said, tmp_path):
    if drawn.missing_tools():
        pytest.skip("not on this machine (Debian packages): %s" % " ".join(drawn.missing_tools()))
    bundle = drawn.mermaid() if "mermaid" in text else ""
    if bundle is None:
        pytest.skip("npm does not give %s" % drawn.MERMAID)
    found = drawn.measure({"x": drawn.html_of(text)}, tmp_path, bundle)
    assert any(said in complaint for complaint in found["x"]), found


def test_what_github_takes_away_would_be_seen():
    assert drawn.taken_away("<p style='color: red'>x</p><style></style><a href='javascript:x'>y</a><details open>") == \
        ["style=… of <p>", "<style>", "javascript:x"]
