#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pictures of every state of the window: Japanese and English, light and dark, 1280 and 360 px wide, 100 and 200 % text.

    meson compile -C build screenshots                      all, into build/screenshots
    shots.py FOLDER [--only ja-light-1280-100]... [--state NAME]..., in the environment of tests/window/meson.build
    shots.py --tap                                          the hardest states in the narrowest window, told as a test does

The program runs in practice mode with invented people. In each state its layout audit looks at every text that is on the
screen: one that is cut, lies over another, leaves the window or is broken inside a word is told, and so is a state that
was not reached; exit code 1 when there is anything."""
import argparse
import concurrent.futures
import gettext
import itertools
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from person import GLib, NotSeen
from window_rig import PIN, WRONG_PIN, Window

from gi.repository import Gio

APPLICATION = "/io/github/madoguchi/Madoguchi"
HEIGHT = 760
POPOVER_OUTSIDE = 340  # it may leave the window by this
TALL = {"100": 1500, "200": 2400}  # what scrolls is also taken whole
# what has least room: large text in the narrowest window
HARDEST = ["ja-light-360-200", "en-light-360-200"]
HARDEST_STATES = ["pin", "last-try", "answer-valid-limit-whole", "answer-superseded-whole", "problem", "fallback", "fallback-whole", "today", "today-delete",
                  "readers", "reader-test-done", "preferences", "preferences-whole", "shortcuts", "patient-waiting", "patient-pin", "patient-last-try",
                  "preparation-whole", "step-purchase-whole", "step-grant-whole", "step-apply-whole", "step-activate-whole"]
VARIANTS = ["-".join(map(str, v)) for v in itertools.product(("ja", "en"), ("light", "dark"), (1280, 360), (100, 200))]


class Lost(Exception):
    """Nothing that comes after this could be reached, either."""


class Photographer:
    def __init__(self, window, language, folder, width, text, only, audit):
        self.w, self.folder, self.width, self.only, self.audit = window, folder, width, only, audit
        self.tall = TALL[text]
        self.folder.mkdir(parents=True, exist_ok=True)
        self.words = gettext.translation("madoguchi", os.environ["MADOGUCHI_LOCALE_DIR"], [language], fallback=language == "en")
        self.env = {**os.environ, "DISPLAY": self.w.display}
        self.found, self.taken, self.main, self.bus_name = [], 0, None, None

    # -- words ---------------------------------------------------------------
    def say(self, msgid, plural=None):
        """A pattern for what stands on the screen for this English text."""
        text = self.words.gettext(msgid) if plural is None else self.words.ngettext(msgid, plural, 3)
        return re.sub(r"%[0-9$]*[a-z]", ".*", re.escape(text).replace(r"\%", "%"))

    def see(self, msgid, seconds=8):
        return lambda: self.w.wait_for(self.say(msgid), seconds)

    # -- windows -------------------------------------------------------------
    def xdotool(self, *words):
        return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False, timeout=10, env=self.env).stdout

    def size(self, number):
        found = dict(x.split("=") for x in self.xdotool("getwindowgeometry", "--shell", str(number)).split() if "=" in x)
        return int(found.get("WIDTH", 0)), int(found.get("HEIGHT", 0))

    def windows(self):
        found = self.xdotool("search", "--onlyvisible", "--pid", str(self.w.process.pid)).split()
        return sorted({int(number) for number in found if self.size(number)[0] > 40})

    def fit(self, number, x=0, height=HEIGHT):
        self.xdotool("windowsize", "--sync", str(number), str(self.width), str(height))
        self.xdotool("windowmove", str(number), str(x), "0")

    def own_window(self, name, *steps):
        """Takes the picture of a window that these steps open, no larger than a screen of this size, and closes it."""
        if self.only and name not in self.only:
            return
        before = set(self.windows())
        try:
            for step in steps:
                step()
            self.w.wait(lambda: set(self.windows()) - before, f"the window of {name}")
            number = max(set(self.windows()) - before)
            width, height = self.size(number)
            self.xdotool("windowsize", "--sync", str(number), str(min(width, self.width)), str(min(height, HEIGHT)))
            self.settle()
            self.take(name, number)
            if self.size(number)[0] > self.width:
                self.found.append(f"{name}: wider than the screen")
            self.xdotool("windowfocus", "--sync", str(number))
            self.w.keys("Escape")
            self.w.wait(lambda: number not in self.windows(), f"the window of {name} closed", 5)
        except NotSeen as problem:
            self.miss(name, problem)
        self.xdotool("windowfocus", "--sync", str(self.main))

    def begin(self):
        self.main = self.windows()[0]
        for _ in range(4):  # a sidebar that folds away lets it become narrower in steps
            self.fit(self.main)
            self.settle()

    def settle(self):
        """Until the picture does not change any more (what turns or counts changes for ever: not for longer than that)."""
        before = None
        for _ in range(6):
            now = subprocess.run(["import", "-silent", "-window", "root", "-depth", "8", "rgb:-"], capture_output=True, check=False,
                                 env=self.env).stdout
            if now == before:
                return
            before = now
            # pause: a frame or two of what moves
            time.sleep(0.05)

    def look(self, name):
        """What the program itself finds of the texts that are on the screen now. On a busy machine the picture may have stood
        still between two frames of a page that was still being laid out: what a person sees is found again."""
        found = self.audit_now()
        if found:
            self.settle()
            again = self.audit_now()
            self.found += [f"{name}: {x}" for x in found if x in again]

    def audit_now(self):
        self.activate("audit-layout")
        if not self.audit.exists():
            return []
        lines = list(dict.fromkeys(self.audit.read_text().splitlines()))
        self.audit.unlink()
        return lines

    def measure(self, name):
        """Nothing that comes into the window may make it wider."""
        width = self.size(self.main)[0]
        if width != self.width:
            self.found.append(f"{name}: made the window {width} px wide")
            self.fit(self.main)

    def take(self, name, number=None, with_popover=False):
        if self.only and name not in self.only:
            return
        number = number or self.main
        self.settle()
        self.measure(name)
        self.look(name)
        out = str(self.folder / f"{name}.png")
        crop = ["-window", "root", "-crop", f"{self.width + POPOVER_OUTSIDE}x{HEIGHT}+0+0", "+repage"] if with_popover else ["-window", str(number)]
        subprocess.run(["import", "-silent", *crop, out], check=False, env=self.env)
        self.taken += 1

    def take_whole(self, name):
        """The page without a need to scroll it."""
        self.fit(self.main, height=self.tall)
        self.take(f"{name}-whole")
        self.fit(self.main)

    # -- states --------------------------------------------------------------
    def state(self, name, *steps, also=(), last=False, whole=False, **how):
        """Goes from waiting to a state, takes its picture, and comes back."""
        wanted = [name, *[n for n, _ in also]]
        wanted += [f"{n}-whole" for n in wanted if whole]
        if self.only and not set(self.only) & set(wanted):
            return
        try:
            for step in steps:
                step()
            self.take(name, **how)
            for other, step in also:
                if whole:
                    self.take_whole(name)
                step()
                name = other
                self.take(name, **how)
            if whole:
                self.take_whole(name)
        except NotSeen as problem:
            self.miss(name, problem)
        if not last:
            self.back()

    def miss(self, name, problem):
        self.found.append(f"{name}: not reached: {str(problem)[:400]}")
        subprocess.run(["import", "-silent", "-window", "root", str(self.folder / f"{name}-failed.png")], check=False, env=self.env)

    def back(self):
        try:
            self.w.remove()
        except NotSeen:
            pass
        for _ in range(4):  # what was under way ends when it ends
            self.activate("back", window=True)
            self.w.keys("ctrl+1", "Escape", "Escape")
            try:
                self.see("Put the card on the reader", 2)()
                return
            except NotSeen as problem:
                last = problem
        raise Lost(f"no way back to waiting: {str(last)[:300]}")

    def put(self, cn, *options):
        return lambda: self.w.insert(f"PRACTICE{cn}", *(options or ("forget-tries",)))

    def keys(self, *names):
        return lambda: self.w.keys(*names)

    def activate(self, action, window=False):
        """An action of the program, or of its window, over the session bus; it was done when this returns."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)

        def ask(name, path, interface, method, arguments):
            return bus.call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 5000, None).unpack()

        root = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
        if self.bus_name is None:
            for name in ask(*root, "ListNames", None)[0]:
                try:
                    owner = ask(*root, "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,)))[0]
                    if name[0] == ":" and owner == self.w.process.pid:
                        ask(name, APPLICATION, "org.gtk.Actions", "List", None)
                        self.bus_name = name
                except GLib.Error:
                    continue  # another connection of it, without actions
        path = APPLICATION + ("/window/1" if window else "")
        ask(self.bus_name, path, "org.gtk.Actions", "Activate", GLib.Variant("(sava{sv})", (action, [], {})))

    def choose(self, msgid, steps):
        """Goes down (or up) in the drop-down of this name, by the keyboard."""
        pattern = self.say(msgid)

        def attempt():
            one = self.w.find(pattern, "combo box")
            button = self.w.find("", "push button", root=one) if one is not None else None
            return button if button is not None and button.do_action(0) else None

        self.w.wait(attempt, f"a drop-down /{pattern}/", 5)
        # pause: a list that opens takes its keys after a frame or two
        time.sleep(0.3)
        self.w.keys(*(["Down" if steps > 0 else "Up"] * abs(steps)), "Return")

    def practice_panel(self):
        self.activate("practice-panel", window=True)

    def press(self, msgid, role=None):
        return lambda: self.w.press(f"^{self.say(msgid)}$", role, seconds=8)

    def reader(self, line):
        return lambda: self.w.reader(line)

    def see_pin(self):
        pattern = self.say("%d try left", "%d tries left")
        return lambda: self.w.wait_for(pattern, 8)


def by_pin(p):
    if not p.w.sees(p.say("The next card is confirmed by the visual check")):
        return
    p.press("PIN", "push button")()
    p.w.wait_gone(p.say("The next card is confirmed by the visual check"), 5)


def reception(p):
    pin = p.keys(*PIN, "Return")
    waiting = p.see("Put the card on the reader")
    visual = p.see("The next card is confirmed by the visual check")
    p.state("waiting", waiting)
    p.state("waiting-visual", waiting, p.press("Visual check", "push button"), visual)
    by_pin(p)
    p.state("pin-first", waiting, p.keys("1", "2"), p.see("The tries left are known when the card is put"))
    p.state("armed", waiting, pin, p.see("The PIN has been entered"))
    p.state("reading", p.reader("latency ms=1500"), p.put("0001"), p.see("Reading. Please do not move the card yet."))
    p.reader("latency none")()
    p.state("pin", p.put("0001"), p.see_pin(), also=[("pin-two", p.keys("1", "2"))])
    p.state("signing", p.reader("latency verify=3000"), p.put("0001"), p.see_pin(), pin, p.see("Do not move the card"))
    p.reader("latency none")()
    p.state("pin-wrong", p.put("0001"), p.see_pin(), p.keys(*WRONG_PIN, "Return"), p.see("Enter it again"))
    p.state("last-try", p.put("0001", "tries=1", "forget-tries"), p.see("Use the last try"))
    p.state("blocked", p.put("0001", "tries=0", "forget-tries"), p.see("The PIN is locked"))
    p.state("face", p.press("Visual check", "push button"), visual, p.put("0014"), p.see("Compare the photo on the card with the person"))
    by_pin(p)
    p.state("no-reader", p.reader("unplug"), p.see("Look at the readers"), also=[("waiting-again", p.reader("plug"))])


def answers(p):
    for cn, name in (("0001", "valid"), ("0006", "valid-limit"), ("0014", "valid-late-elderly"), ("0021", "valid-disease"),
                     ("0024", "valid-two"), ("0023", "valid-aid"), ("0033", "valid-long-name"), ("0025", "invalid"),
                     ("0028", "superseded"), ("0029", "none"), ("0030", "several"), ("0022", "unregistered")):
        steps = [p.put(cn), p.see_pin()]
        if cn in ("0006", "0021"):
            steps += [p.press("Yes")]
        also = [(f"answer-{name}-more", p.press("Other information"))] if cn in ("0001", "0024", "0028") else []
        p.state(f"answer-{name}", *steps, p.keys(*PIN, "Return"), p.see("Checked %s %s"), also=also, whole=True)


def close_panel(p):
    def attempt():
        p.w.keys("Escape")  # the first may only close the list of the drop-down
        # pause: what closes is gone after a few frames
        time.sleep(0.3)
        return not p.w.sees(p.say("The practice service"))

    p.w.wait(attempt, "the practice panel gone", 8)


def choose_fault(p, steps_down):
    def choose():
        p.practice_panel()
        p.see("The practice service")()
        p.choose("The practice service", steps_down)
        close_panel(p)
    return choose


def service(p):
    p.state("practice-panel", p.practice_panel, p.see("The practice service"), with_popover=True)
    p.state("menu", p.keys("F10"), p.see("About Madoguchi"), with_popover=True)
    p.state("problem", choose_fault(p, 1), p.put("0001"), p.see("Accept by a certificate of eligibility or the like"),
            also=[("fallback", p.press("Accept by a certificate of eligibility or the like"))], whole=True)
    choose_fault(p, -1)()
    p.state("asking", p.put("0001"), p.see_pin(), choose_fault(p, 2), p.keys(*PIN, "Return"), p.see("Asking the service"))
    choose_fault(p, -2)()


def places(p):
    checked = (p.put("0001"), p.see_pin(), p.keys(*PIN, "Return"), p.see("Checked %s %s"))
    p.state("today", *checked, p.keys("ctrl+2"), p.see("Delete all"),
            also=[("today-detail", lambda: (p.w.tab_to("有効|Valid", "list item"), p.w.keys("Return"), p.see("Delete this check")()))],
            whole=True)
    p.state("today-audit", p.keys("ctrl+2"), p.press("Who looked"), p.see("Back to the list"))
    p.state("preparation", p.keys("ctrl+3"), p.see("What to do next"), whole=True)
    p.state("readers", p.keys("ctrl+4"), p.see("Drivers"), whole=True)
    p.state("reader-test", p.keys("ctrl+4"), p.press("Test This Reader"), p.see("Put a My Number Card on the reader"),
            also=[("reader-test-done", lambda: (p.put("0001")(), p.see("Test Again", 20)()))], whole=True)
    p.state("preferences", p.keys("ctrl+5"), whole=True)


def preparation(p):
    """The pages of the steps: the first row that has the step's name is opened by the keyboard."""
    for name, title in (("select", "Choice of the terminal"), ("purchase", "Purchase"), ("documents", "Preparing the needed documents (receipts and others)"),
                        ("grant", "Application for the subsidy"), ("apply", "Usage application for the online check"),
                        ("activate", "Set-up of the equipment, such as downloading the app"),
                        ("reception", "Confirming what changes at the reception"),
                        ("practise", "Explaining to the staff and practice")):
        p.state(f"step-{name}", p.keys("ctrl+3"), p.see("What to do next"),
                lambda title=title: (p.w.tab_to("^" + p.say(title), "list item"), p.w.keys("Return")),
                p.see("How this step stands"), whole=True)
        if not p.only or any(only.startswith("step-") for only in p.only):
            p.w.keys("ctrl+3", "Escape")
    for name, title in (("manuals", "Manuals"), ("contact", "Contact")):
        p.state(f"extra-{name}", p.keys("ctrl+3"), p.see("What to do next"),
                lambda title=title: (p.w.tab_to("^" + p.say(title), "list item"), p.w.keys("Return")),
                p.see("Back"), whole=True)
        if not p.only or any(only.startswith("extra-") for only in p.only):
            p.w.keys("ctrl+3", "Escape")


def patient(p):
    before = set(p.windows())
    p.w.keys("ctrl+d")
    p.w.wait(lambda: set(p.windows()) - before, "the patient's window")
    other = min(set(p.windows()) - before)
    p.fit(other, p.width + 8)
    p.xdotool("windowfocus", "--sync", str(other))
    pin = p.keys(*PIN, "Return")
    p.state("patient-waiting", p.see("Please put your My Number Card here"), number=other)
    p.state("patient-pin", p.put("0001"), p.see_pin(), number=other)
    p.state("patient-pin-agreed", p.press("Yes"), p.put("0001"), p.see_pin(), p.keys("1", "2"), number=other)
    p.state("staff-while-typing", p.put("0001"), p.see_pin(), p.keys("1", "2"))
    p.state("patient-reading", p.reader("latency ms=1500"), p.put("0001"), p.see("Please do not move your card yet"), number=other)
    p.reader("latency none")()
    p.state("patient-wrong", p.put("0001"), p.see_pin(), p.keys(*WRONG_PIN, "Return"), p.see("The PIN you entered is different"), number=other)
    p.state("patient-last-try", p.put("0001", "tries=1", "forget-tries"), p.see("Please wait. The staff will assist you."), number=other)
    p.state("patient-thanks", p.put("0001"), p.see_pin(), pin, p.see("The check is complete"), number=other)
    # the reader keeps what it was told of the card: nothing after this needs another one
    p.state("patient-problem", p.put("0001", "no-jpki"), p.see("Please wait. The staff will assist you."), number=other)
    p.state("other-card", p.put("0001", "no-jpki"), p.see("This is not a My Number Card"))
    p.state("patient-blank", lambda: p.activate("lock", window=True), p.see("One moment, please"), number=other, last=True)
    p.state("lock", lambda: p.activate("lock", window=True), p.see("Password"), last=True)


def windows(p):
    """Windows of their own."""
    p.reader("unplug")()
    p.own_window("call-sheet", p.see("Look at the readers"), p.press("Call sheet", "push button"))
    p.reader("plug")()
    p.back()
    p.own_window("today-delete", p.put("0001"), p.see_pin(), p.keys(*PIN, "Return"), p.see("Checked %s %s"), p.keys("ctrl+2"),
                 p.press("Delete all", "push button"))
    p.back()
    for name in ("shortcuts", "help", "about"):
        p.own_window(name, lambda name=name: p.activate(name))


def photograph(folder, variant, only):
    language, style, width, text = variant.split("-")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mdg-window-") as home:
        first = Window(home, language=language)  # makes the data that settings are written to
        first.wait(lambda: first.database().exists() and first.sees("練習|Practice"), "its data", 30)
        first.wait(lambda: first.reader("status"), "its reader", 30)
        first.stop()
        audit = pathlib.Path(home, "audit")
        w = Window(home, language=language, settings={"text-percent": text, "style": style, "show-seconds": 0},
                   env={"MADOGUCHI_LAYOUT_AUDIT": str(audit)})
        try:
            p = Photographer(w, language, folder / variant, int(width), text, only, audit)
            p.see("Put the card on the reader", 30)()
            p.begin()
            for part in (reception, answers, service, places, preparation, windows, patient):
                try:
                    part(p)
                except NotSeen as problem:
                    p.found.append(f"{part.__name__}: {str(problem)[:400]}")
                except Lost as problem:
                    p.found.append(f"{part.__name__}: {problem}")
                    break
        finally:
            w.process.kill()
            w.process.wait()
        print(f"# {variant}: {p.taken} pictures in {time.monotonic() - started:.0f} s", flush=True)
        return [f"{variant} {x}" for x in p.found]


def run_variant(options, variant):
    command = [sys.executable, __file__, str(options.folder), "--inside", "--only", variant]
    for state in options.state or []:
        command += ["--state", state]
    done = subprocess.run([sys.executable, os.environ["MDG_WITH_DISPLAY"], "--bus", "--size", "2640x2400", *command], text=True,
                          capture_output=True, check=False)
    return done.returncode, done.stdout + (done.stderr[-2000:] if done.returncode not in (0, 1) else "")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path, nargs="?", help="where the pictures go; without: they are thrown away")
    parser.add_argument("--only", action="append", choices=VARIANTS)
    parser.add_argument("--state", action="append")
    parser.add_argument("--tap", action="store_true", help="the short form, told as a test does")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        found = photograph(options.folder, options.only[0], options.state)
        print("\n".join(found))
        sys.exit(1 if found else 0)
    if options.tap:
        options.state = options.state or HARDEST_STATES
    variants = options.only or (HARDEST if options.tap else VARIANTS)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="mdg-shots-") as spare, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        options.folder = options.folder or pathlib.Path(spare)
        if options.tap:
            print(f"1..{len(variants)}", flush=True)
        for number, (variant, (code, text)) in enumerate(zip(variants, pool.map(lambda v: run_variant(options, v), variants)), 1):
            failed += code != 0
            if options.tap:
                print(("ok" if code == 0 else "not ok"), number, variant)
                text = "\n".join("# " + x for x in text.splitlines() if x)
            print(text.strip(), flush=True)
    sys.exit(1 if failed else 0)


main()
