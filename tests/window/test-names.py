#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a screen reader finds: a name for every control in every state, the focus in reading order, the answer announced."""
import re
import sys

import window_rig as rig
from person import Atspi, GLib
from window_rig import PIN, WRONG_PIN, see

WAITING = "カードを置いてください"
CONTROLS = {"push button", "toggle button", "menu item", "check menu item", "radio menu item", "check box", "radio button",
            "combo box", "spin button", "slider", "entry", "text", "password text", "list item", "page tab", "link", "switch"}
CONTAINERS = {"scroll pane", "frame", "window", "dialog", "filler", "panel", "list", "menu"}
TYPE_NAME = re.compile(r"(Gtk|Adw|Mdg)[A-Z]\w*$")


def describe(one):
    out = []
    while one is not None and len(out) < 6:
        out.append(f"{one.get_role_name()} {one.get_name()!r}")
        one = one.get_parent()
    return " in ".join(out)


def names(w, state):
    """Everything that can be pressed, chosen or focused has a name of its own."""
    controls = 0
    for one in w.everything():
        try:
            role, name = one.get_role_name(), one.get_name() or ""
            focusable = one.get_state_set().contains(Atspi.StateType.FOCUSABLE)
            if role not in CONTROLS and (not focusable or role in CONTAINERS):
                continue
            controls += 1
            see(name.strip() and not TYPE_NAME.match(name), f"{state}: without a name: {describe(one)}")
            see(role not in ("invalid", "unknown"), f"{state}: without a role: {describe(one)}")
        except GLib.Error:
            continue  # it has just gone
    see(controls > 3, f"{state}: nothing was looked at")


def reception(w):
    w.wait_for(WAITING)
    names(w, "waiting")
    w.insert("PRACTICE0001")
    w.wait_for("残り3回")
    names(w, "PIN")
    w.type_pin(WRONG_PIN)
    w.wait_for("もう一度入力")
    names(w, "wrong PIN")
    w.press("^もう一度入力$", "push button")
    w.wait_for("4桁中0桁")
    w.type_pin()
    w.wait_for("練習　太郎")
    names(w, "answer")
    w.press("そのほかの情報")
    names(w, "answer, unfolded")
    w.press("^ほかの操作$", "push button")
    w.wait_for("表として|表形式|表で")
    names(w, "menu of the answer")
    w.keys("Escape", "Escape")
    w.wait_gone("練習　太郎")
    w.remove()
    w.wait_for(WAITING)
    w.insert("PRACTICE0001", "tries=1", "forget-tries")
    w.wait_for("残り1回です")
    names(w, "last try")
    w.press("^目視確認にする$", "push button")
    w.wait_for("見比べて")
    names(w, "face")
    w.keys("Escape")
    w.remove()
    w.wait_for(WAITING)
    w.insert("PRACTICE0001", "tries=0", "forget-tries")
    w.wait_for("市区町村")
    names(w, "problem")
    w.keys("Escape")
    w.reader("unplug")
    w.wait_for("資格確認書などで受け付ける")
    names(w, "no reader")
    w.press("^資格確認書などで受け付ける$", "push button")
    w.wait_for("申立書を印刷する")
    names(w, "other ways")


def places(w):
    w.check()
    w.keys("Escape")
    w.wait_gone("練習　太郎")
    w.remove()
    w.keys("ctrl+2")
    w.wait_for("練.太.")
    names(w, "today")
    w.tab_to("有効", "list item")
    w.keys("Return")
    w.wait_for("練習　太郎")
    names(w, "details")
    w.press("^一覧に戻る$", "push button")
    w.press("^閲覧記録$", "push button")
    w.wait_for("資格確認")
    names(w, "who looked")
    for key, words in (("3", "準備"), ("4", "リーダーを試す"), ("5", "結果の表示時間")):
        w.keys(f"ctrl+{key}")
        w.wait_for(words)
        names(w, words)
    w.keys("ctrl+4")
    w.press("^リーダーを試す$", "push button")
    w.wait_for("マイナンバーカードを置いてください")
    names(w, "test of a reader")
    w.keys("Escape")
    w.press("^メニュー$", "push button")
    w.wait_for("キーボードショートカット")
    names(w, "menu")
    w.keys("Escape")
    w.press("^練習用カード$", "push button")
    w.wait_for("カードを探す")
    names(w, "practice cards")


def windows(w):
    w.wait_for(WAITING)
    w.keys("ctrl+d")
    w.wait(lambda: w.window("患者さん用の画面"), "the patient's window")
    w.wait_for("ここに置いてください")
    names(w, "patient")
    w.focus_window("Madoguchi")
    w.insert("PRACTICE0001")
    w.wait_for("入力を待っています")
    names(w, "the patient types")
    w.type_pin()
    w.wait_for("ありがとうございました")
    names(w, "thanks")
    w.keys("ctrl+l")
    w.wait_for("練習用のパスワード")
    names(w, "lock")


def chain(w, most=40):
    """What has the focus, Tab by Tab, until it comes round."""
    out = []
    for _ in range(most):
        here = w.wait(w.focused, "the focus")
        if here in out:
            break
        out.append(here)
        w.keys("Tab")
        w.wait(lambda here=here: w.focused() not in (None, here), "the focus to go on", 5)
    return out


def in_reading_order(w, state):
    """Tab goes on as the window is read: the header, the list of places, then what is in the place; round once."""
    everything = list(w.everything())
    pane = next(i for i, one in enumerate(everything) if one.get_name() == "AdwFlap")
    sidebar = list(w.everything(w.find("^画面の切り替え$", "list")))

    def rank(one):
        here = everything.index(one)
        return (0 if here < pane else 1 if one in sidebar else 2, here)
    order = [one for one in chain(w) if one in everything]
    ranks = [rank(one) for one in order]
    see(len(order) > 3, f"{state}: Tab does not go anywhere")
    falls = [i for i in range(len(ranks)) if ranks[i] < ranks[i - 1]]
    see(len(falls) <= 1, f"{state}: the focus jumps back: {', '.join(one.get_name() or '?' for one in order)}")


def focus(w):
    w.wait_for(WAITING)
    in_reading_order(w, "waiting")
    w.insert("PRACTICE0001")
    w.wait_for("残り3回")
    w.wait(lambda: "4桁中" in (w.focused().get_name() or ""), "the focus on the digits")
    in_reading_order(w, "PIN")
    w.keys(*PIN)
    w.wait_for("4桁中4桁")
    w.press("^確定$", "push button")
    w.wait_for("練習　太郎")
    w.wait(lambda: (w.focused().get_name() or "").startswith("有効"), "the focus on the verdict")
    in_reading_order(w, "answer")
    w.keys("ctrl+5")
    w.wait_for("結果の表示時間")
    in_reading_order(w, "preferences")


SCENARIOS = {
    "names at the reception": reception,
    "names in the other places": places,
    "names in both windows and the lock": windows,
    "focus in reading order": focus,
}

if __name__ == "__main__":
    rig.inside_display()
    rig.main(SCENARIOS, rig.Window, only=sys.argv[1:])
