#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Both languages have the same pages with the same steps, links and commands, and every page is built."""

import pathlib
import sys
import xml.etree.ElementTree as tree

SPACE = "{http://projectmallard.org/1.0/}"
SHAPE = ["link", "item", "section", "cmd", "key", "terms", "note", "tr"]
FOLDER, PAGES = pathlib.Path(sys.argv[1]), sys.argv[2:]
problems = []


def shape_of(path):
    """How many of each element that both languages must have, and where links lead; commands word for word."""
    root = tree.parse(path).getroot()
    counts = {name: len(list(root.iter(SPACE + name))) for name in SHAPE}
    links = sorted(link.get("xref", "") for link in root.iter(SPACE + "link"))
    commands = sorted(("".join(cmd.itertext()).split() or [""])[0:2] for cmd in root.iter(SPACE + "cmd"))
    return root.get("id"), counts, links, commands


for language in ["C", "nl"]:
    found = sorted(path.stem for path in (FOLDER / language).glob("*.page"))
    if found != sorted(PAGES):
        problems.append(f"help/{language}: pages {found}, built are {sorted(PAGES)}")
for page in PAGES:
    english, dutch = (shape_of(FOLDER / language / f"{page}.page") for language in ["C", "nl"])
    if english != dutch:
        problems.append(f"{page}: English has {english}, Dutch has {dutch}")
    if english[0] != page:
        problems.append(f"{page}: its id is {english[0]}")
print("\n".join(problems) or f"suite help-pages: {len(PAGES)} cases")
sys.exit(1 if problems else 0)
