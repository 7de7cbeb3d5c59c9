"""Our TOML reader and Python's, on the golden documents and on random changes of them."""
import json
import math
import random
import re
import subprocess

import pytest

from action import REPOSITORY

tomllib = pytest.importorskip("tomllib")
PRINTER = REPOSITORY / "build" / "debug" / "unit" / "golden_toml_test"
SEPARATOR = b"\xfe"
SNIPPETS = ["[", "]", "{", "}", "=", ".", ",", '"', "'", '"""', "'''", "#", "\n", "\r\n", "\\", " ", "\t", "0", "9", "_", "-",
            "+", "e", "inf", "nan", "true", ":", "T", "Z", "a", "é", "\u2028", "1979-05-27", "07:32:00", "\x00", "\x1f", "\x7f"]


def golden(kind):
    """The documents as bytes: their {{0D}} stand for bytes."""
    for path in sorted((REPOSITORY / "tests" / "golden" / "toml" / kind).glob("*.test")):
        text = path.read_bytes().split(b"@TOML\n", 1)[1].split(b"\n@EXPECT\n", 1)[0]
        yield re.sub(rb"\{\{([0-9A-F]{2})\}\}", lambda match: bytes([int(match.group(1), 16)]), text)


def ours(documents):
    done = subprocess.run([str(PRINTER), "--print"], input=SEPARATOR.join(documents) + SEPARATOR, stdout=subprocess.PIPE,
                          cwd=str(REPOSITORY), check=True, timeout=120)
    return [parse(text) for text in done.stdout.split(SEPARATOR)[:-1]]


def parse(text):
    text = text.decode("utf-8").strip()
    return text if re.match(r"\d+:\d+: ", text) else json.loads(text)


def tagged(value):
    """A value of tomllib's as tagged JSON; dates are left out, since we keep them as they are written."""
    if isinstance(value, dict):
        return {key: tagged(item) for key, item in value.items()}
    if isinstance(value, list):
        return [tagged(item) for item in value]
    if isinstance(value, bool):
        return {"type": "bool", "value": str(value).lower()}
    if isinstance(value, int):
        return {"type": "integer", "value": value}
    if isinstance(value, float):
        return {"type": "float", "value": "nan" if math.isnan(value) else value}
    if isinstance(value, str):
        return {"type": "string", "value": value}
    return {"type": "date"}


def comparable(value):
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if not isinstance(value, dict) or not {"type", "value"} == set(value) or not isinstance(value["value"], str):
        return {key: comparable(item) for key, item in value.items()} if isinstance(value, dict) else value
    kind, text = value["type"], value["value"]
    if kind == "float":
        return {"type": kind, "value": "nan" if text == "nan" else float(text)}
    if kind == "integer":
        return {"type": kind, "value": int(text)}
    if kind.startswith(("date", "time")):
        return {"type": "date"}
    return value


def theirs(document):
    """None where Python refuses it; the exceptions are ours to make (see below)."""
    try:
        # Python makes LF of every CR LF, also inside of strings.
        return tagged(tomllib.loads(document.decode("utf-8").removeprefix("\ufeff")))
    except (ValueError, RecursionError):
        return None


def is_excepted(document, error):
    """A leap second, which Python's datetime does not know; numbers and nesting above our limits."""
    return isinstance(error, str) and ("64 bits" in error or "levels deep" in error or "too large" in error) or \
        b":60" in document or b"0000-" in document


def disagreements(documents):
    for document, mine in zip(documents, ours(documents)):
        other = theirs(document)
        if is_excepted(document, mine):
            continue
        if isinstance(mine, str) != (other is None):
            yield document, mine, other
        elif other is not None and comparable(mine) != other and b"\r\n" not in document:
            yield document, mine, other


def changed(source, text):
    characters = list(text)
    for _ in range(source.randint(1, 3)):
        at = source.randint(0, len(characters))
        choice = source.random()
        if choice < 0.5:
            characters.insert(at, source.choice(SNIPPETS))
        elif choice < 0.8 and characters:
            del characters[min(at, len(characters) - 1)]
        elif characters:
            other = source.randint(0, len(characters) - 1)
            characters[other], characters[at - 1] = characters[at - 1], characters[other]
    return "".join(characters)


@pytest.fixture(scope="module", autouse=True)
def printer():
    if not PRINTER.exists():
        pytest.skip("%s is not built" % PRINTER.name)


@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_python_reads_the_golden_documents_as_we_do(kind):
    documents = [document for document in golden(kind) if SEPARATOR not in document]
    assert not list(disagreements(documents))
    refused = [isinstance(result, str) for result in ours(documents)]
    assert all(refused) if kind == "invalid" else not any(refused)


@pytest.mark.parametrize("seed", range(4))
def test_python_reads_random_documents_as_we_do(seed):
    source = random.Random(seed)
    texts = [document.decode("utf-8") for document in golden("valid")]
    lines = [line for text in texts for line in text.split("\n")]
    documents = [changed(source, source.choice(texts)).encode("utf-8") for _ in range(2000)]
    documents += ["\n".join(source.choices(lines, k=source.randint(1, 6))).encode("utf-8") for _ in range(1000)]
    assert not list(disagreements(documents))
