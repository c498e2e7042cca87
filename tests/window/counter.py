# SPDX-License-Identifier: LGPL-2.1-or-later
"""A terminal at a counter: the window in its real mode, registered by the command line with the practice service as a
program of its own, a pcscd, and a virtual card behind it that is a program of its own, too.

The card is the project's own (MDG_VIRTUAL_CARD), or with MDG_FOREIGN_CARD=…/mynacard.py one that others wrote; beside
that stands the make-card.sh that makes its certificates."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from person import NotSeen
from window_rig import Window, inside_display

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
# pylint: disable=wrong-import-position
import pcsc_wait  # noqa: E402
import rig  # noqa: E402

PIN, WRONG_PIN = rig.PIN, rig.WRONG_PIN
FOREIGN = os.environ.get("MDG_FOREIGN_CARD")
CN = "TESTVALID"
DATA = pathlib.Path("data") / "madoguchi"


def see(condition, text):
    if not condition:
        raise NotSeen(text)


class ForeignCard(rig.Card):
    """A card that others wrote, with the same options where it has them."""

    def __init__(self, counter, cn, options, card_dir=None):  # pylint: disable=super-init-not-called
        pcsc_wait.wait_for(pcsc_wait.EMPTY)
        self.log = counter.folder / f"card-{time.monotonic_ns()}.log"
        where = (card_dir or counter.folder / "cards") / cn
        self.process = subprocess.Popen(
            [sys.executable, FOREIGN, "--card", str(where), "--vpcd", os.environ["WITH_PCSCD_VPCD"], "--pin", PIN,
             "--log", str(self.log), *options], env=counter.env, stderr=subprocess.DEVNULL)


class Counter(rig.Rig):
    """What stands around the windows of all scenarios: the service, cards, a terminal's data to begin with."""

    def __init__(self, folder):
        super().__init__(folder)
        self.cards = []
        self.windows = []

    def prepare(self):
        if FOREIGN:
            cas = self.make_foreign_cards()
        else:
            self.make_cards(CN, "TESTINVALID", expired=(CN,))
            cas = ["cards", "cards-expired"]
        self.start_service(card_cas=cas)
        self.activate().expect(0)
        self.keep_data("kept")

    def make_foreign_cards(self):
        maker = pathlib.Path(FOREIGN).parent / "make-card.sh"
        cas = []
        for folder, cn, days in (("cards", CN, "1825"), ("cards", "TESTINVALID", "1825"), ("cards-expired", CN, "-1")):
            where = self.folder / folder / cn
            subprocess.run([maker, where, cn, days], check=True, capture_output=True)
            shutil.copy(where / "auth-ca.pem", where / "ca.pem")
            cas.append(f"{folder}/{cn}")
        return cas

    def keep_data(self, name):
        """What the command line has made is what the windows of scenarios begin with."""
        shutil.copytree(self.folder / "data", self.folder / f"data-{name}")

    def register_without_password(self):
        """Another terminal, whose password is asked for at each start."""
        if (self.folder / "data-asked").exists():
            return
        shutil.rmtree(self.folder / "data")
        (self.folder / "data").mkdir(mode=0o700)
        self.restart()
        self.activate("--no-keep").expect(0)
        self.keep_data("asked")

    def restart(self):
        """Tells the next activation code."""
        self.stop_service()
        self.begin_service()

    def stop_service(self):
        self.port = self.access["url"].rstrip("/").rsplit(":", 1)[1]
        self.stop(self.children[-1])

    def begin_service(self):
        cas = [f"cards/{CN}", "cards/TESTINVALID", f"cards-expired/{CN}"] if FOREIGN else ["cards", "cards-expired"]
        self.start_service(port=self.port, card_cas=cas)

    # -- the window ---------------------------------------------------------
    def open(self, data="kept", settings=None, again=None, wait="カードを置いてください", arguments=(), **more):
        """A window with a terminal's data: a copy of what was kept, or those of @again, an earlier window."""
        if again is None:
            folder = pathlib.Path(tempfile.mkdtemp(prefix="window-", dir=self.folder))
            if data is not None:
                shutil.copytree(self.folder / f"data-{data}", folder / "data")
        else:
            folder = again.folder
        if all(card.process.poll() is not None for card in self.cards):
            # pcscd sees for some time what was pulled: a window that starts then would see a card that leaves
            pcsc_wait.wait_for(pcsc_wait.EMPTY)
        window = Window(folder, *arguments, practice=False, settings=settings, **more)
        self.windows.append(window)
        if wait:
            window.wait_for(wait, 30)
        return window

    def put(self, *options, cn=CN, expired=False):
        """A card on the reader."""
        kind = ForeignCard if FOREIGN else rig.Card
        if expired and not FOREIGN:
            options = (*options, "--expired")
        card = kind(self, cn, options, self.folder / "cards-expired" if expired else None)
        self.cards.append(card)
        return card

    def pull(self, card):
        card.pull()
        self.cards.remove(card)

    def verified(self, card, times):
        """So many VERIFY with a PIN the card has heard of."""
        found = len(rig.verifies(card.rows()))
        see(found == times, f"{found} VERIFY with a PIN, not {times}")

    def closed(self, window, card):
        """The session is closed: another application is selected and the power is off."""
        def look():
            try:
                rig.closed_well(card.rows())
                return True
            except (rig.Failed, IndexError):
                return False
        window.wait(look, "the session's end in the card's log")

    def clear(self):
        """After a scenario: nothing of it is left."""
        for window in self.windows:
            if window.process.poll() is None:
                window.process.kill()
                window.process.wait()
        self.windows.clear()
        for card in list(self.cards):
            self.pull(card)
        pcsc_wait.wait_for(pcsc_wait.EMPTY)


