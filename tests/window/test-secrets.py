#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The PIN's digits are in no accessible text, no log at its loudest and no file. A core of the window is searched by
test-terminal.py, where the card, which knows its PIN, is not in the same process."""
import re
import sys

import window_rig as rig
from person import NotSeen
from window_rig import Window

PIN = "7351"  # not a number that stands elsewhere


def texts(w):
    """Everything that AT-SPI tells of every accessible, hidden ones too."""
    from gi.repository import Atspi, GLib
    out = []
    for one in w.everything(hidden=True):
        try:
            out += [one.get_name() or "", one.get_description() or ""]
            out += [f"{k}={v}" for k, v in (one.get_attributes() or {}).items()]
            if one.get_text_iface() is not None:
                out.append(Atspi.Text.get_text(one, 0, Atspi.Text.get_character_count(one)) or "")
        except GLib.Error:
            continue
    return out


def clean(w, when):
    joined = "\n".join(texts(w))
    if PIN in joined or re.search(r"7\D{0,3}3\D{0,3}5\D{0,3}1", joined.replace("\n", "")):
        raise NotSeen(f"the digits are in the accessible texts {when}")
    if re.search(r"[●*•](7|3|5|1)", joined):
        raise NotSeen(f"a digit stands among the dots {when}")


def typed(w):
    w.insert("PRACTICE0001", f"pin={PIN}", "forget-tries")
    w.wait_for("残り3回")
    clean(w, "before the first key")
    w.keys(*PIN[:2])
    w.wait_for("4桁中2桁")
    clean(w, "after two")
    w.keys(*PIN[2:])
    w.wait_for("4桁中4桁")
    clean(w, "after four")
    w.screenshot(w.folder / "typed.png")
    w.keys("Return")
    w.wait_for("練習　太郎")
    clean(w, "at the answer")
    w.stop()
    for path in w.folder.rglob("*"):
        if path.is_file() and path.suffix != ".png" and PIN.encode() in path.read_bytes():
            raise NotSeen(f"the digits are in {path.name}")


def password(w):
    """The lock's password, likewise."""
    w.wait_for("カードを置いてください")
    def lock():
        w.keys("ctrl+l")  # in the first moment there is no password yet, and nothing to lock with
        return w.sees("パスワード")
    w.wait(lock, "the lock")
    w.keys("x", "y", "7", "7", "q", "z")
    if any("xy77qz" in text for text in texts(w)):
        raise NotSeen("the password is in an accessible text")
    if b"xy77qz" in (w.folder / "window.log").read_bytes():
        raise NotSeen("the password is in the log")


if __name__ == "__main__":
    rig.inside_display()
    rig.main({"the PIN": typed, "the password of the lock": password},
             lambda folder: Window(folder, env={"G_MESSAGES_DEBUG": "all"}), only=sys.argv[1:])
