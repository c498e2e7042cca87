#!/usr/bin/env python3
"""The command line with a person in front of it: questions, hidden answers, Ctrl-C at every wait; after all of
them the terminal is as it was, and the card was sent away and powered off."""
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
import pcsc_wait
import rig
from rig import PIN, WRONG_PIN, Card, closed_well, commands, expect, verifies
from terminal import Terminal


def set_up(r):
    r.make_cards("TESTVALID")
    r.start_service()
    r.activate().expect(0)


def on_card(r, act, code, options=(), words=("check", "--wait", "10"), seconds=20, used=True):
    """@act with the terminal while the card lies there; how it ended: (what was printed, the card's log)."""
    card = Card(r, "TESTVALID", list(options))
    try:
        terminal = Terminal(r, *words)
        try:
            act(terminal, card)
        except Exception:
            terminal.close()
            raise
        printed = terminal.end(code, seconds)
    finally:
        card.pull()
    rows = card.rows()
    expect(PIN not in printed and WRONG_PIN not in printed, "a PIN was shown")
    expect(len(verifies(rows)) <= 1, "more than one VERIFY")
    if used:
        closed_well(rows)
    return printed, rows


def at_prompt(terminal, tries="3 tries left"):
    terminal.wait_for(f"PIN (4 digits, {tries}):")
    terminal.wait_hidden()


def right_pin(r):
    def act(terminal, card):
        at_prompt(terminal)
        terminal.type(PIN + "\n")

    printed, _ = on_card(r, act, 0)
    expect("Validity: Valid" in printed, f"no answer: {printed!r}")


def wrong_pin(r):
    def act(terminal, card):
        at_prompt(terminal)
        terminal.type(WRONG_PIN + "\n")

    printed, rows = on_card(r, act, 5)
    expect("2 tries are left" in printed, f"the tries left are not told: {printed!r}")
    expect(len(verifies(rows)) == 1, "VERIFY was not sent once")


def no_pin(r):
    for typed in ("12a4\n", "123\n", "\n", "\x04", PIN + "0\n", "9" * 600 + "\n"):
        def act(terminal, card, typed=typed):
            at_prompt(terminal)
            terminal.type(typed)

        printed, rows = on_card(r, act, 2)
        expect(not verifies(rows), f"VERIFY after {typed!r}")
        expect("4 digits" in printed, f"no reason: {printed!r}")


def last_try(r):
    def refuse(terminal, card):
        terminal.wait_for("One try is left")
        terminal.wait_for("[y/N]")
        terminal.type("n\n")

    def say_nothing(terminal, card):
        terminal.wait_for("[y/N]")
        terminal.type("\n")

    def go_on(terminal, card):
        terminal.wait_for("[y/N]")
        terminal.type("y\n")
        at_prompt(terminal, "1 try left")
        terminal.type(PIN + "\n")

    def interrupt(terminal, card):
        terminal.wait_for("[y/N]")
        terminal.interrupt()

    for act, code in ((refuse, 12), (say_nothing, 12), (interrupt, 130)):
        _, rows = on_card(r, act, code, ["--tries", "1"])
        expect(not verifies(rows), f"{act.__name__}: VERIFY without a yes")
    _, rows = on_card(r, go_on, 0, ["--tries", "1"])
    expect(len(verifies(rows)) == 1, "VERIFY was not sent after the yes")

    def confirmed(terminal, card):
        at_prompt(terminal, "1 try left")
        terminal.type(PIN + "\n")

    on_card(r, confirmed, 0, ["--tries", "1"], words=("check", "--confirm-last-try"))


def pulled_at_the_prompt(r):
    def act(terminal, card):
        at_prompt(terminal)
        card.pull()

    printed, _ = on_card(r, act, 4, used=False)
    expect("The card left the reader" in printed, f"no words: {printed!r}")


def pulled_after_a_wrong_pin(r):
    """The card goes at, or right after, the VERIFY that was wrong."""
    def act(terminal, card):
        at_prompt(terminal)
        terminal.type(WRONG_PIN + "\n")

    _, rows = on_card(r, act, 5)
    number = 1 + next(i for i, row in enumerate(commands(rows)) if row in verifies(rows))
    for fault in (f"--remove-at={number}", f"--remove-at={number + 1}", f"--lose-at={number}", f"--hang-at={number}"):
        def seen(terminal, card):
            at_prompt(terminal)
            terminal.type(WRONG_PIN + "\n")

        card = Card(r, "TESTVALID", [fault])
        terminal = Terminal(r, "check")
        try:
            seen(terminal, card)
            while terminal.process.poll() is None and terminal.read(30):
                pass
            code = terminal.process.wait(timeout=30)
            expect(code in (1, 4, 5), f"{fault}: exit {code}: {terminal.seen[-300:]!r}")
            expect(terminal.echoes(), f"{fault}: the echo stayed off")
        finally:
            terminal.close()
            card.pull()
        expect(len(verifies(card.rows())) <= 1, f"{fault}: VERIFY sent twice")


