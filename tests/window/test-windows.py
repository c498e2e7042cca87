#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Two windows, and the lock over both, driven as a person would."""
import sys

import window_rig as rig
from person import NotSeen
from window_rig import PIN, see

STAFF, PATIENT = "Madoguchi", "患者さん用の画面"
WAITING = "カードを置いてください"


def open_patient(w):
    w.wait_for(WAITING)
    w.keys("ctrl+d")
    window = w.wait(lambda: w.window(PATIENT), "the patient's window")
    w.wait(lambda: w.sees("マイナンバーカードをここに置いてください", window), "the patient's sentence")
    w.focus_window(STAFF)
    return window


def two_windows(w):
    """The patient says yes and the staff's keyboard types; staff see that it is typed, the patient sees no name."""
    patient = open_patient(w)
    w.press("^はい$", "push button", root=patient)
    w.insert("PRACTICE0002")
    w.wait(lambda: w.sees("暗証番号を入力してください", patient), "the patient is asked for the PIN")
    w.keys(*PIN[:3])
    w.wait_for("患者さんが入力しています（4桁中3桁）")
    see(w.sees("^確定$", patient), "the patient has no keypad")
    see(not w.sees("^確定$", w.window(STAFF)), "the staff have a keypad, too")
    w.keys(PIN[3], "Return")
    w.wait(lambda: w.sees("ありがとうございました", patient), "thanks")
    w.wait_for("区分ア|ア（")
    name = next(word for word in w.words(w.window(STAFF)) if "　" in word)
    see(not w.sees(name, patient), "a name on the patient's window")
    w.remove()


def patient_closed(w):
    """The patient's window goes in the middle of a PIN: the staff have the keypad."""
    patient = open_patient(w)
    w.insert("PRACTICE0001")
    w.wait(lambda: w.sees("暗証番号を入力してください", patient), "the patient is asked for the PIN")
    w.press("^閉じる$", "push button", root=patient)
    w.wait(lambda: w.window(PATIENT) is None, "one window")
    w.focus_window(STAFF)
    w.wait_for("残り3回")
    w.wait_for("^確定$")
    w.type_pin()
    w.wait_for("練習　太郎")


def staff_closed(w):
    """The staff's window goes in the middle of a PIN: so does the program, in order."""
    patient = open_patient(w)
    w.insert("PRACTICE0001")
    w.wait(lambda: w.sees("暗証番号を入力してください", patient), "the patient is asked for the PIN")
    w.press("^閉じる$", "push button", root=w.window(STAFF))
    see(w.process.wait(timeout=30) == 0, "the program did not end well")


def unlock(w):
    password = next(word for word in w.words() if "練習用のパスワード" in word).split("：")[-1]
    w.wait(lambda: w.focused() and w.focused().get_role_name() in ("password text", "text", "entry"), "the focus in the field")
    w.type_text(password)
    w.keys("Return")
    w.wait_gone("パスワード")


def lock(w):
    """By the key, once more where the lock was not ready yet: it waits for its password at the start."""
    for _ in range(5):
        w.keys("ctrl+l")
        try:
            return w.wait_for("練習用のパスワード", 4)
        except NotSeen:
            continue
    raise NotSeen("the window does not lock")


def locked(w):
    patient = open_patient(w)
    w.insert("PRACTICE0001")
    w.wait_for("入力を待っています")
    w.type_pin()
    w.wait_for("練習　太郎")
    lock(w)
    see(not w.sees("練習　太郎"), "a name over the lock")
    see(not any("練習　太郎" in (x.get_name() or "") for x in w.everything(hidden=True)), "a name behind the lock")
    w.wait(lambda: w.sees("少しお待ちください", patient), "the patient's window says nothing more")
    w.type_text("wrong-password-1")
    w.keys("Return")
    w.wait_for("パスワードが違います")
    w.remove()


def lock_and_back(w):
    w.wait_for(WAITING)
    lock(w)
    unlock(w)
    w.check()


def idle(w):
    """Nobody touches anything: what is shown of a patient is hidden."""
    w.wait_for(WAITING)
    w.again(settings={"show-seconds": 0}, env={"MADOGUCHI_LOCK_SECONDS": "6"})
    w.check()
    w.wait_for("練習用のパスワード", 30)
    see(not any("練習　太郎" in (x.get_name() or "") for x in w.everything(hidden=True)), "a name behind the lock")
    unlock(w)


SCENARIOS = {
    "two windows": two_windows,
    "the patient's window is closed": patient_closed,
    "the staff's window is closed": staff_closed,
    "locked by a key": locked,
    "locked, and back": lock_and_back,
    "locked by itself": idle,
}

if __name__ == "__main__":
    rig.inside_display()
    rig.main(SCENARIOS, rig.Window, only=sys.argv[1:])
