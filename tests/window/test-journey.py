#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The preparation as a new user goes through it, in practice mode and through AT-SPI alone: from the first start over
receipts to the packet for the grant as a PDF, with a restart in the middle."""
import pathlib
import re
import shutil
import subprocess
import sys
import zlib

import window_rig as rig
from window_rig import see

MAP = "次にすること"
STATE = "この手順の状態"


def make_png(path, side=240):
    """A grey square: what a scan is to the program."""
    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    head = side.to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    lines = b"".join(b"\0" + bytes([200]) * side for _ in range(side))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def make(folder):
    """The program as it is after it has run once: its data are there, its journey is empty."""
    folder = pathlib.Path(folder)
    out = folder / "out"
    out.mkdir(parents=True)
    make_png(folder / "receipt.png")
    (folder / "letter.txt").write_text("no receipt", encoding="utf-8")
    return rig.Window(folder, env={"MADOGUCHI_OPEN_FILES": f"{folder / 'receipt.png'}\n{folder / 'letter.txt'}",
                                   "MADOGUCHI_SAVE_FOLDER": str(out)})


def open_map(w):
    w.keys("ctrl+3")
    w.wait_for(f"^{MAP}$")
    w.wait_for("/ 9$|手順のうち")


def open_step(w, title):
    """By the keyboard, as a person who sees nothing finds it."""
    w.tab_to(f"^{title}", "list item")
    w.keys("Return")
    w.wait_for(STATE)
    w.wait(lambda: title in (w.focused().get_name() or ""), f"the focus on the heading {title}")


def go_back(w):
    w.keys("Escape")
    w.wait_gone(STATE)
    w.wait_for(f"^{MAP}$")


def fill(w, label, text):
    """Goes on to the field of this name, and types in place of what stands there."""
    w.tab_to(f"^{label}$", "text")
    w.keys("ctrl+a")
    w.type_text(text)


def choose(w, label):
    """One of the buttons of which one is chosen: Tab to the group, the arrows within it."""
    w.tab_to(".", "radio button")
    for _ in range(6):
        if re.search(f"^{label}$", w.focused().get_name() or ""):
            w.keys("space")
            return
        before = w.focused()
        w.keys("Down")
        w.wait(lambda: w.focused() not in (None, before), "the next choice", 5)
    raise rig.NotSeen(f"no choice {label}")


def read_pdf(w, name):
    path = w.folder / "out" / name
    w.wait(lambda: path.exists() and path.read_bytes().rstrip().endswith(b"%%EOF"), f"the paper {name}", 60)
    see(path.read_bytes().startswith(b"%PDF"), "no PDF")
    if not shutil.which("pdftotext"):
        return None
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


def first_look(w):
    """The map, the step that it proposes, and every way back."""
    open_map(w)
    see(w.sees("^1 端末等の選定・購入$") and w.sees("^2 導入・運用準備$") and w.sees("^3 補助金申請"), "not the guide's three parts")
    w.press("^この手順を開く$", "push button")
    w.wait_for(STATE)
    w.press("^戻る$", "push button")
    w.wait_gone(STATE)
    open_step(w, "購入")
    w.keys("alt+Left")
    w.wait_gone(STATE)
    open_step(w, "端末等の選定")
    go_back(w)


def test_reader(w):
    """The step of choosing tests the reader that is there, and remembers that it passed."""
    open_map(w)
    open_step(w, "端末等の選定")
    w.press("^リーダーを試す$", "push button")
    w.wait_for("マイナンバーカードを置いてください")
    w.insert("PRACTICE0001")
    w.wait_for("業務に使えます", 60)
    w.press("^リーダーの一覧に戻る$", "push button")
    w.wait_for(STATE)
    go_back(w)
    w.wait_for("端末等の選定.*練習用リーダーで試験済み")
    w.remove()
    # the desk has its reader back
    w.keys("ctrl+1")
    w.check()


def buy(w):
    """A receipt is added beside a file that is none, and described."""
    open_map(w)
    open_step(w, "購入")
    w.press("^領収書を追加", "push button")
    w.wait_for("領収書を1件保存しました。")
    w.wait_for("letter.txt")
    w.wait_for("F-01")
    w.tab_to("^receipt.png", "list item")
    w.keys("Return")
    w.wait_for("^領収書の画像$")
    fill(w, "購入先", "Kakuu Denki")
    fill(w, "領収書の日付", "20261105")
    fill(w, "品目", "RC-S300")
    fill(w, "数量", "1")
    fill(w, "単価（税込）", "3980")
    w.wait_for("合計（税込）: 3,980円")
    w.wait_for("^保存しました$")
    w.wait_for("^1ページ$")
    w.keys("Escape")
    w.wait_for("Kakuu Denki")
    choose(w, "済み")
    w.wait_for("^保存しました$")
    go_back(w)
    w.wait_for("購入.*済み.*領収書.*3,980円")


def journey(w):
    """From the first look to the packet; the program is started again on the way."""
    buy(w)
    w.again()
    w.wait_for("カードを置いてください")
    open_map(w)
    w.wait_for("購入.*済み.*領収書.*3,980円")
    open_step(w, "必要書類の準備")
    w.wait_for("^2,985円$")
    w.wait_for("^2,000円$")
    fill(w, "郵便番号", "1000001")
    fill(w, "所在地", "Kakuu-ku 1-2-3")
    w.wait_for("^保存しました$")
    w.wait_for("郵送の前にご確認ください")
    w.press("^PDFに保存", "push button")
    w.wait_for("PDFに保存しました。", 60)
    text = read_pdf(w, "補助金申請書類.pdf")
    if text is not None:
        see(re.search(r"3,?980", text), "the amount is not on the packet")
        see("Kakuu-ku" in text, "the address is not on the packet")
        see("練習" in text, "a practice paper without the word")
    w.press("^確認する$", "push button")
    w.wait_for("^1ページ$", 30)
    w.keys("Escape")
    w.wait_for(STATE)
    go_back(w)


def take_over(w):
    open_map(w)
    w.press("^準備の記録$")
    w.press("^ファイルから準備の記録を引き継ぐ")
    w.press("^引き継ぐ( 引き継ぐ)?$")


def export(w):
    """The whole journey goes into one file, and comes back from it."""
    buy(w)
    w.press("^準備の記録$")
    w.press("^準備の記録をファイルに保存")
    w.wait_for("準備の記録をファイルに保存しました。", 30)
    exported = w.folder / "out" / "導入の準備.madoguchi"
    see(exported.exists() and exported.stat().st_size > 0, "nothing was exported")
    # the receipt goes, with a question before
    open_step(w, "購入")
    w.tab_to("^Kakuu Denki", "list item")
    w.keys("Return")
    w.wait_for("^領収書の画像$")
    w.press("^この領収書を削除", "push button")
    w.wait_for("この領収書を削除しますか")
    w.press("^削除( 削除)?$")
    w.wait_for("領収書はまだありません。")
    w.again(env={"MADOGUCHI_OPEN_FILES": str(w.folder / "letter.txt")})
    # a file that is none changes nothing; the right one brings all back
    take_over(w)
    w.wait_for("D-07")
    w.again(env={"MADOGUCHI_OPEN_FILES": str(exported)})
    take_over(w)
    w.wait_for("ファイルから準備の記録を引き継ぎました。", 30)
    w.wait_for("購入.*済み.*領収書.*3,980円")


def tick(w, label):
    w.tab_to(label, "check box")
    w.keys("space")


def apply(w):
    """The usage application: what is wrong is said at once, the paper has what was typed, and the password is in the
    paper alone."""
    secret = "Himitsu2026"
    open_step(w, "オンライン資格確認の利用申請")
    tick(w, "2.マイナ資格確認アプリ利用開始申請")
    fill(w, "担当者名", "Kakuu Hanako")
    fill(w, "医療機関等コード", "131999901")
    w.wait_for("^10桁です")
    fill(w, "医療機関等コード", "1319999015")
    fill(w, "医療機関等名", "Kakuu Iin")
    fill(w, "開設者氏名（漢字）", "Kakuu Taro")
    fill(w, "電話番号", "03-0000-0000")
    fill(w, "メールアドレス（注1）", "kakuu@example.jp")
    w.tab_to("^パスワード（注1）")
    w.type_text(secret)
    fill(w, "口座番号（注2）.*", "1234")
    fill(w, "職員数（注3）", "3")
    fill(w, "申請台数（注4）", "1")
    w.wait_for("^保存しました$")
    see(not w.sees(secret), "the password is on the bus")
    w.press("^PDFに保存", "push button")
    w.wait_for("PDFに保存しました。", 60)
    text = read_pdf(w, "利用申請書.pdf")
    if text is not None:
        for word in ("Kakuu Hanako", "Kakuu Iin", "kakuu@example.jp", secret, "1234"):
            see(word in text, f"{word} is not on the application")
    for path in (w.folder).rglob("journey*"):
        see(not path.is_file() or secret.encode() not in path.read_bytes(), f"the password is in {path.name}")
    w.press("^本日郵送$", "push button")
    w.wait_for("^保存しました$")
    go_back(w)
    w.wait_for("オンライン資格確認の利用申請.*返事待ち")


def read_letter(w):
    """The four values, as they stand in the picture of the letter."""
    words = w.wait(lambda: w.sees(r"^\d{4}-\d{4}-\d{4}$") and w.words(), "the letter")
    code = next(x for x in words if re.fullmatch(r"\d{4}-\d{4}-\d{4}", x))
    password = words[words.index("パスワード") + 1]
    user = next(x for x in words if re.fullmatch(r"W\d{7}", x))
    return "1319999015", user, password, code


def register(w):
    """The letter's values, a wrong code first."""
    open_step(w, "アプリのダウンロード等の機器設定")
    institution, user, password, code = read_letter(w)
    fill(w, "① 機関コード", institution)
    fill(w, "② ID（ユーザID）", user)
    w.tab_to("^③ パスワード")
    w.type_text(password)
    w.tab_to("^アクティベーションコード、12桁中")
    w.type_text("0000-0000-0000")
    w.wait_for("^アクティベーションコード、12桁中12桁$")
    w.keys("Return")
    w.wait_for("アクティベーションコードを使えません", 30)
    w.tab_to("^アクティベーションコード、12桁中")
    w.keys("Delete")
    w.wait_for("^アクティベーションコード、12桁中0桁$")
    w.type_text(code)
    w.keys("Return")
    w.wait_for("このパソコンを登録しました", 30)
    go_back(w)
    w.wait_for("アプリのダウンロード等の機器設定.*済み")


