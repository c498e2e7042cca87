#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The real window in practice mode, driven as a person would: from the start to an answer, and every way aside."""
import sys

import window_rig as rig
from window_rig import PIN, WRONG_PIN, see

WAITING = "カードを置いてください"


def by_keyboard(w):
    """Start, card, PIN, answer, next patient: no button is pressed."""
    w.wait_for(WAITING)
    w.insert("PRACTICE0001")
    w.wait_for("残り3回")
    see(w.sees("4桁中0桁"), "the number of digits is not told")
    w.keys(*PIN[:2])
    w.wait_for("4桁中2桁")
    w.keys("BackSpace")
    w.wait_for("4桁中1桁")
    w.keys(*PIN[1:], "Return")
    w.wait_for("^有効$")
    w.wait_for("練習　太郎")
    w.wait_for("06999999")
    w.wait_for("失効確認：未実施")
    see(w.sees("^練習$"), "a practice answer without the word")
    w.wait(lambda: (w.focused().get_name() or "").startswith("有効"), "the focus on the verdict")
    w.keys("Escape")
    w.wait_gone("練習　太郎")
    w.remove()
    w.wait_for(WAITING)


def by_buttons(w):
    """The keypad on the screen."""
    w.insert("PRACTICE0008")
    w.wait_for("残り3回")
    for digit in PIN:
        w.press(f"^{digit}$", "push button")
    w.press("^確定$", "push button")
    w.wait_for("例示　六助")
    w.wait_for("2割")
    w.press("^画面を消す$", "push button")
    w.wait_gone("例示　六助")


def pin_first(w):
    """The digits come before the card."""
    w.wait_for(WAITING)
    w.keys(*PIN)
    w.wait_for("4桁中4桁")
    w.keys("Return")
    w.wait_for(WAITING)
    w.insert("PRACTICE0001")
    w.wait_for("練習　太郎")


def wrong_pin(w):
    w.insert("PRACTICE0001")
    w.wait_for("残り3回")
    w.type_pin(WRONG_PIN)
    w.wait_for("暗証番号が違います（残り2回）")
    w.press("^もう一度入力$", "push button")
    w.wait_for("4桁中0桁")
    w.type_pin()
    w.wait_for("練習　太郎")


def last_try(w):
    w.insert("PRACTICE0001", "tries=1", "forget-tries")
    w.wait_for("残り1回です")
    see(not w.sees("4桁中"), "the PIN was asked for before the last try was agreed to")
    w.keys("Escape")
    w.wait_gone("残り1回です")
    w.remove()
    w.wait_for(WAITING)
    w.insert("PRACTICE0001", "tries=1", "forget-tries")
    w.press("^最後の1回を使う$", "push button")
    w.wait_for("4桁中0桁")
    w.type_pin()
    w.wait_for("練習　太郎")


def blocked(w):
    w.insert("PRACTICE0001", "tries=0", "forget-tries")
    w.wait_for("ロック")
    w.wait_for("市区町村")
    see(not w.sees("4桁中"), "the PIN of a locked card is asked for")
    w.press("^目視確認にする$", "push button")
    w.press("^本人です$", "push button")
    w.wait_for("練習　太郎")


def pulled(w):
    w.insert("PRACTICE0001")
    w.wait_for("残り3回")
    w.keys("1", "2")
    w.wait_for("4桁中2桁")
    w.remove()
    w.wait_for(WAITING)
    see(not w.sees("4桁中[1-4]桁"), "digits of the patient who went are still there")
    w.insert("PRACTICE0001")
    w.wait_for("4桁中0桁")
    w.type_pin()
    w.wait_for("練習　太郎")


def visual(w):
    w.wait_for(WAITING)
    w.press("^目視確認$", "push button")
    w.wait_for("次のカードは目視確認")
    w.insert("PRACTICE0014")
    w.wait_for("見比べて")
    w.press("^本人です$", "push button")
    w.wait_for("^有効$")
    w.wait_for("1割")


def other_card(w):
    w.insert("PRACTICE0001", "no-jpki")
    w.wait_for("マイナンバーカードではありません")
    w.keys("Escape")
    w.remove()
    w.wait_for(WAITING)


def escape(w):
    """Escape leads back to waiting from every scene."""
    w.wait_for(WAITING)
    w.keys("1")
    w.wait_for("4桁中1桁")
    w.keys("Escape")
    w.wait_gone("4桁中")
    for options, words in (((), "残り3回"), (("tries=1", "forget-tries"), "残り1回です"), (("tries=0", "forget-tries"), "市区町村")):
        w.wait_for(WAITING)
        w.insert("PRACTICE0001", *options)
        w.wait_for(words)
        w.keys("Escape")
        w.wait_gone(words)
        w.remove()
    w.wait_for(WAITING)
    w.insert("PRACTICE0001")
    w.wait_for("残り3回")
    w.type_pin(WRONG_PIN)
    w.wait_for("残り2回")
    w.keys("Escape")
    w.wait_gone("残り2回")
    w.remove()
    w.wait_for(WAITING)
    w.press("^目視確認$", "push button")
    w.wait_for("次のカードは目視確認")
    w.insert("PRACTICE0001")
    w.wait_for("見比べて")
    w.keys("Escape")
    w.wait_gone("見比べて")


def unplugged(w):
    w.wait_for(WAITING)
    w.reader("unplug")
    w.wait_gone(WAITING)
    w.wait_for("リーダーが")
    w.reader("plug")
    w.wait_for(WAITING)
    w.check()


def countdown(w):
    """The answer goes by itself, not when it is kept, and at once when the next card comes."""
    w.wait_for(WAITING)
    w.again(settings={"show-seconds": 3})
    w.check()
    w.wait_gone("練習　太郎")
    w.remove()
    w.wait_for(WAITING)
    w.again(settings={"show-seconds": 5})
    w.check()
    w.press("^表示したままにする$", "push button")
    w.wait_gone("秒で消去")
    w.remove()
    see(w.sees("練習　太郎"), "a kept answer went with its card")
    w.insert("PRACTICE0008")
    w.wait_for("残り3回")
    see(not w.sees("練習　太郎"), "the patient before is still there")
    w.type_pin()
    w.wait_for("例示　六助")


SCENARIOS = {
    "start to answer by the keyboard": by_keyboard,
    "the keypad on the screen": by_buttons,
    "PIN before the card": pin_first,
    "wrong PIN, then right": wrong_pin,
    "last try": last_try,
    "blocked": blocked,
    "card pulled while typing": pulled,
    "visual check": visual,
    "not a My Number Card": other_card,
    "escape from every scene": escape,
    "reader unplugged": unplugged,
    "the answer goes by itself": countdown,
}

if __name__ == "__main__":
    rig.inside_display()
    rig.main(SCENARIOS, rig.Window, only=sys.argv[1:])
