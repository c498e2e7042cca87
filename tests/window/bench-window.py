#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How long the window takes until its first frame, and how much memory, beside a bare AdwApplicationWindow: in turns, in
one run. Prints figures; judges nothing.

    bench-window.py [--registered | OPTIONS OF THE PROGRAM]

With --registered the terminal is registered with a practice service that is a program of its own (MDG_CLI, MDG_SERVICE): what
the program is at a counter. With --practice the service and the card are inside of it."""
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

TURNS = int(os.environ.get("MDG_BENCH_TURNS", "15"))
OPTIONS = [option for option in sys.argv[1:] if option != "--registered"]
REGISTERED = "--registered" in sys.argv
SECONDS = 6  # until the reception is open, on a busy machine


def start_bare(*options):
    started = time.monotonic_ns() // 1000
    process = subprocess.Popen([os.environ["MDG_BARE_WINDOW"], *options], stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL)
    for line in process.stdout:
        name, moment = line.split()
        if name == "first-frame":
            break
    first = int(moment) - started
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
    process = subprocess.Popen([os.environ["MDG_WINDOW"], *OPTIONS], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (marks.exists() and "first-frame" in marks.read_text()):
        time.sleep(0.002)
    first = int(re.search(r"first-frame (\d+)", marks.read_text()).group(1)) - started
    early = Box(process).resources()
    # memory is told for the open reception, too
    end = time.monotonic() + SECONDS
    while not re.search(r"^(waiting|no-reader) ", marks.read_text(), re.M) and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.7)  # what it prepares when nothing is to be done is there, too
    late = Box(process).resources()
    process.terminate()
    process.wait()
    return first, early, late


def register(folder):
    """The practice service, told of in data/ as the command line tells it; the caller ends it."""
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
    os.environ.setdefault("MDG_VIRTUAL_CARD", "")
    import rig as e2e
    terminal = e2e.Rig(folder)
    service = terminal.start_service(card_cas=())
    terminal.activate().expect(0)
    return service


def median(values):
    return statistics.median(values)


def main():
    rig.inside_display("1280x800")
    with tempfile.TemporaryDirectory(prefix="mdg-window-") as name:
        folder = pathlib.Path(name)
        service = register(folder) if REGISTERED else None
        start_ours(folder, "warm")
        start_bare()
        bare, ours, text = [], [], []
        for turn in range(TURNS):
            bare.append(start_bare())
            text.append(start_bare("--text"))
            ours.append(start_ours(folder, turn))
        if service is not None:
            service.kill()
            service.wait()
    b, o = median([x[0] for x in bare]) / 1000, median([x[0] for x in ours]) / 1000
    turns = median([x[0] / y[0] for x, y in zip(ours, bare)])
    first_text = median([x[0] for x in text]) / 1000
    print(f"first frame, process start to painted, median of {TURNS}: bare {b:.1f} ms, madoguchi {o:.1f} ms: {o / b:.2f} times; "
          f"median of each turn's: {turns:.2f}; quickest of each: {min(x[0] for x in ours) / min(x[0] for x in bare):.2f}")
    print(f"  bare with one line of Japanese: {first_text:.1f} ms")
    for what in ("rss", "pss", "private"):
        bm = median([x[1][what] for x in bare]) / 1024
        om, lm = median([x[1][what] for x in ours]) / 1024, median([x[2][what] for x in ours]) / 1024
        print(f"memory ({what}): bare {bm:.1f} MiB; madoguchi at its first frame {om:.1f} MiB (+{om - bm:.1f}), "
              f"open {lm:.1f} MiB (+{lm - bm:.1f})")
        # not what is judged: what the fonts are for whoever shows Japanese at all
        tm = median([x[1][what] for x in text]) / 1024
        print(f"  bare with one line of Japanese: {tm:.1f} MiB (+{tm - bm:.1f}); madoguchi open above that: +{lm - tm:.1f}")


main()