def practise(w):
    """Staff go from the page to the reception, check somebody, and come back to write it down."""
    open_step(w, "受付業務等の変更点の確認")
    tick(w, "カードリーダーの置き場所")
    w.wait_for("^保存しました$")
    choose(w, "済み")
    w.wait_for("^保存しました$")
    go_back(w)
    w.wait_for("受付業務等の変更点の確認.*済み")
    open_step(w, "職員への説明と練習")
    w.press("^窓口を開く$", "push button")
    w.check()
    w.remove()
    w.keys("ctrl+3")
    w.wait_for("^今日練習した人の名前$")
    fill(w, "今日練習した人の名前", "Kakuu Hanako")
    w.keys("Return")
    w.wait_for("^Kakuu Hanako$")
    choose(w, "済み")
    w.wait_for("^保存しました$")
    go_back(w)
    for title in ("運用開始（予定）日", "端末等の選定"):
        open_step(w, title)
        choose(w, "済み")
        w.wait_for("^保存しました$")
        go_back(w)


def grant(w):
    open_step(w, "必要書類の準備")
    fill(w, "郵便番号", "1000001")
    fill(w, "所在地", "Kakuu-ku 1-2-3")
    w.wait_for("^保存しました$")
    choose(w, "済み")
    w.wait_for("^保存しました$")
    go_back(w)
    open_step(w, "補助金申請")
    w.press("^PDFに保存", "push button")
    w.wait_for("PDFに保存しました。", 60)
    text = read_pdf(w, "補助金申請書類.pdf")
    if text is not None:
        for word in ("Kakuu Iin", "Kakuu Taro", "3,980", "2,985", "2,000", "領収書内訳書", "完了報告書"):
            see(word in text, f"{word} is not in the packet")
    w.press("^本日郵送$", "push button")
    w.wait_for("^保存しました$")
    go_back(w)


def whole(w):
    """From the first start to an activated terminal, a practised check, and the packet for the grant."""
    buy(w)
    apply(w)
    register(w)
    practise(w)
    grant(w)
    w.wait_for("^9の手順のうち8が済み$")
    w.again()
    open_map(w)
    w.wait_for("アプリのダウンロード等の機器設定.*済み")
    w.wait_for("補助金申請.*返事待ち")


SCENARIOS = {
    "from the first start to the packet": whole,
    "the map and its pages": first_look,
    "the reader's test from the step": test_reader,
    "receipts": buy,
    "to the packet, over a restart": journey,
    "one file for another PC": export,
}

if __name__ == "__main__":
    rig.inside_display()
    rig.main(SCENARIOS, make, only=sys.argv[1:])
