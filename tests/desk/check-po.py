#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The Japanese translation is whole: every string of the sources is in ja.po, none is missing,
fuzzy or left over, placeholders agree, and POTFILES.in names every file with strings, in order.

    check-po.py SOURCE_ROOT

Prints TAP. Strings are taken from the sources by xgettext, as the build does it."""

import pathlib
import re
import subprocess
import sys
import tempfile

KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dngettext:2,3", "ngettext:1,2", "g_dgettext:2",
            "g_dcgettext:2", "g_dpgettext2:2c,3"]
MARKED = re.compile(r"\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dgettext)\s*\(")
DATE = re.compile(r"%-?[BY]")  # for g_date_time_format: other languages take other parts
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
PLACEHOLDER = re.compile(r"%(?:\d+\$)?[-+ #0]*[\d*]*(?:\.[\d*]+)?(?:hh|h|ll|l|z)?[a-zA-Z%]")


def unquote(text):
    joined = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text))
    return joined.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def read_po(text):
    """Entries of a .po file as {(context, msgid): (plural, [msgstr], fuzzy)}; and obsolete lines."""
    entries = {}
    for block in re.split(r"\n\s*\n", text):
        lines = [l for l in block.split("\n") if not l.startswith("#")]
        fuzzy = any(l.startswith("#,") and "fuzzy" in l for l in block.split("\n"))
        fields = re.findall(r'^(msg\w+(?:\[\d+\])?) ((?:"(?:[^"\\]|\\.)*"\s*)+)', "\n".join(lines), re.M)
        values = {name: unquote(value) for name, value in fields}
        if "msgid" in values and values["msgid"] != "":
            strings = [v for k, v in sorted(values.items()) if k.startswith("msgstr")]
            entries[(values.get("msgctxt"), values["msgid"])] = (values.get("msgid_plural"), strings, fuzzy)
    return entries, [l for l in text.split("\n") if l.startswith("#~")]


def extract(root, files):
    found = {}
    # a desktop file has keys, not functions: there xgettext keeps its own keywords
    desktop = [name for name in files if name.endswith(".desktop.in")]
    code = [name for name in files if name not in desktop]
    for names, keywords in ((desktop, []), (code, ["-k"] + ["-k" + k for k in KEYWORDS])):
        with tempfile.TemporaryDirectory() as folder:
            pot = pathlib.Path(folder) / "strings.pot"
            if names:
                subprocess.run(["xgettext", "--from-code=UTF-8", "-o", str(pot)] + keywords + names, cwd=root, check=True)
            if pot.exists():
                found.update(read_po(pot.read_text(encoding="utf-8"))[0])
    return found


def has_strings(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ui":
        return 'translatable="' in text
    return bool(MARKED.search(COMMENT.sub("", text)))


def check_potfiles(root, listed):
    problems = [f"{name} does not exist" for name in listed if not (root / name).is_file()]
    if listed != sorted(set(listed)):
        problems.append("POTFILES.in is not sorted, or names a file twice")
    sources = {p.relative_to(root).as_posix() for top in ("src", "plugins")
               for suffix in ("*.c", "*.ui") for p in (root / top).rglob(suffix)}
    marked = {name for name in sources if has_strings(root / name)}
    problems += [f"{name} has strings and is not in POTFILES.in" for name in sorted(marked - set(listed))]
    problems += [f"{name} has no strings (any more)" for name in sorted((set(listed) & sources) - marked)]
    return problems


def check_translation(wanted, po, obsolete):
    problems = [f"not translated: {key[1]!r}" for key in wanted if key not in po]
    problems += [f"no longer in the sources: {key[1]!r}" for key in po if key not in wanted]
    problems += [f"obsolete: {line}" for line in obsolete]
    for (_, msgid), (plural, strings, fuzzy) in po.items():
        if fuzzy:
            problems.append(f"fuzzy: {msgid!r}")
        for string in strings or [""]:
            if string == "":
                problems.append(f"empty: {msgid!r}")
            elif not DATE.search(msgid) and placeholders(string) != placeholders(plural or msgid):
                problems.append(f"placeholders differ: {msgid!r}")
            elif not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", string) and string == msgid and " " in msgid:
                problems.append(f"left in English: {msgid!r}")
    return problems


def placeholders(text):
    """The type of each argument by its place: a translation may take them in another order (%2$d), and wider or not."""
    found = {}
    for n, match in enumerate((m for m in PLACEHOLDER.findall(text) if m != "%%"), 1):
        place = re.match(r"%(\d+)\$", match)
        found.setdefault(int(place.group(1)) if place else n, set()).add(re.sub(r"^%(\d+\$)?[-+ #0]*\d*", "%", match))
    return found


def report(number, name, problems):
    print(f"{'ok' if not problems else 'not ok'} {number} {name}")
    for problem in problems:
        print(f"# {problem}")


def main():
    root = pathlib.Path(sys.argv[1])
    listed = [l for l in (root / "po/POTFILES.in").read_text(encoding="utf-8").split("\n")
              if l and not l.startswith("#")]
    text = (root / "po/ja.po").read_text(encoding="utf-8")
    po, obsolete = read_po(text)

    print("1..3")
    report(1, "POTFILES.in", check_potfiles(root, listed))
    wanted = extract(root, [name for name in listed if (root / name).is_file()])
    report(2, "ja.po", check_translation(wanted, po, obsolete) or ([] if wanted else ["no strings at all"]))
    done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(root / "po/ja.po")],
                          capture_output=True, text=True, check=False)
    report(3, "msgfmt --check", done.stderr.splitlines() if done.returncode else [])


main()
