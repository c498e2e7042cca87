# SPDX-License-Identifier: LGPL-2.1-or-later
"""A person at the counter: sees what AT-SPI tells a screen reader, presses keys and buttons, waits for words.

Needs Python's gi with AT-SPI's typelib; where the python that runs a test has none, the system's own is taken.
Exits as a skipped test where there is none at all."""

import os
import re
import subprocess
import sys
import time
import warnings

warnings.simplefilter("ignore", DeprecationWarning)  # of the older half of AT-SPI's own interface
try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
except (ImportError, ValueError):
    if sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    print("1..0 # SKIP no gi or no AT-SPI")
    sys.exit(0)

PRESSES = ("click", "activate", "toggle", "expand", "menu.popup")
EVENTS = ("object:children-changed", "object:state-changed", "object:text-changed", "object:property-change", "window:create")


class NotSeen(AssertionError):
    pass


class Person:
    def __init__(self, command, env, log):
        self.log = open(log, "ab")
        self.process = subprocess.Popen(command, env=env, stdout=self.log, stderr=self.log)
        self.display = env["DISPLAY"]
        self.attend(env)

    def attend(self, env):
        self.listener = Atspi.EventListener.new(lambda event: None)
        for name in EVENTS:
            self.listener.register(name)
        self.app = self.wait(self._find_app, "the program's windows", 30)

    # -- time ---------------------------------------------------------------
    def wait(self, look, what, seconds=40):
        """Looks again whenever something on the screen changed, and now and then in case that was not told."""
        end = time.monotonic() + seconds
        context = GLib.MainContext.default()
        while True:
            found = self._quietly(look)
            if found:
                return found
            if self.process.poll() is not None:
                raise NotSeen(f"the program ended with {self.process.returncode} before {what}")
            if time.monotonic() > end:
                raise NotSeen(f"not seen: {what}; on the screen: {' | '.join(self.words())[:1500]}")
            tick = GLib.timeout_add(50, lambda: True)
            context.iteration(True)
            GLib.source_remove(tick)

    @staticmethod
    def _quietly(look):
        try:
            return look()
        except (GLib.Error, SystemError):
            return None  # what was looked at has just gone

    def _find_app(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                return child
        return None

    # -- seeing -------------------------------------------------------------
    def everything(self, root=None, hidden=False):
        """Every accessible that is visible, in reading order. (GTK 4.8 sets SHOWING for windows only.)"""
        todo = [root or self.app]
        while todo:
            here = todo.pop()
            try:
                here.clear_cache_single() if hasattr(here, "clear_cache_single") else None
                states = here.get_state_set()
                if here is not self.app and not hidden and not states.contains(Atspi.StateType.VISIBLE):
                    continue
                yield here
                children = [here.get_child_at_index(i) for i in range(here.get_child_count())]
            except (GLib.Error, SystemError):
                continue
            todo += [c for c in reversed(children) if c]

    def words(self, root=None):
        out = []
        for one in self.everything(root):
            try:
                name = one.get_name()
            except (GLib.Error, SystemError):
                continue
            # GTK gives what has no name that of its type
            if name and not re.match(r"(Gtk|Adw|Mdg)[A-Z]", name) and (not out or out[-1] != name):
                out.append(name)
        return out

    def sees(self, pattern, root=None):
        regex = re.compile(pattern)
        return any(regex.search(word) for word in self.words(root))

    def wait_for(self, pattern, seconds=40):
        return self.wait(lambda: self.sees(pattern), f"/{pattern}/", seconds)

    def wait_gone(self, pattern, seconds=40):
        return self.wait(lambda: not self.sees(pattern), f"/{pattern}/ gone", seconds)

    def find(self, pattern, role=None, root=None, hidden=False):
        regex = re.compile(pattern)
        for one in self.everything(root, hidden):
            try:
                if regex.search(one.get_name() or "") and (role is None or one.get_role_name() == role):
                    return one
            except (GLib.Error, SystemError):
                continue
        return None

    def windows(self):
        return [self.app.get_child_at_index(i) for i in range(self.app.get_child_count())]

    # -- doing --------------------------------------------------------------
    def press(self, pattern, role=None, root=None, seconds=40):
        """Presses what has this name, or what this is the label of, as soon as it can be pressed."""
        regex = re.compile(pattern)

        def attempt():
            for one in self.everything(root):
                if not regex.search(one.get_name() or "") or (role is not None and one.get_role_name() != role):
                    continue
                found = self._pressable(one)
                if found is not None and found.get_state_set().contains(Atspi.StateType.SENSITIVE) and found.do_action(0):
                    return found
            return None
        return self.wait(attempt, f"a button /{pattern}/", seconds)

    @staticmethod
    def _pressable(one):
        for _ in range(4):  # a label inside of a button, a row with a switch at its end
            if one is None or one.get_role_name() in ("frame", "dialog", "list"):
                return None
            if one.get_n_actions() > 0 and Atspi.Action.get_action_name(one, 0) in PRESSES:
                return one
            one = one.get_parent()
        return None

    def window(self, title):
        """The window of this title, if it is there."""
        return next((one for one in self.windows() if re.search(title, one.get_name() or "")), None)

    def keys(self, *names):
        """Keys of the keyboard, as X names them: "1", "Return", "ctrl+2"."""
        subprocess.run(["xdotool", "key", "--delay", "12", *names], check=True,
                       env={**os.environ, "DISPLAY": self.display})

    def type_text(self, text):
        subprocess.run(["xdotool", "type", "--delay", "12", text], check=True, env={**os.environ, "DISPLAY": self.display})

    def focus_window(self, title):
        """Keys go to that window: there is no window manager here."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], capture_output=True, text=True, check=False,
                               env={**os.environ, "DISPLAY": self.display}).stdout.split()
        if found:
            subprocess.run(["xdotool", "windowfocus", "--sync", found[-1]], check=False,
                           env={**os.environ, "DISPLAY": self.display}, timeout=5)

    def tab_to(self, pattern, role=None, key="Tab", most=60):
        """Goes on by Tab until what has the focus has this name."""
        regex = re.compile(pattern)
        for _ in range(most):
            before = self.focused()
            if before and regex.search(before.get_name() or "") and (role is None or before.get_role_name() == role):
                return before
            self.keys(key)
            self.wait(lambda: self.focused() not in (None, before), "the focus to go on", 5)
        raise NotSeen(f"no Tab leads to /{pattern}/")

    def screenshot(self, path):
        subprocess.run(["import", "-window", "root", str(path)], check=True, env={**os.environ, "DISPLAY": self.display})

    def focused(self):
        for one in self.everything():
            try:
                if one.get_state_set().contains(Atspi.StateType.FOCUSED):
                    return one
            except (GLib.Error, SystemError):
                continue
        return None

    def close(self, seconds=20):
        """Asks the program to end; its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise NotSeen("the program did not end when it was asked to") from None
        finally:
            self.log.close()
