#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A whole check in the window, many times: stalls of the main loop over 16 ms, and from the service's answer to the
painted verdict. A stall is what passes between two polls; what of it is drawing, which a renderer in software does on the
main thread and a graphics card does not, is told apart, and so is the processor's time: other programs on the machine are not
ours. Prints figures; judges nothing.

    bench-check.py [CHECKS]      the renderer is that of GSK_RENDERER, cairo if nothing is said"""
import os
import statistics
import sys
import tempfile

import window_rig as rig
from marked import Marked

CHECKS = int(sys.argv[1]) if len(sys.argv) > 1 else 40
WARM = 5  # fonts and icons are there by then


def report(what, marks):
    stalls, told, scene = [], [], ""
    for name, numbers in marks:
        if name == "stall":
            stalls.append([n / 1000 for n in numbers])
            told.append((stalls[-1], scene))
        else:
            scene = name
    painted, since = [], None
    for name, numbers in marks:
        if name == "answered":
            since = numbers[0]
        elif name == "answer-painted" and since is not None:
            painted.append((numbers[0] - since) / 1000)
            since = None
    print(f"{what}: stalls over 16 ms: {len(stalls)}, longest {max((s[0] for s in stalls), default=0):.1f} ms")
    for name, part in (("of the processor's time", lambda t, l, p, w: min(t, w)), ("without drawing", lambda t, l, p, w: min(t, w) - p),
                       ("without layout and drawing", lambda t, l, p, w: min(t, w) - l - p)):
        values = [part(*s) for s in stalls]
        print(f"  {name}: {sum(v > 16 for v in values)}, longest {max([0, *values]):.1f} ms")
    if painted:
        print(f"  answer to painted verdict: median {statistics.median(painted):.1f} ms, longest {max(painted):.1f} ms")
    for (total, layout, paint, work), scene in sorted(told, reverse=True)[:12]:
        print(f"    {total:.1f} ms, processor {work:.1f}, after {scene}: layout {layout:.1f}, drawing {paint:.1f}, "
              f"other {total - layout - paint:.1f}")


def main():
    rig.inside_display("1280x800")
    with tempfile.TemporaryDirectory(prefix="mdg-window-") as name:
        w = Marked(name)
        w.wait_mark("waiting-painted", 0, 30)
        w.read_marks(2.0)
        report(f"start (renderer {os.environ.get('GSK_RENDERER')})", w.marks)
        for number in range(CHECKS):
            if number in (0, 1, WARM):
                w.forget_marks()
            w.check(number)
            if number in (0, WARM - 1):
                report("the first check" if number == 0 else f"the next {WARM - 1}", w.marks)
        w.read_marks()
        report(f"the {CHECKS - WARM} after these", w.marks)
        w.stop()


main()
