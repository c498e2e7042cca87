#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The real window on a registered terminal, driven as a person would: a pcscd, a card behind it and the practice service,
each a program of its own. What the card has heard is counted in its own log."""
import os
import re
import sys

import counter as stand
from counter import FOREIGN, PIN, WRONG_PIN, see

import rig
from gi.repository import Atspi, GLib

NAME = "試験　太郎"


def type_pin(w, digits=PIN):
    w.keys(*digits, "Return")


def by_keyboard(c):
    """Start, card, PIN, answer, next patient; then the day's list, the same after a restart."""
    w = c.open()
    card = c.put()
    w.wait_for("残り3回")
    c.verified(card, 0)
    w.keys(*PIN[:2])
    w.wait_for("4桁中2桁")
    w.keys("BackSpace")
    w.wait_for("4桁中1桁")
    w.keys(*PIN[1:], "Return")
    w.wait_for("^有効$")
    w.wait_for(NAME)
    w.wait_for("06999999")
    w.wait_for("失効確認：未実施")
    see(w.sees("練習"), "an answer of the practice service without the word")
    focused = w.wait(w.focused, "the focus")
    see("有効" in (focused.get_name() or ""), f"the focus is on {focused.get_name()!r}, not on the verdict")
    c.verified(card, 1)
    c.closed(w, card)
    w.keys("Escape")
    w.wait_gone(NAME)
    c.pull(card)
    w.wait_for("カードを置いてください")
    w.keys("ctrl+2")
    w.wait_for(TODAY)
    before = [word for word in w.words() if word.startswith("有効")]
    see(w.stop() == 0, "the program did not end well")
    w = c.open(again=w)
    w.keys("ctrl+2")
    w.wait_for(TODAY)
    see([word for word in w.words() if word.startswith("有効")] == before, "the list is another one after a restart")
    see(not w.sees(NAME), "a whole name in the list")


TODAY = r"試\.太\."  # initials


def wrong_pin(c):
    w = c.open()
    card = c.put()
    w.wait_for("残り3回")
    type_pin(w, WRONG_PIN)
    w.wait_for("暗証番号が違います（残り2回）")
    c.verified(card, 1)
    w.press("もう一度入力")
    w.wait_for("4桁中0桁")
    type_pin(w)
    w.wait_for(NAME)
    c.verified(card, 2)
    c.closed(w, card)


def last_try(c):
    w = c.open()
    card = c.put("--tries", "1")
    w.wait_for("最後の1回")
    w.keys(*PIN)
    see(w.sees("最後の1回"), "the keypad was there before the yes")
    w.keys("Escape")
    w.wait_gone("最後の1回")
    c.pull(card)
    c.verified(card, 0)
    w.wait_for("カードを置いてください")
    card = c.put("--tries", "1")
    w.wait_for("最後の1回")
    w.press("最後の1回を使う")
    w.wait_for("残り1回")
    c.verified(card, 0)
    type_pin(w)
    w.wait_for(NAME)
    c.verified(card, 1)
    c.closed(w, card)


def pulled(c):
    """While the patient types; while the card is read, at each of its commands."""
    w = c.open()
    card = c.put()
    w.wait_for("残り3回")
    w.keys("1", "2")
    w.wait_for("4桁中2桁")
    c.pull(card)
    w.wait_for("カードを置いてください")
    see(not w.sees("4桁中[1-4]桁"), "digits of the patient who went are still there")
    c.verified(card, 0)
    for at in range(1, 4):
        card = c.put("--remove-at", str(at))
        card.process.wait(timeout=10)
        c.pull(card)
        c.verified(card, 0)
        w.keys("Escape")
        w.wait_for("カードを置いてください")
    card = c.put()
    w.wait_for("4桁中0桁")
    type_pin(w)
    w.wait_for(NAME)
    c.verified(card, 1)
    c.closed(w, card)


def visual(c):
    w = c.open()
    w.press("目視確認")
    card = c.put()
    w.wait_for("見比べて")
    w.press("^本人です$")
    w.wait_for("^有効$")
    w.wait_for(NAME)
    c.verified(card, 0)
    c.closed(w, card)


