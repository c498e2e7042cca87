#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every code of every error domain that a header declares has exactly one row in the problem table.

    check-problems.py SOURCE_ROOT

Prints TAP. Reads the headers, so that a new code without words fails the build's tests."""

import pathlib
import re
import sys

HEADERS = {
    "PLUGIN": ("src/core/mdg-errors.h", "MDG_PLUGIN_ERROR_"),
    "READER": ("src/core/mdg-errors.h", "MDG_READER_ERROR_"),
    "CARD": ("src/card/mdg-card-error.h", "MDG_CARD_ERROR_"),
    "SERVICE": ("src/client/mdg-service-error.h", "MDG_SERVICE_ERROR_"),
    "STORE": ("src/store/mdg-store.h", "MDG_STORE_ERROR_"),
    "RECEIPT": ("src/store/mdg-receipt-error.h", "MDG_RECEIPT_ERROR_"),
    "OQS": ("src/oqs/mdg-oqs-message.h", "MDG_OQS_ERROR_"),
}


def declared(root, header, prefix):
    text = re.sub(r"/\*.*?\*/", "", (root / header).read_text(encoding="utf-8"), flags=re.S)
    bodies = re.findall(r"typedef enum\s*\{(.*?)\}", text, re.S)
    return [name for body in bodies for name in re.findall(r"\b" + prefix + r"(\w+)", body)]


def main():
    root = pathlib.Path(sys.argv[1])
    table = (root / "src/desk/mdg-problem-table.c").read_text(encoding="utf-8")
    rows = re.findall(r'^\s*\{ (\w+) \((\w+)\), "([A-Z]-\d\d)"', table, re.M)

    print(f"1..{len(HEADERS) + 2}")
    for number, (domain, (header, prefix)) in enumerate(HEADERS.items(), 1):
        codes = declared(root, header, prefix)
        have = [code for name, code, _ in rows if name == domain]
        bad = [f"no row: {c}" for c in codes if c not in have]
        bad += [f"{have.count(c)} rows: {c}" for c in set(have) if have.count(c) > 1]
        bad += [] if len(codes) >= 5 else [f"only {len(codes)} codes found in {header}"]
        print(f"{'not ok' if bad else 'ok'} {number} {domain}: {len(codes)} codes")
        for line in bad:
            print("#", line)

    ids = [identity for _, _, identity in rows]
    print(f"{'ok' if len(ids) == len(set(ids)) else 'not ok'} {len(HEADERS) + 1} unique codes")
    # a quark defined in another header would go unseen above
    known = {header for header, _ in HEADERS.values()}
    found = {p.relative_to(root).as_posix() for p in (root / "src").rglob("*.h")
             if re.search(r"#define MDG_\w+_ERROR \(mdg_\w+_quark \(\)\)", p.read_text(encoding="utf-8"))}
    unknown = sorted(h for h in found - known if not h.startswith(("src/service/", "src/cli/")))
    print(f"{'not ok' if unknown else 'ok'} {len(HEADERS) + 2} domains of other headers: {unknown}")


main()
