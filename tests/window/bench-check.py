#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A whole check in the window, many times: stalls of the main loop over 16 ms, and from the service's answer to the
painted verdict. Prints figures; judges nothing."""
import pathlib
import re
import statistics
import tempfile

import window_rig as rig
from window_rig import PIN, Window

CHECKS = 40


def main():
    rig.inside_display("1280x800")
    with tempfile.TemporaryDirectory(prefix="mdg-window-") as name:
        marks = pathlib.Path(name) / "marks"
        w = Window(name, env={"MADOGUCHI_STOPWATCH": str(marks)})
        w.wait_for("カードを置いてください", 30)
        at = 0
        for number in range(CHECKS):
            if number == 5:
                at = len(marks.read_text())  # fonts and icons are there by now
            w.keys("Escape")
            w.insert(f"PRACTICE{number % 46 + 1:04}", "forget-tries")
            w.wait(lambda: marks.read_text().count("pin-painted") > number, "the keypad")
            w.keys(*PIN, "Return")
            w.wait(lambda: marks.read_text().count("answer-painted") > number, "the answer")
            w.remove()
        text = marks.read_text()
        w.stop()
    for what, part in (("first five checks", text[:at]), (f"the next {CHECKS - 5}", text[at:])):
        stalls = [int(x) / 1000 for x in re.findall(r"^stall (\d+)", part, re.M)]
        painted = [(int(b) - int(a)) / 1000 for a, b in re.findall(r"^answered (\d+)$.*?^answer-painted (\d+)$", part, re.M | re.S)]
        print(f"{what}: stalls over 16 ms: {len(stalls)}, longest {max(stalls, default=0):.1f} ms; answer to painted verdict: "
              f"median {statistics.median(painted):.1f} ms, longest {max(painted):.1f} ms")


main()
