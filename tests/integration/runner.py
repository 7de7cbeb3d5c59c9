"""The runner's side of the contract: how GitHub's runner reads what an action leaves behind.

Rules as in the runner's FileCommandManager and ActionCommand; anything it would reject is a Malformed.
"""
import re
from collections import namedtuple

COMMANDS = ("stop-commands", "set-env", "set-output", "save-state", "add-mask", "add-path", "add-matcher",
            "remove-matcher", "debug", "warning", "error", "notice", "group", "endgroup", "echo")

Command = namedtuple("Command", "name properties data line version")


class Malformed(Exception):
    """The runner would fail the step for this."""


# -- file commands ----------------------------------------------------------------------------------

def parse_file_command(text):
    """GITHUB_OUTPUT as (name, value) pairs in order."""
    pairs, position = [], 0
    while position < len(text):
        line, position, ended = _next_line(text, position)
        if not line:
            continue
        equals, heredoc = line.find("="), line.find("<<")
        if equals >= 0 and (heredoc < 0 or equals < heredoc):
            name, value = line.split("=", 1)
        elif heredoc >= 0:
            name, delimiter = line.split("<<", 1)
            if not delimiter:
                raise Malformed("empty delimiter: %r" % line)
            if not ended:
                raise Malformed("the end of the file inside %r" % line)
            value, position = _heredoc(text, position, delimiter)
        else:
            raise Malformed("neither name=value nor name<<delimiter: %r" % line)
        if not name:
            raise Malformed("empty name: %r" % line)
        pairs.append((name, value))
    return pairs


def _next_line(text, position):
    end = text.find("\n", position)
    if end < 0:
        return text[position:], len(text), False
    return text[position:end], end + 1, True


def _heredoc(text, position, delimiter):
    lines = []
    while position < len(text):
        line, position, ended = _next_line(text, position)
        if line == delimiter:
            return "\n".join(lines), position
        if not ended:
            raise Malformed("the last line of a value has no newline")
        lines.append(line)
    raise Malformed("no closing delimiter %r" % delimiter)


# -- workflow commands on stdout and stderr ---------------------------------------------------------

def split_lines(text):
    """As StreamReader.ReadLine does: LF, CR LF and a lone CR all end a line."""
    return re.split(r"\r\n|\n|\r", text)


def _unescape(text, property_value):
    if property_value:
        text = text.replace("%3A", ":").replace("%2C", ",")
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _properties(text, separator):
    found = {}
    for part in filter(None, text.split(separator)):
        key, equals, value = part.partition("=")
        if equals and value:
            found[key.strip()] = _unescape(value, True)
    return found


def parse_command(line):
    """The command a line of output holds, or None. Unregistered names count as none, as in the runner."""
    return _parse_v2(line) or _parse_v1(line)


def _parse_v2(line):
    # str.strip knows Unicode's white space, as .NET's TrimStart does.
    text = line.lstrip()
    if not text.startswith("::"):
        return None
    end = text.find("::", 2)
    if end < 0:
        return None
    name, _, properties = text[2:end].partition(" ")
    if name.lower() not in COMMANDS:
        return None
    return Command(name.lower(), _properties(properties, ","), _unescape(text[end + 2:], False), line, 2)


def _parse_v1(line):
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    name, _, properties = line[start + 3:end].partition(" ")
    if name.lower() not in COMMANDS:
        return None
    return Command(name.lower(), _properties(properties, ";"), line[end + 1:], line, 1)


def parse_commands(text):
    return [command for command in map(parse_command, split_lines(text)) if command]
