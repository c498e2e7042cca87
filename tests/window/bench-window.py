#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How long the window takes until its first frame, and how much memory, beside a bare AdwApplicationWindow: in turns, in
one run. Prints figures; judges nothing."""
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import window_rig as rig
from window_rig import Window

TURNS = 15


def start_bare():
    started = time.monotonic_ns() // 1000
    process = subprocess.Popen([os.environ["MDG_BARE_WINDOW"]], stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL)
    first = int(process.stdout.readline().split()[1]) - started
    memory = Box(process).resources()
    process.kill()
    process.wait()
    process.stdout.close()
    return first, memory


class Box(Window):
    """A process as something that resources are told of."""

    def __init__(self, process):
        self.process = process


def start_ours(folder, number):
    marks = folder / f"marks-{number}"
    env = dict(os.environ, MADOGUCHI_STOPWATCH=str(marks), LC_ALL="C.UTF-8", LANGUAGE="ja", XDG_DATA_HOME=str(folder / "data"),
               XDG_STATE_HOME=str(folder / "state"), XDG_CONFIG_HOME=str(folder / "config"))
    started = time.monotonic_ns() // 1000
    process = subprocess.Popen([os.environ["MDG_WINDOW"], *sys.argv[1:]], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (marks.exists() and "first-frame" in marks.read_text()):
        time.sleep(0.002)
    first = int(re.search(r"first-frame (\d+)", marks.read_text()).group(1)) - started
    early = Box(process).resources()
    time.sleep(2.5)  # the reception is open by then: memory is told for that, too
    late = Box(process).resources()
    process.terminate()
    process.wait()
    return first, early, late


def median(values):
    return statistics.median(values)


def main():
    rig.inside_display("1280x800")
    with tempfile.TemporaryDirectory(prefix="mdg-window-") as name:
        folder = pathlib.Path(name)
        start_ours(folder, "warm")
        start_bare()
        bare, ours = [], []
        for turn in range(TURNS):
            bare.append(start_bare())
            ours.append(start_ours(folder, turn))
    b, o = median([x[0] for x in bare]) / 1000, median([x[0] for x in ours]) / 1000
    print(f"first frame, process start to painted, median of {TURNS}: bare {b:.1f} ms, madoguchi {o:.1f} ms: {o / b:.2f} times")
    for what in ("rss", "pss", "private"):
        bm = median([x[1][what] for x in bare]) / 1024
        om, lm = median([x[1][what] for x in ours]) / 1024, median([x[2][what] for x in ours]) / 1024
        print(f"memory ({what}): bare {bm:.1f} MiB; madoguchi at its first frame {om:.1f} MiB (+{om - bm:.1f}), "
              f"open {lm:.1f} MiB (+{lm - bm:.1f})")


main()