def type_text(window, text):
    subprocess.run(["xdotool", "type", "--delay", "12", text], check=True, env={**os.environ, "DISPLAY": window.display})


def inside():
    """This script again: beside a pcscd, and there on a display."""
    rig.inside_pcscd()
    inside_display()


def end_windows(counter):
    for window in counter.windows:
        if window.process.poll() is None:
            code = window.stop()
            see(code == 0, f"the program ended with {code}")


def main(scenarios, only=None):
    """Runs scenarios, each given the counter, and prints TAP."""
    names = [name for name in scenarios if not only or name in only]
    print(f"1..{len(names)}", flush=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="mdg-counter-") as folder:
        counter = Counter(folder)
        try:
            counter.prepare()
            for number, name in enumerate(names, 1):
                begun = time.monotonic()
                try:
                    scenarios[name](counter)
                    end_windows(counter)
                    print(f"ok {number} {name} # {time.monotonic() - begun:.1f} s", flush=True)
                except Exception:  # every one is told, and the next scenario runs
                    failed += 1
                    print(f"not ok {number} {name}", flush=True)
                    print("# " + tell(counter).replace("\n", "\n# "), flush=True)
                    if os.environ.get("MDG_WINDOW_SHOTS"):
                        subprocess.run(["import", "-window", "root", f"{os.environ['MDG_WINDOW_SHOTS']}/failed-{number}.png"], check=False)
                counter.clear()
        finally:
            counter.clear()
            for process in list(counter.children):
                process.kill()
                process.wait()
    sys.exit(1 if failed else 0)


def tell(counter):
    logs = [w.folder / "window.log" for w in counter.windows]
    def heard(card):
        return " ".join(row.get("control") or row["c"][:8] + "→" + (row["r"] or "")[-4:] for row in card.rows())
    cards = [f"\na card, ended {card.process.poll()}: {heard(card)}" for card in counter.cards]
    return traceback.format_exc() + "".join(cards) + "".join("\n" + log.read_text(errors="replace")[-1500:] for log in logs if log.exists())
