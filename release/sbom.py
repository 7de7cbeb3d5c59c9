"""The software bill of materials of one binary, as SPDX 2.3: every library that is linked into it, from
deps/sources.lock, with the hashes of the files it was built from.

    release/sbom.py BINARY VERSION >BINARY.spdx.json

The same commit and binary give the same document: its time is SOURCE_DATE_EPOCH."""
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

HOME = os.environ.get("SOURCE_URL", "https://github.com/org/supabase-promote")  # a fork has its own
LOCK = Path(__file__).resolve().parents[1] / "deps" / "sources.lock"
# As upstream declares it; a library that is new in the lock needs a line here.
LICENSES = {
    "cjson": "MIT", "curl": "curl", "http-parser": "MIT", "libgit2": "GPL-2.0-only WITH GCC-exception-2.0",
    "libpg-query": "BSD-3-Clause AND BSD-2-Clause AND PostgreSQL", "libyaml": "MIT", "musl": "MIT", "openssl": "Apache-2.0",
    "pcre2": "BSD-3-Clause", "postgresql-17": "PostgreSQL", "zlib": "Zlib",
}


ARCHITECTURES = {62: "amd64", 183: "arm64"}  # by e_machine of the ELF header


def architecture(binary):
    return ARCHITECTURES[int.from_bytes(Path(binary).read_bytes()[18:20], "little")]


def sources(ours):
    """{package: (version, [(SHA-256, file)])} of the lock file, without the .deb files of other machines."""
    packages = {}
    for line in LOCK.read_text().splitlines():
        if line.startswith("#"):
            continue
        name, version, digest, file = line.split()
        if not file.endswith(".deb") or file.endswith("_%s.deb" % ours):
            packages.setdefault(name, (version, []))[1].append((digest, file))
    return packages


def library(name, version, files):
    upstream = [(digest, file) for digest, file in files if re.search(r"\.orig\.tar\.\w+$|\.deb$", file)]
    built = upstream[0][1].endswith(".deb")
    return {
        "SPDXID": "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name),
        "name": name,
        "versionInfo": version,
        "packageFileName": upstream[0][1],
        "checksums": [{"algorithm": "SHA256", "checksumValue": upstream[0][0]}],
        "supplier": "Organization: Debian",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": LICENSES[name],
        "licenseDeclared": LICENSES[name],
        "copyrightText": "NOASSERTION",
        "primaryPackagePurpose": "LIBRARY",
        "comment": ("Debian's own build: " if built else "Built from Debian's source package: ") + ", ".join("%s (SHA-256 %s)" % (file, digest)
                                                                       for digest, file in files),
        "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                          "referenceLocator": purl(name, version, upstream[0][1])}],
    }


def purl(name, version, file):
    if file.endswith(".deb"):
        binary, _, arch = file[:-len(".deb")].split("_")
        return "pkg:deb/debian/%s@%s?arch=%s" % (binary, quoted(version), arch)
    return "pkg:deb/debian/%s@%s?arch=source" % (name, quoted(version))


def quoted(version):
    return version.replace(":", "%3A").replace("+", "%2B")


def compiler(binary):
    """What the compiler has written into the binary about itself."""
    text = subprocess.run(["readelf", "-p", ".comment", binary], check=True, capture_output=True, text=True).stdout
    return sorted(set(re.findall(r"\]\s+(\S.*\S)", text)))


def program(binary, version):
    digest = hashlib.sha256(Path(binary).read_bytes()).hexdigest()
    return {
        "SPDXID": "SPDXRef-supabase-promote",
        "name": "supabase-promote",
        "versionInfo": version,
        "packageFileName": Path(binary).name,
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest}],
        "downloadLocation": HOME,
        "filesAnalyzed": False,
        "licenseConcluded": "MIT",
        "licenseDeclared": "MIT",
        "copyrightText": "Copyright (c) 2026 The supabase-promote authors",
        "primaryPackagePurpose": "APPLICATION",
        "comment": "Compiled by " + ", ".join(compiler(binary)),
    }


def document(binary, version):
    created = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))
    main = program(binary, version)
    libraries = [library(name, *found) for name, found in sorted(sources(architecture(binary)).items())]
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", main["SPDXID"])]
    relations += [(main["SPDXID"], "STATIC_LINK", part["SPDXID"]) for part in libraries]
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": "supabase-promote-" + version,
        "documentNamespace": "%s/sbom/%s" % (HOME, main["checksums"][0]["checksumValue"]),
        "creationInfo": {"created": time.strftime("%Y-%m-%dT%H:%M:%SZ", created),
                         "creators": ["Tool: release/sbom.py"]},
        "packages": [main] + libraries,
        "relationships": [{"spdxElementId": a, "relationshipType": kind, "relatedSpdxElement": b}
                          for a, kind, b in relations],
    }


if __name__ == "__main__":
    json.dump(document(*sys.argv[1:]), sys.stdout, indent=1)
    print()
