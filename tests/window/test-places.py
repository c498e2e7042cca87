#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The places beside the reception, the other ways to confirm, and paper, driven as a person would."""
import os
import pathlib
import shutil
import subprocess
import sys

import window_rig as rig
from window_rig import see

WAITING = "カードを置いてください"
TITLES = {"1": "窓口", "2": "本日の受付", "3": "準備", "4": "リーダー", "5": "設定"}


def read_pdf(w):
    """The words on a paper that was printed to a file."""
    path = pathlib.Path(w.given["MADOGUCHI_PRINT_FILE"])
    w.wait(lambda: path.exists() and path.read_bytes().rstrip().endswith(b"%%EOF"), "the paper", 30)
    see(path.read_bytes().startswith(b"%PDF"), "no PDF")
    if not shutil.which("pdftotext"):
        return None
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    path.unlink()
    return text


def places(w):
    """Every place by its key, and by the list."""
    w.wait_for(WAITING)
    for key, words in (("2", "受付はまだありません"), ("3", "準備"), ("4", "リーダーを試す"), ("5", "結果の表示時間"), ("1", WAITING)):
        w.keys(f"ctrl+{key}")
        w.wait_for(words)
        w.wait(lambda title=TITLES[key]: title in w.words()[:8], f"the title {TITLES[key]}")
    w.tab_to("^窓口$", "list item")
    w.keys("Down", "Return")
    w.wait_for("受付はまだありません")


def today(w):
    """A check is in the list without a name; its details come after a press, and that somebody looked is kept."""
    w.check()
    w.keys("Escape")
    w.wait_gone("練習　太郎")
    w.remove()
    w.keys("ctrl+2")
    w.wait_for("練.太.")
    see(not w.sees("練習　太郎"), "details before anybody asked for them")
    w.tab_to("有効", "list item")
    w.keys("Return")
    w.wait_for("練習　太郎")
    w.wait_for("06999999")
    w.press("^一覧に戻る$", "push button")
    w.wait_gone("練習　太郎")
    w.press("^閲覧記録$", "push button")
    w.wait_for("資格確認")
    w.wait_for("表示")
    w.press("^一覧に戻る$", "push button")
    w.keys("ctrl+1")
    w.wait_for(WAITING)


def reader_test(w):
    """The test of a reader runs to its verdict, the reception keeps away from the card meanwhile, and goes on after."""
    w.wait_for(WAITING)
    w.keys("ctrl+4")
    w.press("^リーダーを試す$", "push button")
    w.wait_for("マイナンバーカードを置いてください")
    w.insert("PRACTICE0001")
    w.wait_for("業務に使えます", 60)
    see("ok" in w.reader("status"), "the reader does not answer")
    w.press("^リーダーの一覧に戻る$", "push button")
    w.wait_for("リーダーを試す")
    w.remove()
    w.keys("ctrl+1")
    w.check()


def preferences(w):
    """A preference works at once and is kept over a restart."""
    w.wait_for(WAITING)
    w.keys("ctrl+5")
    w.press("^目視確認から始める$", "check box")
    w.press("^西暦で表示$", "check box")
    w.wait(lambda: checked(w, "^西暦で表示$"), "the switch")
    w.again()
    w.wait_for("次のカードは目視確認|目視確認で確認")
    w.insert("PRACTICE0001")
    w.press("^本人です$", "push button")
    w.wait_for("練習　太郎")
    w.wait_for("1980年1月15日")
    w.keys("ctrl+5")
    w.wait(lambda: checked(w, "^目視確認から始める$"), "the switch after a restart")


def checked(w, name):
    from gi.repository import Atspi
    one = w.find(name, "check box")
    return one is not None and one.get_state_set().contains(Atspi.StateType.CHECKED)


def service_down(w):
    """The service is stopped from the practice panel: the problem, its sheet, the other ways, the statement on paper."""
    w.wait_for(WAITING)
    w.press("^練習用カード$", "push button")
    service = w.wait(lambda: w.find("^練習用サービス$", "combo box"), "the choice of faults")
    w.press(".", "push button", root=service)
    w.wait_for("^サービス停止$")
    w.keys("Down", "Return")
    w.wait_gone("^メンテナンス")
    while w.sees("カードを探す"):  # the list of the drop-down may still be there, and takes the first one
        w.keys("Escape")
        w.focused()
    w.insert("PRACTICE0001")
    w.wait_for("サービスを利用できません", 30)
    w.press("^電話用メモ$", "push button")
    sheet = w.wait(lambda: next((x for x in w.windows() if w.sees("すべてコピー", x)), None), "the sheet")
    w.wait(lambda: w.sees("[A-Z]-[0-9]{2}", sheet), "a code")
    see(not w.sees("練習　太郎|06999999", sheet), "personal data on the sheet")
    w.press("^閉じる$", "push button", root=sheet)
    w.wait(lambda: not w.sees("すべてコピー"), "the sheet gone")
    w.focus_window("Madoguchi")
    w.press("^資格確認書などで受け付ける$", "push button")
    w.wait_for("資格情報のお知らせ")
    w.wait_for("被保険者資格申立書")
    w.press("^申立書を印刷する$", "push button")
    text = read_pdf(w)
    see(text is None or ("練習" in text and "申立書" in text), f"on the paper: {text}")
    w.keys("Escape")
    w.wait_gone("申立書を印刷する")
    w.wait_for("サービスを利用できません")


def printing(w):
    w.check()
    w.keys("ctrl+p")
    text = read_pdf(w)
    see(text is None or ("練習" in text and "有効" in text and "06999999" in text.replace(" ", "")), f"on the paper: {text}")


def other_ways(w):
    """確認できないとき from the keyboard, and back to waiting by Escape."""
    w.wait_for(WAITING)
    w.keys("ctrl+f")
    w.wait_for("被保険者資格申立書")
    w.keys("Escape")
    w.wait_for(WAITING)


SCENARIOS = {
    "places": places,
    "today's list": today,
    "test of a reader": reader_test,
    "preferences": preferences,
    "service down": service_down,
    "printing": printing,
    "other ways": other_ways,
}

if __name__ == "__main__":
    rig.inside_display()
    rig.main(SCENARIOS, lambda folder: rig.Window(folder, env={"MADOGUCHI_PRINT_FILE": os.path.join(folder, "paper.pdf")}),
             only=sys.argv[1:])
