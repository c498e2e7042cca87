# SPDX-License-Identifier: LGPL-2.1-or-later
"""The window without anybody who looks at it: followed by the marks of its stopwatch (src/gtk/mdg-stopwatch.c), which come
through a pipe. No screen reader listens, so that what is measured is the program's own."""

import os
import re
import select
import time

from person import NotSeen
from window_rig import Window


class Marked(Window):
    def __init__(self, folder, *arguments, practice=True, env=None, **more):
        self.marks = []  # (name, numbers)
        self._rest = b""
        path = os.path.join(folder, "marks")
        if not os.path.exists(path):
            os.mkfifo(path, 0o600)
        self._pipe = os.open(path, os.O_RDWR | os.O_NONBLOCK)  # both, so that it never ends
        super().__init__(folder, *arguments, practice=practice, env={"MADOGUCHI_STOPWATCH": path, **(env or {})}, **more)

    def attend(self, env):
        self.wait_mark("first-frame", 0, 30)

    # -- marks --------------------------------------------------------------
    def read_marks(self, seconds=0.0):
        """Takes what has come; waits for it if told to."""
        if not select.select([self._pipe], [], [], max(seconds, 0.0))[0]:
            return
        data = self._rest + os.read(self._pipe, 65536)
        *lines, self._rest = data.split(b"\n")
        for line in lines:
            name, *numbers = line.decode().split()
            self.marks.append((name, [int(n) for n in numbers]))

    def count(self, name):
        return sum(1 for mark in self.marks if mark[0] == name)

    def wait_mark(self, name, seen, seconds=15):
        """Until there are more marks of this name than @seen."""
        end = time.monotonic() + seconds
        while self.count(name) <= seen:
            self.read_marks(0.5)
            if self.process.poll() is not None:
                raise NotSeen(f"the program ended with {self.process.returncode} before {name}")
            if time.monotonic() > end:
                raise NotSeen(f"not marked: {name}; last: {self.marks[-5:]}")

    def forget_marks(self):
        self.read_marks()
        self.marks.clear()

    # -- a check ------------------------------------------------------------
    def check(self, number, pin="1234"):
        """One whole check: a card comes, its holder types, the answer is painted, the card goes."""
        self.read_marks()
        pins, answers = self.count("pin-painted"), self.count("answer-painted")
        self.insert(f"PRACTICE{number % 46 + 1:04}", "forget-tries")
        self.wait_mark("pin-painted", pins)
        self.type_pin(pin)
        self.wait_mark("answer-painted", answers)
        self.remove()

    # -- memory -------------------------------------------------------------
    def heap(self):
        """KiB of the heap and of the other anonymous memory that this process alone has written."""
        text = (self.proc() / "smaps").read_text()
        heap = anonymous = 0
        for block in re.split(r"\n(?=[0-9a-f]+-[0-9a-f]+ )", text):
            head = block.split("\n", 1)[0].split()
            dirty = int(re.search(r"^Private_Dirty:\s+(\d+)", block, re.M).group(1))
            if len(head) > 5 and head[5] == "[heap]":
                heap += dirty
            elif len(head) == 5:
                anonymous += dirty
        return {"heap": heap, "anonymous": anonymous}

    def stop(self):
        code = super().stop()
        os.close(self._pipe)
        return code
