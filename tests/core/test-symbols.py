#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what the core library exports with src/core/libmadoguchi-core.symbols: a symbol more or less is a
change of what plugins may use, and is made on purpose or not at all."""

import subprocess
import sys

library, wanted_file = sys.argv[1:3]
listing = subprocess.run(['nm', '--dynamic', '--defined-only', '--format=posix', library], check=True,
                         capture_output=True, text=True).stdout
found = {line.split()[0] for line in listing.splitlines() if line.split()[1] in 'TDBRVW'}
# what a sanitizer or the linker adds is not ours
found = {name for name in found if name.startswith(('mdg', '_mdg')) or not name.startswith('_')}
with open(wanted_file, encoding='utf-8') as lines:
    wanted = [line.strip() for line in lines if line.strip() and not line.startswith('#')]

print('1..3')
for number, (ok, what, names) in enumerate([
        (found <= set(wanted), 'nothing is exported that is not listed', sorted(found - set(wanted))),
        (set(wanted) <= found, 'everything listed is exported', sorted(set(wanted) - found)),
        (wanted == sorted(set(wanted)), 'the list is sorted', [])], 1):
    print(f"{'ok' if ok else 'not ok'} {number} - {what}")
    for name in names:
        print(f'# {name}')
