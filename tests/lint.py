#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Bans of our own that no tool has: lengths, layers, licence lines, paths, texts that cannot be translated."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE_MAX, TEST_MAX, FUNCTION_MAX = 800, 1000, 80
LAYERS = ["base", "crypto", "log", "store", "model", "rules", "report", "bundle", "register"]
problems = []


def tell(path, line, text):
    problems.append(f"{path.relative_to(ROOT)}:{line}: {text}")


def check_functions(path, lines):
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start is not None:
            if number - start > FUNCTION_MAX and "/* long:" not in lines[max(0, start - 4)]:
                tell(path, start, f"a function of {number - start} lines (at most {FUNCTION_MAX})")
            start = None


def main():
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    headers = {p.name: p.parent.name for p in (ROOT / "core").glob("*/*.h")}
    for name in filter(None, names):
        path = ROOT / name
        if path.suffix not in (".c", ".h") or not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8").split("\n")
        if lines[0] != "/* SPDX-License-Identifier: EUPL-1.2 */":
            tell(path, 1, "the licence line is missing")
        most = TEST_MAX if name.startswith("tests/") else FILE_MAX
        if len(lines) > most:
            tell(path, 1, f"{len(lines)} lines (at most {most})")
        if path.suffix == ".c":
            check_functions(path, lines)
        folder = path.parent.name if name.startswith("core/") else None
        for number, line in enumerate(lines, 1):
            include = re.match(r'#include "([^"]+)"', line)
            if folder in LAYERS and include and headers.get(include[1]) in LAYERS:
                other = headers[include[1]]
                pair = {folder, other}
                if LAYERS.index(other) > LAYERS.index(folder) or pair == {"log", "store"} or pair == {"model", "rules"}:
                    tell(path, number, f"core/{folder} must not know core/{other}")
            if folder == "base" and "secret" not in path.name and "gcrypt" not in path.name and "<gcrypt.h>" in line:
                tell(path, number, "only secret memory and crypto see libgcrypt")
            if re.search(r'"/(work|home|root)/', line):
                tell(path, number, "a path of one machine")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
