"""Markdown as GitHub draws it: cmark-gfm makes HTML of it, what GitHub's sanitiser lets through is known, and headless Chromium
lays it out with a style that is close to GitHub's, light and dark. Mermaid pictures are judged by Mermaid itself.

    measure({name: html_of(markdown, hardbreaks=True)}, folder) -> {name: [what is wrong with it]}
"""
import hashlib
import html
import html.parser
import json
import os
import re
import shutil
import subprocess
import tarfile

import npm

CHROMIUM = next((name for name in ("chromium", "google-chrome") if shutil.which(name)), "chromium")
TOOLS = ("cmark-gfm", CHROMIUM)
MERMAID = "mermaid@11.4.1"
MERMAID_DIGEST = ("31bd35253ff1e8228359ac628307d962e6260d9eb1b6b37036589d299c244ab0"
                  "da63d9fdd2d76b25357952693ec0fd5f66c706a6d98a1571ec5cc0c4559f90e8")  # SHA-512
WIDTHS = {"desktop": 1012, "phone": 360}
THEMES = ("light", "dark")

# What stays of HTML in a comment: github.com/gjtorikian/html-pipeline and github/markup list it. Colours and scripts do not.
TAGS = set("h1 h2 h3 h4 h5 h6 h7 h8 br b i strong em a pre code img tt div ins del sup sub p picture ol ul table thead tbody tfoot "
           "blockquote dl dt dd kbd q samp var hr ruby rt rp li tr td th s strike summary details caption figure figcaption abbr bdo "
           "cite dfn mark small source span time wbr".split())
ATTRIBUTES = {"a": {"href"}, "details": {"open"}, "td": {"align"}, "th": {"align"}, "code": {"class"}, "ol": {"start"}}

STYLE = """
:root { --fore: #1f2328; --muted: #59636e; --back: #fff; --line: #d1d9e0; --stripe: #f6f8fa; --code: #eff1f3; --link: #0969da }
:root[data-theme=dark] { --fore: #f0f6fc; --muted: #9198a1; --back: #0d1117; --line: #3d444d; --stripe: #151b23; --code: #262c36;
  --link: #4493f8 }
body { margin: 0; background: var(--back) }
article { box-sizing: border-box; padding: 16px; color: var(--fore); background: var(--back); overflow-wrap: break-word;
  font: 14px/1.5 "Noto Sans", "Noto Color Emoji", sans-serif }
article h3 { font-size: 1.25em; margin: 0 0 14px } article h4 { margin: 18px 0 8px; font-size: 1em }
article p, article ul, article pre, article table, article details { margin: 0 0 14px } article ul { padding-left: 2em }
article a { color: var(--link); text-decoration: none } article sub { color: var(--muted) }
article details { display: block } article summary { display: list-item; cursor: pointer }
article details details { margin-left: 1em }
article table { border-collapse: collapse; display: block; width: max-content; max-width: 100%; overflow: auto }
article th, article td { border: 1px solid var(--line); padding: 6px 13px } article tr:nth-child(2n) { background: var(--stripe) }
article code { font: 85%/1.45 "Noto Sans Mono", "DejaVu Sans Mono", monospace; padding: .2em .4em; white-space: break-spaces;
  background: var(--code); border-radius: 6px }
article pre { padding: 14px; overflow: auto; background: var(--stripe); border-radius: 6px; overflow-wrap: normal }
article pre code { padding: 0; background: none; white-space: pre }
"""

