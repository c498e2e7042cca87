#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pictures of every state of the window: Japanese and English, light and dark, 360 and 1280 px wide, 100 and 200 % text.

    meson devenv -C build python3 tests/window/shots.py FOLDER [--only ja-light-1280-100] [--state NAME]

Each run of the program is in practice mode with invented people. What its layout audit finds (a text that is cut, lies over
another or is broken inside a word) is printed; exit code 1 when there is anything."""
import argparse
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile

import window_rig as rig
from person import NotSeen
from window_rig import PIN, WRONG_PIN, Window

WORDS = {  # what is waited for, by language
    "ja": {"waiting": "カードを置いて", "pin": "残り3回", "two": "4桁中2桁", "wrong": "残り2回", "last": "最後の1回", "face": "見比べて",
           "good": "^有効$", "bad": "^無効", "none": "^該当資格なし$", "several": "^複数該当$", "blocked": "ロック", "reader": "リーダーが",
           "visual": "目視確認", "again": "もう一度入力", "back": "やめる", "patient": "患者さん用の画面"},
    "en": {"waiting": "Please place|Place ", "pin": "3 (tries|more)|tries left: 3|3 left", "two": "2 of 4", "wrong": "2 (tries|more)|2 left", "last": "[Ll]ast",
           "face": "[Cc]ompare", "good": "^Valid$", "bad": "^(Not valid|Invalid|No longer)", "none": "^No ", "several": "^Several", "blocked": "[Bb]locked|locked",
           "reader": "[Rr]eader", "visual": "[Vv]isual", "again": "again", "back": "Cancel|Stop", "patient": "[Pp]atient"},
}


class Photographer:
    def __init__(self, window, words, folder, size, only):
        self.w, self.words, self.folder, self.size, self.only = window, words, folder, size, only
        self.folder.mkdir(parents=True, exist_ok=True)
        self.missed = []

    def windows(self):
        out = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.w.process.pid)], capture_output=True, text=True,
                             check=False, env={**os.environ, "DISPLAY": self.w.display}).stdout.split()
        return sorted({int(x) for x in out})

    def fit(self):
        for number in self.windows():
            subprocess.run(["xdotool", "windowsize", "--sync", str(number), *map(str, self.size)], check=False, timeout=10,
                           env={**os.environ, "DISPLAY": self.w.display})

    def settle(self):
        """Until the picture does not change any more."""
        before = None
        for _ in range(12):
            now = subprocess.run(["import", "-silent", "-window", "root", "-resize", "25%", "rgb:-"], capture_output=True, check=False,
                                 env={**os.environ, "DISPLAY": self.w.display}).stdout
            if now == before:
                return
            before = now

    def take(self, name, which=0):
        self.settle()
        ids = self.windows()
        if which < len(ids):
            subprocess.run(["import", "-silent", "-window", str(ids[which]), str(self.folder / f"{name}.png")], check=False,
                           env={**os.environ, "DISPLAY": self.w.display})

    def state(self, name, *steps):
        """Goes from waiting to a state, takes its picture, and comes back."""
        if self.only and name not in self.only:
            return
        try:
            for step in steps:
                step()
            self.take(name)
        except NotSeen as problem:
            self.missed.append(f"{name}: {str(problem)[:300]}")
            self.take(name)
        self.w.keys("Escape")
        self.w.keys("Escape")
        try:
            self.w.remove()
        except NotSeen:
            pass
        self.w.keys("ctrl+1")

    def see(self, key):
        return lambda: self.w.wait_for(self.words[key], 8)

    def put(self, cn, *options):
        return lambda: self.w.insert(f"PRACTICE{cn}", *(options or ("forget-tries",)))

    def keys(self, *names):
        return lambda: self.w.keys(*names)

    def press(self, key):
        return lambda: self.w.press(self.words[key], seconds=8)


def reception(p):
    pin = p.keys(*PIN, "Return")
    p.state("waiting", p.see("waiting"))
    p.state("pin-first", p.see("waiting"), p.keys("1"))
    p.state("reading", lambda: p.w.reader("latency ms=1500"), p.put("0001"), lambda: p.w.wait_for("動かさない|not move|do not", 8))
    p.w.reader("latency none")
    p.state("pin", p.put("0001"), p.see("pin"))
    p.state("pin-two", p.put("0001"), p.see("pin"), p.keys("1", "2"), p.see("two"))
    p.state("pin-wrong", p.put("0001"), p.see("pin"), p.keys(*WRONG_PIN, "Return"), p.see("wrong"))
    p.state("last-try", p.put("0001", "tries=1", "forget-tries"), p.see("last"))
    p.state("blocked", p.put("0001", "tries=0", "forget-tries"), p.see("blocked"))
    p.state("other-card", p.put("0001", "no-jpki"))
    p.state("face", p.press("visual"), p.put("0014"), p.see("face"))
    p.w.keys("Escape")
    p.state("no-reader", lambda: p.w.reader("unplug"), p.see("reader"))
    p.w.reader("plug")
    for cn, name, word in (("0001", "valid", "good"), ("0006", "valid-limit", "good"), ("0014", "valid-late-elderly", "good"),
                           ("0019", "valid-disease", "good"), ("0024", "valid-two", "good"), ("0025", "invalid", "bad"),
                           ("0028", "superseded", "bad"), ("0029", "none", "none"), ("0030", "several", "several"),
                           ("0033", "valid-long-name", "good")):
        p.state("answer-" + name, p.see("waiting"), p.put(cn), p.see("pin"), pin, p.see(word))


def places(p):
    p.state("today", p.keys("ctrl+2"))
    p.state("preparation", p.keys("ctrl+3"))
    p.state("readers", p.keys("ctrl+4"))
    p.state("preferences", p.keys("ctrl+5"))
    p.state("fallback", p.keys("ctrl+f"))
    p.state("shortcuts", p.keys("ctrl+question"))
    p.state("help", p.keys("F1"))
    p.state("lock", p.keys("ctrl+l"))


def photograph(folder, language, style, width, text, only):
    with tempfile.TemporaryDirectory(prefix="mdg-window-") as home:
        first = Window(home, language=language)  # makes the data that settings are written to
        first.wait_for(WORDS[language]["waiting"], 30)
        first.stop()
        audit = pathlib.Path(home, "audit")
        w = Window(home, language=language, settings={"text-percent": text, "style": style, "show-seconds": 0},
                   env={"MADOGUCHI_LAYOUT_AUDIT": str(audit)})
        try:
            name = f"{language}-{style}-{width}-{text}"
            p = Photographer(w, WORDS[language], folder / name, (width, 760), only)
            w.wait_for(WORDS[language]["waiting"], 30)
            p.fit()
            reception(p)
            places(p)
            findings = sorted(set(audit.read_text().splitlines())) if audit.exists() else []
            return [f"{name}: {x}" for x in p.missed + findings]
        finally:
            w.process.kill()
            w.process.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only")
    parser.add_argument("--state", action="append")
    options = parser.parse_args()
    rig.inside_display("1400x1000")
    found = []
    for language, style, width, text in itertools.product(("ja", "en"), ("light", "dark"), (1280, 360), (100, 200)):
        if options.only and options.only != f"{language}-{style}-{width}-{text}":
            continue
        found += photograph(options.folder, language, style, width, text, options.state)
    print("\n".join(found) or "nothing is cut, over another text or broken inside a word")
    sys.exit(1 if found else 0)


main()
