#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The real window in practice mode, driven as a person would: by what AT-SPI tells and by the keyboard."""
import sys

import window_rig as rig
from person import NotSeen
from window_rig import PIN, WRONG_PIN


def see(condition, text):
    if not condition:
        raise NotSeen(text)


def by_keyboard(w):
    """Start, card, PIN, answer, next patient: no button is pressed."""
    w.wait_for("カードを置いてください")
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
    see(w.sees("練習"), "a practice answer without the word")
    focused = w.wait(w.focused, "the focus")
    see("有効" in (focused.get_name() or ""), f"the focus is on {focused.get_name()!r}, not on the verdict")
    w.keys("Escape")
    w.wait_gone("練習　太郎")
    w.remove()
    w.wait_for("カードを置いてください")


def by_buttons(w):
    """The keypad on the screen."""
    w.insert("PRACTICE0008")
    w.wait_for("残り3回")
    for digit in PIN:
        w.press(f"^{digit}$", "push button")
    w.press("^確定$", "push button")
    w.wait_for("例示　六助")
    w.wait_for("2割")


def wrong_pin(w):
    w.insert("PRACTICE0001")
    w.wait_for("残り3回")
    w.type_pin(WRONG_PIN)
    w.wait_for("暗証番号が違います（残り2回）")
    w.press("もう一度入力")
    w.wait_for("4桁中0桁")
    w.type_pin()
    w.wait_for("練習　太郎")


def last_try(w):
    w.insert("PRACTICE0001", "tries=1", "forget-tries")
    w.wait_for("最後の1回")
    see("VERIFY" not in w.reader("status"), "asked too early")
    w.press("やめる|いいえ")
    w.wait_gone("最後の1回")
    w.remove()
    w.wait_for("カードを置いてください")
    w.insert("PRACTICE0001", "tries=1", "forget-tries")
    w.wait_for("最後の1回")
    w.press("最後の1回を使う|はい|入力する")
    w.wait_for("暗証番号を入力")
    w.type_pin()
    w.wait_for("練習　太郎")


def blocked(w):
    w.insert("PRACTICE0001", "tries=0", "forget-tries")
    w.wait_for("ロック")
    w.wait_for("市区町村")


def pulled(w):
    w.insert("PRACTICE0001")
    w.wait_for("残り3回")
    w.keys("1", "2")
    w.wait_for("4桁中2桁")
    w.remove()
    w.wait_for("カードを置いてください")
    see(not w.sees("4桁中[1-4]桁"), "digits of the patient who went are still there")
    w.insert("PRACTICE0001")
    w.wait_for("4桁中0桁")
    w.type_pin()
    w.wait_for("練習　太郎")


def visual(w):
    w.wait_for("カードを置いてください")
    w.press("目視確認")
    w.insert("PRACTICE0014")
    w.wait_for("見比べて|本人")
    w.press("本人です|一致|はい")
    w.wait_for("^有効$")
    w.wait_for("後期高齢者|1割")


def other_card(w):
    w.insert("PRACTICE0001", "no-jpki")
    w.wait_for("マイナンバーカードではありません|別のカード|マイナンバーカードとして")


def service_down(w):
    w.press("練習", role=None)  # the practice panel
    w.press("サービス停止|停止")
    w.keys("Escape")
    w.insert("PRACTICE0001")
    w.wait_for("確認できません|接続できません|利用できません|応答", 30)
    w.press("資格確認書などで受け付ける|受け付ける")
    w.wait_for("資格情報のお知らせ")
    w.wait_for("被保険者資格申立書")


def unplugged(w):
    w.wait_for("カードを置いてください")
    w.reader("unplug")
    w.wait_for("リーダーが")
    w.reader("plug")
    w.wait_for("カードを置いてください")


def two_windows(w):
    w.press("患者さん用の画面")
    w.wait(lambda: len(w.windows()) >= 2, "a second window")
    w.wait_for("マイナンバーカードをここに置いてください|ここに置いて")
    w.press("^はい$")
    w.insert("PRACTICE0002")
    w.wait_for("4桁の暗証番号を入力してください|暗証番号を入力してください")
    w.keys(*PIN)
    w.wait_for("患者さんが入力しています")
    w.keys("Return")
    w.wait_for("ありがとうございました")
    w.wait_for("限度額")
    w.wait_for("区分ア|ア（")


def locked(w):
    w.insert("PRACTICE0001")
    w.wait_for("残り3回")
    w.type_pin()
    w.wait_for("練習　太郎")
    w.keys("ctrl+l")
    w.wait_gone("練習　太郎")
    w.wait_for("パスワード")
    see(not any("練習　太郎" in (x.get_name() or "") for x in w.everything(hidden=True)), "a name behind the lock")


def places(w):
    for key, words in (("2", "本日の受付"), ("3", "準備"), ("4", "リーダー"), ("5", "設定"), ("1", "カードを置いてください")):
        w.keys(f"ctrl+{key}")
        w.wait_for(words)


SCENARIOS = {
    "start to answer by the keyboard": by_keyboard,
    "the keypad on the screen": by_buttons,
    "wrong PIN, then right": wrong_pin,
    "last try": last_try,
    "blocked": blocked,
    "card pulled while typing": pulled,
    "visual check": visual,
    "not a My Number Card": other_card,
    "service down": service_down,
    "reader unplugged": unplugged,
    "two windows": two_windows,
    "locked": locked,
    "places": places,
}

if __name__ == "__main__":
    rig.inside_display()
    rig.main(SCENARIOS, lambda folder: rig.Window(folder), only=sys.argv[1:])