def service_down(c):
    w = c.open()
    c.stop_service()
    card = c.put()
    w.wait_for("サービスに接続できません", 30)
    w.wait_for("資格確認書などで受け付ける")
    c.verified(card, 0)
    w.press("資格確認書などで受け付ける")
    w.wait_for("資格情報のお知らせ")
    w.wait_for("被保険者資格申立書")
    c.closed(w, card)
    c.pull(card)
    c.begin_service()
    w.keys("ctrl+1", "Escape")
    w.wait_for("カードを置いてください")
    card = c.put()
    w.wait_for("残り3回")
    type_pin(w)
    w.wait_for(NAME)
    c.verified(card, 1)
    c.closed(w, card)


def service_down_while_typing(c):
    w = c.open()
    card = c.put()
    w.wait_for("残り3回")
    c.stop_service()
    type_pin(w)
    w.wait_for("サービスに接続できません", 30)
    see(not w.sees("^有効$|^無効"), "a verdict without an answer")
    see(len(rig.verifies(card.rows())) <= 1, "VERIFY was sent again")
    c.closed(w, card)
    c.begin_service()


def blocked(c):
    w = c.open()
    card = c.put("--tries", "0")
    w.wait_for("ロック")
    w.wait_for("市区町村")
    c.verified(card, 0)
    c.closed(w, card)
    w.press("目視確認")
    w.wait_for("見比べて")
    w.press("^本人です$")
    w.wait_for(NAME)
    c.verified(card, 0)


def other_card(c):
    w = c.open()
    card = c.put("--no-jpki")
    w.wait_for("マイナンバーカードではありません")
    c.verified(card, 0)


def expired(c):
    w = c.open()
    card = c.put(expired=True)
    w.wait_for("残り3回|電子証明書の期限が切れて")
    if w.sees("残り3回"):
        type_pin(w)  # only the service can say so
    w.wait_for("電子証明書の期限が切れて")
    see(not w.sees("^有効$"), "a verdict for a card that has expired")
    see(len(rig.verifies(card.rows())) <= 1, "VERIFY was sent again")
    c.closed(w, card)


def not_valid(c):
    w = c.open()
    card = c.put(cn="TESTINVALID")
    w.wait_for("残り3回")
    type_pin(w)
    w.wait_for("^無効$")
    w.wait_for("試験　花子")
    c.verified(card, 1)
    c.closed(w, card)


def pcscd_gone(c):
    """The daemon is killed while the window waits and while the patient types; it comes back each time."""
    w = c.open()
    rig.kill_pcscd()
    w.wait_for("リーダーのサービスが動いていません|リーダーが")
    rig.start_pcscd()
    w.wait_for("カードを置いてください", 30)
    card = c.put()
    w.wait_for("残り3回")
    w.keys("1", "2")
    rig.kill_pcscd()
    w.wait_for("リーダーのサービスが動いていません|リーダーが")
    see(not w.sees("4桁中[1-4]桁"), "digits are still there")
    c.pull(card)
    c.verified(card, 0)
    rig.start_pcscd()
    w.wait_for("カードを置いてください", 30)
    card = c.put()
    w.wait_for("残り3回")
    type_pin(w)
    w.wait_for(NAME)
    c.verified(card, 1)
    c.closed(w, card)


def two_windows(c):
    w = c.open()
    w.keys("ctrl+d")
    w.wait(lambda: len(w.windows()) >= 2, "a second window")
    w.wait_for("ここに置いて")
    card = c.put()
    w.wait_for("暗証番号を入力してください")
    w.keys(*PIN)
    w.wait_for("患者さんが")
    w.keys("Return")
    w.wait_for("ありがとうございました")
    w.wait_for(NAME)
    c.verified(card, 1)
    c.closed(w, card)