# Runs in the page; the page becomes what it finds: {name: [complaint]}.
MEASURE = """
const found = {}, syntax = /(?<!\\*)\\*\\*(?!\\*)|\\]\\(|\\|\\s*:?-{3}|^\\s*#{1,6} |```|&#?\\w+;|<\\/?(details|summary|code|br)\\b/;
function complain(article, where, what) {
  const list = found[article.dataset.name] ||= [];
  const text = where ? where + ": " + what : what;
  if (!list.includes(text)) list.push(text);
}
function texts(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), list = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) list.push(walker.currentNode);
  return list;
}
function luminance(colour) {
  const part = colour.match(/[\\d.]+/g).slice(0, 3).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
  return .2126 * part[0] + .7152 * part[1] + .0722 * part[2];
}
function background(element) {
  for (; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor;
    if (!/, 0\\)$/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
}
function contrast(element) {
  const [a, b] = [luminance(getComputedStyle(element).color), luminance(background(element))];
  return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
}
function lookAtText(article, where, edge, node) {
  const holder = node.parentElement, scrolls = holder.closest("table, pre"), range = document.createRange();
  range.selectNodeContents(node);
  const boxes = [...range.getClientRects()].filter(box => box.width > 0);
  if (!boxes.length && /[^\\s\\u200b\\ufe0f]/.test(node.data)) complain(article, where, "is not seen: " + node.data.slice(0, 60));
  if (!scrolls && boxes.some(box => box.right > edge.right + 1 || box.left < edge.left - 1))
    complain(article, where, "is cut off: " + node.data.slice(0, 80));
  if (contrast(holder) < 4.5) complain(article, where, "is hard to read: " + node.data.slice(0, 60));
}
function lookAtLayout(article, where) {
  const edge = article.getBoundingClientRect();
  if (article.scrollWidth > article.clientWidth + 1) complain(article, where, "is wider than the page");
  for (const element of article.querySelectorAll("p, li, summary, h3, h4"))
    if (element.scrollWidth > element.clientWidth + 1) complain(article, where, "overflows: " + element.textContent.slice(0, 80));
  for (const node of texts(article)) lookAtText(article, where, edge, node);
}
function lookAtFolds(article) {
  for (const fold of article.querySelectorAll("details")) {
    fold.open = false;
    const closed = fold.getBoundingClientRect().height;
    fold.open = true;
    if (!fold.querySelector(":scope > summary")?.textContent.trim()) complain(article, "", "a fold without words");
    if (fold.getBoundingClientRect().height < closed + 8) complain(article, "", "opens to nothing: " + fold.textContent.slice(0, 60));
  }
}
function lookAtSyntax(article) {
  for (const node of texts(article))
    if (!node.parentElement.closest("pre") && syntax.test(node.data)) complain(article, "", "Markdown is seen: " + node.data.slice(0, 80));
}
async function lookAtPictures(article) {
  for (const code of article.querySelectorAll("code.language-mermaid"))
    try { await mermaid.parse(code.textContent); } catch (error) { complain(article, "", "no picture: " + error.message); }
}
(async () => {
  const articles = [...document.querySelectorAll("article")];
  for (const article of articles) { lookAtSyntax(article); lookAtFolds(article); await lookAtPictures(article); }
  for (const theme of THEMES) for (const [name, width] of Object.entries(WIDTHS)) {
    document.documentElement.dataset.theme = theme;
    for (const article of articles) article.style.width = width + "px";
    for (const article of articles) lookAtLayout(article, name + ", " + theme);
  }
  document.documentElement.innerHTML = "";
  document.documentElement.textContent = "MEASURED" + JSON.stringify({count: articles.length, found}) + "MEASURED";
})();
"""


def missing_tools():
    return [tool for tool in TOOLS if not shutil.which(tool)]


def html_of(markdown, hardbreaks=False):
    """hardbreaks: in comments a line's end is one."""
    extensions = [word for name in ("table", "autolink", "strikethrough", "tasklist", "tagfilter") for word in ("-e", name)]
    done = subprocess.run(["cmark-gfm", "--unsafe", *extensions, *(["--hardbreaks"] if hardbreaks else [])],
                          input=markdown.encode(), capture_output=True, check=True)
    return done.stdout.decode()


class Sanitiser(html.parser.HTMLParser):
    """Collects what GitHub would take away."""

    def __init__(self):
        super().__init__()
        self.taken = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.taken.append("<%s>" % tag)
        self.taken += ["%s=… of <%s>" % (name, tag) for name, _ in attrs if name not in ATTRIBUTES.get(tag, ())]
        self.taken += ["%s" % value for name, value in attrs if name == "href" and not re.match("(https|http|mailto):|#", value)]


def taken_away(text):
    sanitiser = Sanitiser()
    sanitiser.feed(text)
    return sanitiser.taken


def mermaid():
    """The text of Mermaid's bundle; None if npm does not give it."""
    cache = npm.CACHES / "mermaid"
    bundle = cache / MERMAID / "mermaid.min.js"
    try:
        with npm.locked(cache):
            if not bundle.exists():
                npm.run(cache, "pack", MERMAID)
                archive = cache / (MERMAID.replace("@", "-") + ".tgz")
                if not archive.exists():
                    return None
                assert hashlib.sha512(archive.read_bytes()).hexdigest() == MERMAID_DIGEST, "another %s than it was" % archive
                bundle.parent.mkdir()
                with tarfile.open(archive) as content:
                    bundle.write_bytes(content.extractfile("package/dist/mermaid.min.js").read())
                archive.unlink()
    except npm.Unavailable:
        return None
    return bundle.read_text()


def document(body, script="", theme="light"):
    return "<!DOCTYPE html><html data-theme=%s><meta charset=utf-8><title>Reports</title><style>%s</style>\n%s\n%s" % (
        theme, STYLE, body, script)


def chromium(folder, page, *options):
    return subprocess.run([CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *options, page.as_uri()],
                          capture_output=True, check=True, timeout=300, env=dict(os.environ, HOME=str(folder))).stdout


def measure(pages, folder, bundle):
    """All of them in one page of one process. bundle: of mermaid(), or an empty text if no page has a picture."""
    body = "\n".join('<article data-name="%s">%s</article>' % (html.escape(name), text) for name, text in pages.items())
    script = "<script>%s</script><script>const THEMES = %s, WIDTHS = %s;%s</script>" % (
        bundle.replace("</script", "<\\/script"), json.dumps(THEMES), json.dumps(WIDTHS), MEASURE)
    page = folder / "reports.html"
    page.write_text(document(body, script))
    said = chromium(folder, page, "--window-size=1100,900", "--virtual-time-budget=60000", "--dump-dom").decode()
    match = re.search("MEASURED(.*)MEASURED", said, flags=re.S)
    assert match, said[-2000:]
    result = json.loads(html.unescape(match.group(1)))
    assert result["count"] == len(pages)
    return result["found"]
