# SPDX-License-Identifier: LGPL-2.1-or-later
"""The window in practice mode with everything around it: a home of its own, the virtual reader's commands, settings."""

import contextlib
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import traceback

from person import NotSeen, Person

PIN = "1234"
WRONG_PIN = "9876"
LONG = os.environ.get("MADOGUCHI_TEST_LONG") == "1"


def inside_display(size="1600x1200"):
    """Starts this script again on a display of its own with a bus, unless that was done already."""
    if os.environ.get("MDG_WINDOW_INSIDE") == "1":
        return
    os.environ["MDG_WINDOW_INSIDE"] = "1"
    here = os.environ["MDG_WITH_DISPLAY"]
    os.execv(sys.executable, [sys.executable, here, "--bus", "--size", size, sys.executable, *sys.argv])


class Window(Person):
    """The program in practice mode (or, with real=True, on a real terminal's data)."""

    def __init__(self, folder, *arguments, language="ja", settings=None, env=None, practice=True, card=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(exist_ok=True, parents=True)
        self.given = env or {}
        self.env = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE=language,
                        XDG_DATA_HOME=str(self.folder / "data"), XDG_CONFIG_HOME=str(self.folder / "config"),
                        XDG_STATE_HOME=str(self.folder / "state"), XDG_CACHE_HOME=str(self.folder / "cache"),
                        G_DEBUG="fatal-criticals", **(env or {}))
        for name in ("data", "config", "state", "cache"):
            (self.folder / name).mkdir(exist_ok=True, mode=0o700)
        if settings:
            self.set_settings(practice, settings)
        command = [os.environ["MDG_WINDOW"]] + (["--practice"] if practice else []) + list(arguments)
        super().__init__(command, self.env, self.folder / "window.log")
        self.focus_window("窓口|Madoguchi|Reception")

    def again(self, settings=None, env=None):
        """Ends the program and starts it again on the same data."""
        code = self.stop()
        if code != 0:
            raise NotSeen(f"the program ended with {code}")
        self.__init__(self.folder, settings=settings, env={**self.given, **(env or {})})

    # -- what a facility has set before -------------------------------------
    def database(self, practice=True):
        return self.folder / "data" / "madoguchi" / ("practice" if practice else "") / "madoguchi.db"

    def set_settings(self, practice, settings):
        """Writes preferences as the program keeps them; the program has to have run once."""
        with contextlib.closing(sqlite3.connect(self.database(practice))) as db, db:
            for key, value in settings.items():
                db.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (f"preferences/{key}", str(value)))

    # -- the virtual reader -------------------------------------------------
    def reader(self, command, seconds=10):
        """A line to the virtual reader's command socket; its answer."""
        end = time.monotonic() + seconds
        while True:
            for path in [*self.folder.rglob("reader-*"), *pathlib.Path(os.environ["XDG_RUNTIME_DIR"]).rglob("reader-*")]:
                try:
                    with socket.socket(socket.AF_UNIX) as s:
                        s.settimeout(5)
                        s.connect(str(path))
                        s.sendall(command.encode() + b"\n")
                        answer = s.makefile().readline().strip()
                    if not answer.startswith("ok"):
                        raise NotSeen(f"the reader answered {answer!r} to {command!r}")
                    return answer
                except OSError:
                    continue
            if time.monotonic() > end:
                raise NotSeen("the virtual reader has no command socket")
            # pause: the program makes the socket when its driver starts; nothing tells another process
            time.sleep(0.05)

    def insert(self, cn="PRACTICE0001", *options):
        return self.reader(" ".join(["insert", cn, *options]))

    def remove(self):
        return self.reader("remove")

    def check(self, cn="PRACTICE0001", name="練習　太郎"):
        """One card from the reader to the answer."""
        self.wait_for("カードを置いてください")
        self.insert(cn)
        self.wait_for("残り3回")
        self.type_pin()
        self.wait_for(name)

    def type_pin(self, digits=PIN):
        self.keys(*digits, "Return")

    # -- what stays of it ----------------------------------------------------
    def proc(self):
        return pathlib.Path("/proc") / str(self.process.pid)

    def resources(self):
        proc = self.proc()
        rollup = dict(line.split(":")[0:2] for line in (proc / "smaps_rollup").read_text().splitlines() if ":" in line)
        return {"pss": int(rollup["Pss"].split()[0]), "private": int(rollup["Private_Dirty"].split()[0]),
                "rss": int(rollup["Rss"].split()[0]), "fds": len(os.listdir(proc / "fd")), "threads": len(os.listdir(proc / "task"))}

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.close()


def see(condition, text):
    if not condition:
        raise NotSeen(text)


def main(scenarios, make, only=None):
    """Runs named scenarios, each in a folder of its own made by @make (folder) → Window, and prints TAP."""
    import tempfile
    names = [n for n in scenarios if not only or n in only]
    print(f"1..{len(names)}", flush=True)
    failed = 0
    for number, name in enumerate(names, 1):
        with tempfile.TemporaryDirectory(prefix="mdg-window-") as folder:
            window = None
            try:
                window = make(folder)
                scenarios[name](window)
                code = window.stop()
                if code != 0:
                    raise NotSeen(f"the program ended with {code}")
                print(f"ok {number} {name}", flush=True)
            except Exception as problem:  # every one is told, and the next scenario runs
                failed += 1
                print(f"not ok {number} {name}", flush=True)
                detail = traceback.format_exc() + "\n" + pathlib.Path(folder, "window.log").read_text(errors="replace")[-2000:]
                print("# " + detail.replace("\n", "\n# "), flush=True)
                if os.environ.get("MDG_WINDOW_SHOTS"):
                    subprocess.run(["import", "-window", "root", f"{os.environ['MDG_WINDOW_SHOTS']}/failed-{number}.png"], check=False)
            finally:
                if window is not None and window.process.poll() is None:
                    window.process.kill()
                    window.process.wait()
    sys.exit(1 if failed else 0)
