"""action.yml against what the Marketplace demands (docs.github.com, "Publishing actions in GitHub Marketplace" and
"Metadata syntax"): a name that nobody else can have taken by its look, a short description, and branding from GitHub's lists."""
import re
import sys

NAME_MAX, DESCRIPTION_MAX = 64, 125
COLORS = {"white", "black", "yellow", "blue", "green", "orange", "red", "purple", "gray-dark"}
# Feather 4.28.0, but for those that GitHub leaves out; the few that an action about databases may want.
ICONS = {"database", "server", "shield", "upload-cloud", "git-merge", "git-pull-request", "layers", "check-circle", "play",
         "arrow-up-circle", "chevrons-up", "trending-up", "lock"}
# Names of GitHub's own categories and features are refused.
RESERVED = {"actions", "github", "deployment", "continuous integration", "database", "security", "supabase"}


def value(text, key):
    found = re.search(rf"^\s*{key}: *(.*?)\s*$", text, flags=re.M)
    return found.group(1).strip("\"'") if found else ""


def faults_of(text):
    head = text.split("\ninputs:")[0]
    name, description = value(head, "name"), value(head, "description")
    if not name or len(name) > NAME_MAX or name.lower() in RESERVED:
        yield f"name: '{name}' is empty, reserved or longer than {NAME_MAX} characters"
    if not description or len(description) > DESCRIPTION_MAX:
        yield f"description: {len(description)} characters, of 1 to {DESCRIPTION_MAX}"
    if value(head, "icon") not in ICONS:
        yield f"branding: there is no icon '{value(head, 'icon')}' among those known"
    if value(head, "color") not in COLORS:
        yield f"branding: there is no color '{value(head, 'color')}'"
    if not value(head, "author"):
        yield "author: missing"


def check_of_check():
    """Each fault is found where it is."""
    good = "name: A name\nauthor: a\ndescription: b\nbranding:\n  icon: database\n  color: green\ninputs:\n"
    assert not list(faults_of(good))
    for old, new in [("A name", "GitHub"), ("description: b", "description: " + "b" * 126), ("database", "nothing"),
                     ("green", "pink"), ("author: a\n", "")]:
        assert len(list(faults_of(good.replace(old, new)))) == 1, old


check_of_check()
with open("action.yml", encoding="utf-8") as file:
    FAULTS = list(faults_of(file.read()))
print("\n".join(f"action.yml: {fault}" for fault in FAULTS))
sys.exit(1 if FAULTS else 0)
