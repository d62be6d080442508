#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Holds docs/duties.md against the model, the commands and the tests: each duty once, in order; every
record type, command and test that it names exists. Arguments: the source folder and waarborgctl."""

import json
import pathlib
import re
import subprocess
import sys

source = pathlib.Path(sys.argv[1])
wrong = []

types = {
    kind["name"]
    for path in (source / "resources/model").rglob("*.json")
    for kind in json.loads(path.read_text()).get("types", [])
}
tests = set()
for path in (source / "tests").rglob("*.c"):
    tests |= set(re.findall(r"^([a-z_0-9]+) \(void \*\*state\)", path.read_text(), re.MULTILINE))
commands = set(
    re.findall(
        r"^ {2,4}([a-z]+) ",
        subprocess.run([sys.argv[2], "help"], capture_output=True, text=True, check=True).stdout,
        re.MULTILINE,
    )
)

rows = re.findall(r"^\| (OB-\d\d) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$", (source / "docs/duties.md").read_text(), re.MULTILINE)
if [row[0] for row in rows] != ["OB-%02d" % (i + 1) for i in range(50)]:
    wrong.append("not every duty once, in order: %s" % " ".join(row[0] for row in rows))

waiting = 0
for duty, _, records, command, test in rows:
    for name in re.findall(r"`([^`]+)`", records):
        if name not in types:
            wrong.append("%s: no record type %s" % (duty, name))
    for name in re.findall(r"`([^`]+)`", command):
        if name not in commands:
            wrong.append("%s: no command %s" % (duty, name))
    if test.startswith("**open**"):
        waiting += 1
    elif not re.findall(r"`([^`]+)`", test):
        wrong.append("%s: no test is named" % duty)
    for name in re.findall(r"`([^`]+)`", test):
        if name not in tests:
            wrong.append("%s: no test %s" % (duty, name))

for line in wrong:
    print(line, file=sys.stderr)
print("suite duties: %d cases, %d of them open" % (len(rows), waiting))
sys.exit(1 if wrong else 0)