def locked(c):
    """The password is the one that the service has printed."""
    w = c.open()
    card = c.put()
    w.wait_for("残り3回")
    type_pin(w)
    w.wait_for(NAME)
    w.keys("ctrl+l")
    w.wait_gone(NAME)
    w.wait_for("パスワード")
    see(not any(NAME in (x.get_name() or "") for x in w.everything(hidden=True)), "a name behind the lock")
    c.pull(card)
    see(not w.sees(c.access["password"]), "the password is on the screen")
    stand.type_text(w, "not the password")
    w.keys("Return")
    w.wait_for("パスワードが違います")
    stand.type_text(w, c.access["password"])
    w.keys("Return")
    w.wait_for("カードを置いてください")
    card = c.put()
    w.wait_for("残り3回")
    type_pin(w)
    w.wait_for(NAME)
    c.verified(card, 1)


def log_in(c, w):
    w.wait_for("ログインすると、受付を始められます", 30)
    see(not w.sees("カードを置いてください"), "the reception is open")
    stand.type_text(w, "not the password")
    w.keys("Return")
    w.wait_for("パスワードが違います|パスワードのどれか", 30)
    stand.type_text(w, c.access["password"])
    w.keys("Return")
    w.wait_for("カードを置いてください", 30)
    card = c.put()
    w.wait_for("残り3回")
    type_pin(w)
    w.wait_for(NAME)
    c.verified(card, 1)
    c.closed(w, card)
    c.pull(card)


def asked_at_start(c):
    """The password is kept nowhere; and the preference to be asked at each start."""
    c.register_without_password()
    log_in(c, c.open("asked", wait=None))
    stand.end_windows(c)
    w = c.open()
    see(w.stop() == 0, "the program did not end well")
    log_in(c, c.open(again=w, settings={"ask-log-in": "true"}, wait=None))


def not_registered(c):
    w = c.open(None, wait=None)
    w.wait_for("この端末はまだ登録されていません", 30)
    see(not w.sees("カードを置いてください"), "a reception without a registration")
    card = c.put()
    w.keys("ctrl+4")
    w.wait_for("Virtual PCD|リーダー")
    # the preparation leads to the registration
    w.keys("ctrl+3")
    w.wait_for("^次にすること$")
    w.tab_to("^アプリのダウンロード等の機器設定", "list item")
    w.keys("Return")
    w.wait_for("^④ アクティベーションコード$")
    w.wait_for("^接続先のアドレス$")
    w.wait_for("^登録する$")
    see(not w.sees("この端末$"), "a terminal that is not there")
    c.verified(card, 0)


def twice(c):
    """Who starts it again has the first one, not a second one at the same card."""
    w = c.open()
    again = stand.subprocess.run([os.environ["MDG_WINDOW"]], env=w.env, timeout=30, check=False)
    see(again.returncode == 0, f"the second start ended with {again.returncode}")
    see(len(w.windows()) == 1, "a second window")
    card = c.put()
    w.wait_for("残り3回")
    type_pin(w)
    w.wait_for(NAME)
    c.verified(card, 1)


def second_facility(c):
    """併設: the other facility has a registration of its own; back again, and the first is as it was."""
    w = c.open()
    ini = w.folder / "data" / "madoguchi" / "profiles.ini"
    ini.write_text("[profiles]\ncurrent=default\n\n[default]\nname=架空診療所\n\n[p2]\nname=架空歯科\n", encoding="utf-8")
    ini.chmod(0o600)
    w = c.open(again=w) if w.stop() == 0 else None
    w.keys("ctrl+5")
    w.press("架空歯科.*切り替える|切り替える.*架空歯科|^切り替える$")
    w.wait_for("この端末はまだ登録されていません", 30)
    w.focus_window("窓口|Madoguchi")
    w.keys("ctrl+5")
    w.press("架空診療所.*切り替える|切り替える.*架空診療所|^切り替える$")
    w.wait_for("カードを置いてください", 30)
    card = c.put()
    w.wait_for("残り3回")
    w.focus_window("窓口|Madoguchi")
    type_pin(w)
    w.wait_for(NAME)
    c.verified(card, 1)


