#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The manual pages, the completion and docs/json-output.md have every command, option and name that the program has."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1])
PROGRAM = pathlib.Path(sys.argv[2]).resolve()
PAGES = ["resources/man/waarborgctl.1", "resources/man/nl/waarborgctl.1"]
COMPLETION = ROOT / "resources/completion/waarborgctl"
ENGLISH = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="en")
problems = []


def expect(holds, text):
    if not holds:
        problems.append(text)


def run(*words):
    return subprocess.run(words, env=ENGLISH, capture_output=True, text=True, check=False)


def options_of(help_text):
    """Long and short options of a --help, each once, in its order."""
    lines = [m.group(1) for m in re.finditer(r"^  ((?:-\w, )?--[a-z-]+)", help_text, re.M)]
    return list(dict.fromkeys(option for line in lines for option in line.split(", ")))


def read_program():
    """{command: its options}, and the options that all share."""
    commands = re.findall(r"^  ([a-z]+) ", run(PROGRAM, "help").stdout, re.M)
    options = {c: options_of(run(PROGRAM, c, "--help").stdout) for c in commands}
    shared = [o for o in options[commands[0]] if all(o in of for of in options.values())]
    return {c: [o for o in of if o not in shared] for c, of in options.items()}, shared


def sections_of(page):
    """{command: the text under its heading}, and the text before the first command; plain hyphens."""
    text = (ROOT / page).read_text(encoding="utf-8").replace(r"\-", "-")
    before, *parts = re.split(r"^\.SS ", text.split("\n.SH EXIT STATUS")[0].split("\n.SH AFSLUITSTATUS")[0], flags=re.M)
    sections = {}
    for part in parts:
        command = part.split(maxsplit=1)[0]
        sections[command] = sections.get(command, "") + part
    return sections, before


def names(option, text):
    return re.search(rf"^\.BR? .*?(?<![\w-]){re.escape(option)}(?![\w-])", text, re.M) is not None


def check_page(page, program, shared):
    sections, before = sections_of(page)
    expect(list(sections) == list(program), f"{page}: commands {list(sections)}, the program has {list(program)}")
    for option in shared:
        expect(names(option, before), f"{page}: {option} is missing")
    for command, options in program.items():
        for option in options:
            expect(names(option, sections.get(command, "")), f"{page}: {command} {option} is missing")
        for option in re.findall(r"^\.(?:BR?|TP) .*?(--[a-z-]+)", sections.get(command, ""), re.M):
            known = any(option in of for of in [shared, *program.values()])
            expect(known, f"{page}: {command} has no {option}")
    if shutil.which("groff"):
        result = run("groff", "-K", "utf8", "-T", "utf8", "-man", "-ww", "-z", ROOT / page)
        expect(result.returncode == 0 and not result.stderr, f"{page}: {result.stderr}")


def complete(*words):
    script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _waarborgctl; printf "%s\\n" "${COMPREPLY[@]}"'
    result = run("bash", "-c", script, "bash", COMPLETION, "waarborgctl", *words)
    expect(not result.stderr, f"completion of {words}: {result.stderr}")
    return result.stdout.split()


def check_completion(program, shared):
    expect(complete("") == [*program, "help", "--version"], f"completion of commands: {complete('')}")
    for command, options in program.items():
        wanted = sorted(o for o in [*shared, *options] if o.startswith("--"))
        found = sorted(complete(command, "--"))
        expect(found == wanted, f"completion of {command}: {found} instead of {wanted}")
    expect(complete("verify", "--depth", "=", "q") == ["quick"], "completion of --depth=q")
    codes = (ROOT / "resources/model/taxonomy.tsv").read_text(encoding="utf-8")
    for option, command, word in [("--status", "list", "status"), ("--urgency", "list", "urgency"), ("--kind", "attach", "doc")]:
        wanted = re.findall(rf"^[^\t]*\t({word}\.[\w.]+)\t", codes, re.M)
        found = complete(command, option, "")
        expect(found == wanted, f"completion of {option}: {found} instead of {wanted}")
    with tempfile.TemporaryDirectory() as folder:
        keys = pathlib.Path(folder) / "keys"
        keys.mkdir()
        for name in ["anna", "bert", "recovery"]:
            (keys / f"{name}.age").touch()
        expect(complete("list", folder, "--user", "") == ["anna", "bert"], "completion of --user")


def check_json(program):
    text = (ROOT / "docs/json-output.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\w+)$", text, re.M)
    expect(sorted(headings) == sorted(program), f"docs/json-output.md: {headings}, the program has {list(program)}")
    for path in sorted((ROOT / "app").glob("ctl*.c")):
        source = path.read_text(encoding="utf-8")
        for name in re.findall(r'(?:ctl_set_\w+|json_object_set_\w+_member) \(\w+,\s*"(\w+)"', source):
            expect(re.search(rf'[`"]{name}[`"]', text), f"docs/json-output.md: {name} of {path.name} is missing")
    told = (ROOT / "core/log/wb-verification-text.c").read_text(encoding="utf-8")
    for name in re.findall(r'^    \{ "(\w+)", N_', told, re.M):
        expect(f"`{name}`" in text, f"docs/json-output.md: {name} of a verification is missing")


def main():
    program, shared = read_program()
    expect(len(program) >= 15 and len(shared) >= 4, f"help tells too little: {program} {shared}")
    for page in PAGES:
        check_page(page, program, shared)
    if shutil.which("bash"):
        check_completion(program, shared)
    check_json(program)
    print("\n".join(problems) or f"{len(program)} commands, {sum(map(len, program.values()))} options of their own")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
