#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Check after check in one run of the window, with the invented people in turn: memory stays flat after the first 100, no
file descriptor and no thread is left behind. 150 checks; 1,000 with MADOGUCHI_TEST_LONG=1."""
import os
import pathlib
import tempfile
import time

import window_rig as rig
from person import NotSeen
from window_rig import PIN, Window

CHECKS = 1000 if rig.LONG else 150
WARM = 100 if rig.LONG else 50
# A glyph that is drawn for the first time, an arena of malloc: what a window may still grow by.
GROWTH_KIB = 4096


def count(marks):
    return marks.read_text().count("answer-painted") if marks.exists() else 0


def one_check(w, marks, number):
    before = count(marks)
    w.keys("Escape")
    w.insert(f"PRACTICE{number % 46 + 1:04}", "forget-tries")
    # the keypad is there when the tries are known; the program says so in the log of its screens
    w.wait(lambda: marks.read_text().count("pin-painted") > number, "the keypad")
    w.keys(*PIN, "Return")
    w.wait(lambda: count(marks) > before, f"answer {number}")
    w.remove()


def run(folder):
    marks = pathlib.Path(folder) / "marks"
    w = Window(folder, env={"MADOGUCHI_STOPWATCH": str(marks)})
    try:
        w.wait_for("カードを置いてください", 30)
        samples = []
        started = time.monotonic()
        for number in range(CHECKS):
            one_check(w, marks, number)
            if number + 1 >= WARM and (number + 1 - WARM) % 50 == 0:
                samples.append((number + 1, w.resources()))
        seconds = time.monotonic() - started
        for number, sample in samples:
            print(f"# after {number}: {sample}", flush=True)
        print(f"# {CHECKS} checks in {seconds:.0f} s", flush=True)
        first, last = samples[0][1], samples[-1][1]
        for what in ("fds", "threads"):
            if last[what] > first[what] + 2:
                raise NotSeen(f"{what}: {first[what]} after {samples[0][0]} checks, {last[what]} after {samples[-1][0]}")
        if last["private"] > first["private"] + GROWTH_KIB:
            raise NotSeen(f"memory: {first['private']} KiB, then {last['private']} KiB")
        if w.stop() != 0:
            raise NotSeen("the program did not end well")
    finally:
        if w.process.poll() is None:
            w.process.kill()


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