def ended_at_the_prompt(r):
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)):
        def act(terminal, card, number=number):
            at_prompt(terminal)
            terminal.type("7")
            terminal.send(number)

        printed, rows = on_card(r, act, code, seconds=3)
        expect(not verifies(rows), "VERIFY after the signal")
        expect("Stopped" in printed, f"no words: {printed!r}")

    def by_key(terminal, card):
        at_prompt(terminal)
        terminal.interrupt()

    on_card(r, by_key, 130, seconds=3)


def ended_without_a_card(r):
    pcsc_wait.wait_for(pcsc_wait.EMPTY)
    for words in (("check",), ("check", "--visual"), ("card", "--wait", "60")):
        terminal = Terminal(r, *words)
        if words[0] == "check":
            terminal.wait_for("Please put the card")
        else:
            time.sleep(0.5)  # it says nothing while it waits
        terminal.interrupt()
        printed = terminal.end(130)
        expect("Stopped" in printed, f"{words}: no words: {printed!r}")
    terminal = Terminal(r, "check", "--pin-stdin")
    terminal.wait_for("PIN (4 digits):")
    terminal.wait_hidden()
    terminal.interrupt()
    terminal.end(130)


def ended_while_the_service_is_slow(r):
    for call in ("card-eligibility", "challenge", "auth"):
        r.restart_service("latency-ms=9000", f"only={call}")
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            def act(terminal, card, number=number, call=call):
                at_prompt(terminal)
                terminal.type(PIN + "\n")
                terminal.wait_for("Asking the service." if call == "card-eligibility" else "Reading.")
                time.sleep(0.3)
                terminal.send(number)

            on_card(r, act, code, seconds=3)
    r.restart_service("latency-ms=9000")
    for words in (["search", "--insurer", "06999999", "--number", "3456", "--birth", "19600401"], ["status"], ["renew"],
                  ["diagnose"]):
        terminal = Terminal(r, *words)
        time.sleep(0.5)
        terminal.interrupt()
        terminal.end(130)
    r.restart_service()


def password_is_asked_for(r):
    password = r.access["password"]
    r.run("deactivate", "--json").expect(0)
    r.restart_service()
    r.activate("--no-keep").expect(0)
    search = ["search", "--insurer", "06999999", "--symbol", "12", "--number", "3456", "--branch", "01", "--birth", "19600401"]

    def typed(*words, secret=password, code=0):
        terminal = Terminal(r, *words)
        terminal.wait_for("Password:")
        terminal.wait_hidden()
        terminal.type(secret + "\n")
        printed = terminal.end(code, 20)
        expect(password not in printed, "the password was shown")
        return printed

    typed(*search, code=10)  # three invented people share that number
    printed = typed(*search, secret="a-wrong-practice-word", code=8)
    expect("S-10" in printed, f"not told that the log-in is wrong: {printed!r}")
    typed("renew")

    def act(terminal, card):
        terminal.wait_for("Password:")
        terminal.wait_hidden()
        terminal.type(password + "\n")
        at_prompt(terminal)
        terminal.type(PIN + "\n")

    on_card(r, act, 0)
    terminal = Terminal(r, "check")
    terminal.wait_for("Password:")
    terminal.wait_hidden()
    terminal.interrupt()
    terminal.end(130)
    # nobody can be asked: told what to do, and no card is touched
    run, rows = r.check()
    run.expect(8)
    expect(run.json["error"]["code"] == "S-12" and run.json["error"]["field"] == "--password-fd", f"{run.json}")
    expect("--password-fd" in run.json["error"]["hint"] and "--password-fd" in run.err, "no way out is told")
    expect(not commands(rows), "the card was used without a password")
    typed("deactivate")
    r.restart_service()
    a = r.access
    terminal = Terminal(r, "activate", "--service", a["url"], "--ca", a["ca_file"], "--institution", a["institution_code"],
                        "--user", a["user_id"])
    terminal.wait_for("Password:")
    terminal.wait_hidden()
    terminal.type(a["password"] + "\n")
    terminal.wait_for("Activation code:")
    terminal.wait_hidden()
    terminal.type(a["activation_code"] + "\n")
    printed = terminal.end(0, 20)
    expect("Activated" in printed and a["activation_code"] not in printed, f"{printed!r}")


SCENARIOS = {
    "the right PIN, hidden": right_pin,
    "a wrong PIN": wrong_pin,
    "no PIN at all": no_pin,
    "the last try": last_try,
    "pulled at the prompt": pulled_at_the_prompt,
    "pulled after a wrong PIN": pulled_after_a_wrong_pin,
    "ended at the prompt": ended_at_the_prompt,
    "ended without a card": ended_without_a_card,
    "ended while the service is slow": ended_while_the_service_is_slow,
    "a password that is not kept is asked for": password_is_asked_for,
}

if __name__ == "__main__":
    rig.inside_pcscd()
    rig.main(SCENARIOS, set_up)
