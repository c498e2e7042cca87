#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Check after check in one run of the window, with the invented people in turn: memory stays flat after the first 100, no
file descriptor and no thread is left behind. 150 checks; 1,000 with MADOGUCHI_TEST_LONG=1. Where a sanitizer keeps what was
freed, memory is not judged."""
import os
import pathlib
import tempfile
import time

import window_rig as rig
from marked import Marked
from person import NotSeen

CHECKS = 1000 if rig.LONG else 150
WARM = 100 if rig.LONG else 50
STEP = 100 if rig.LONG else 25
SANITIZED = os.environ.get("MDG_SANITIZED") == "1"
# A glyph that is drawn for the first time, the pages of two databases that are kept until there are 512 KiB of each: what a
# window may still grow by. (Measured: 0.3 MiB from the 50th check to the 150th, 0.4 MiB from the 100th to the 1,000th.)
GROWTH_KIB = 1024


def judge(samples):
    first, last = samples[0], samples[-1]
    for what in ("fds", "threads"):
        if last[what] > first[what]:
            raise NotSeen(f"{what}: {first[what]} after {WARM} checks, {last[what]} after {CHECKS}")
    if not SANITIZED and last["private"] > first["private"] + GROWTH_KIB:
        raise NotSeen(f"memory: {first['private']} KiB, then {last['private']} KiB")


def settle(w):
    """Threads that were idle go after some seconds of their own accord: a sample is taken when the number stands."""
    before = None
    end = time.monotonic() + 3
    while (now := w.resources()) and (before is None or (now["threads"], now["fds"]) != before) and time.monotonic() < end:
        before = (now["threads"], now["fds"])
        w.read_marks(0.2)
    return {**now, **w.heap()}


def run(folder):
    w = Marked(folder)
    try:
        w.wait_mark("waiting-painted", 0, 60)
        samples = []
        started = time.monotonic()
        for number in range(1, CHECKS + 1):
            w.check(number)
            if number >= WARM and (number - WARM) % STEP == 0:
                samples.append(settle(w))
                print(f"# after {number}, {time.monotonic() - started:.0f} s: {samples[-1]}", flush=True)
                w.forget_marks()
        print(f"# {CHECKS} checks in {time.monotonic() - started:.0f} s", flush=True)
        judge(samples)
        if w.stop() != 0:
            raise NotSeen("the program did not end well")
    finally:
        if w.process.poll() is None:
            w.process.kill()
            w.process.wait()


if __name__ == "__main__":
    rig.inside_display()
    print("1..1", flush=True)
    with tempfile.TemporaryDirectory(prefix="mdg-window-") as name:
        try:
            run(name)
            print(f"ok 1 {CHECKS} checks", flush=True)
        except NotSeen as problem:
            print(f"not ok 1 {CHECKS} checks\n# {problem}", flush=True)
            log = pathlib.Path(name, "window.log").read_text(errors="replace")[-1500:]
            print("# " + log.replace("\n", "\n# "), flush=True)
            os._exit(1)