def texts(w):
    """Everything that AT-SPI tells of every accessible, hidden ones too."""
    out = []
    for one in w.everything(hidden=True):
        try:
            out += [one.get_name() or "", one.get_description() or ""]
            if one.get_text_iface() is not None:
                out.append(f"{one.get_role_name()}: " + (Atspi.Text.get_text(one, 0, Atspi.Text.get_character_count(one)) or ""))
        except GLib.Error:
            continue
    return "\n".join(out)


def secrets(c):
    """With logs at their loudest: the PIN and the password are in no accessible text, no file, no core of the window.
    The card knows the PIN, too, and is another process here."""
    password = c.access["password"]
    w = c.open(env={"G_MESSAGES_DEBUG": "all"})
    card = c.put()
    w.wait_for("残り3回")
    for count, digit in enumerate(PIN, 1):
        w.keys(digit)
        w.wait_for(f"4桁中{count}桁")
        see(not re.search(r"\D?".join(PIN[:count]) + r"(?!\D?[0-9])", texts(w)) or count < 3, "digits are in an accessible text")
    w.keys("Return")
    w.wait_for(NAME)
    see(PIN not in texts(w), "the PIN is in an accessible text")
    c.verified(card, 1)
    c.closed(w, card)
    if os.environ.get("MDG_SANITIZED") != "1":
        search_core(w)
    c.pull(card)
    w.keys("ctrl+l")
    w.wait_for("パスワードを入力")
    stand.type_text(w, password)
    see(password not in texts(w), "the password is in an accessible text")
    w.keys("Return")
    w.wait_for("カードを置いてください")
    see(w.stop() == 0, "the program did not end well")
    for path in w.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            # where there is no secret service, a kept password has a file of its own, which nobody else may read
            kept = path.name.startswith("login-password-") and path.stat().st_mode & 0o077 == 0
            see(password.encode() not in data or kept, f"the password is in {path.name}")
            see(not re.search(rb"(?<![0-9A-Za-z+/=.])" + PIN.encode() + rb"(?![0-9A-Za-z+/=])", data), f"the PIN is in {path.name}")


def search_core(w):
    done = stand.subprocess.run(["gcore", "-o", str(w.folder / "core"), str(w.process.pid)], capture_output=True, text=True, timeout=120,
                                check=False) if stand.shutil.which("gcore") else None
    cores = list(w.folder.glob("core.*"))
    if not cores:
        print("# no core could be made" + (": " + done.stderr.strip()[-200:].replace("\n", " ") if done else ""), flush=True)
        return
    data = cores[0].read_bytes()
    cores[0].unlink()
    print(f"# a core of {len(data) >> 20} MiB", flush=True)
    see(NAME.encode() in data, "the core has not even the name that is on the screen")
    # four digits stand by chance in so much memory: what is looked for is a command, a line, a text of their own
    for form in (b"\0\x20\0\x98\4" + PIN.encode(), b"\0" + PIN.encode() + b"\0", PIN.encode() + b"\n"):
        at = data.find(form)
        see(at < 0, f"the PIN is in a core: {data[max(0, at - 32):at + 32]!r}")


SCENARIOS = {
    "start to answer by the keyboard, and the day's list after a restart": by_keyboard,
    "wrong PIN, then right": wrong_pin,
    "last try": last_try,
    "blocked": blocked,
    "pulled while typing and while it is read": pulled,
    "visual check": visual,
    "service down and back": service_down,
    "service down while the patient types": service_down_while_typing,
    "not a My Number Card": other_card,
    "an expired certificate": expired,
    "not valid": not_valid,
    "pcscd killed and started again": pcscd_gone,
    "two windows": two_windows,
    "locked": locked,
    "log-in at the start": asked_at_start,
    "not registered": not_registered,
    "started twice": twice,
    "a second facility": second_facility,
    "no secret in texts, files and a core": secrets,
}

if __name__ == "__main__":
    stand.inside()
    stand.main(SCENARIOS, only=sys.argv[1:])
