#!/usr/bin/env python3
"""Every kind of outcome that a card on a real pcscd can have, with its exit code and one object; and answers of the
service that hold no insurance."""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
import pcsc_wait
import rig
from rig import PERSON, PIN, WRONG_PIN, Card, closed_well, commands, expect, verifies


def set_up(r):
    r.make_cards("TESTVALID", "TESTINVALID", "TESTERROR")
    people = r.folder / "people"
    people.mkdir()
    (people / "TESTERROR.xml").write_text(
        PERSON.format(validity="1", name="試験　異常").replace("ResultStatus>1", "ResultStatus>2"), encoding="utf-8")
    r.start_service()
    r.activate().expect(0)


def by_card(r, code, *arguments, **more):
    run, rows = r.check(*arguments, **more)
    expect(run.code == code, f"exit {run.code}, not {code}: {run.err[-300:]}")
    expect(run.json is not None, f"not one object: {run.out[:200]!r}")
    expect(code in (0, 10) or run.json["error"]["title"], f"no words: {run.json}")
    expect("practice" in run.json, "it does not say whether it is practice")
    return run, rows


def codes(r):
    by_card(r, 0)
    by_card(r, 10, cn="TESTINVALID")
    by_card(r, 5, pin=WRONG_PIN)
    by_card(r, 6, options=["--tries", "0"])
    by_card(r, 12, options=["--tries", "1"])
    by_card(r, 11, options=["--no-jpki"])
    _, rows = by_card(r, 0, "--confirm-last-try", options=["--tries", "1"])
    closed_well(rows)


def no_answer_in_the_answer(r):
    """The service answered that it could not: no verdict about the insurance, and the error that exit 8 has."""
    run, rows = by_card(r, 8, cn="TESTERROR")
    expect(run.json["verdict"] == "error" and run.json["error"]["code"] == "A-01", f"{run.json}")
    expect(run.json["error"]["advice"] and run.json["answer"]["XmlMsg"], "no next step, or no answer")
    closed_well(rows)


def no_card(r):
    pcsc_wait.wait_for(pcsc_wait.EMPTY)
    for wait, limit in (("0", 3), ("1", 4)):
        run = r.run("check", "--json", "--pin-stdin", "--wait", wait, stdin=PIN + "\n").expect(4)
        expect(run.seconds < limit, f"--wait {wait} took {run.seconds:.1f} s")
    r.run("card", "--json").expect(4)
    card = Card(r, "TESTVALID", [])
    pcsc_wait.wait_for(pcsc_wait.PRESENT)
    try:
        r.run("check", "--json", "--pin-stdin", "--wait", "0", stdin=PIN + "\n").expect(0, "valid")
        r.run("card", "--json").expect(0)
    finally:
        card.pull()


def by_reader(r):
    readers = r.run("readers", "--json").expect(0).json["readers"]
    run, rows = by_card(r, 3, "--reader", "nobody")
    expect(run.json["error"]["field"] == "--reader" and not commands(rows), f"{run.json}")
    for name in (readers[0]["id"], readers[0]["name"]):
        by_card(r, 0, "--reader", name)
    other = next((x for x in readers[1:]), None)
    if other is not None:  # the virtual driver of pcscd has two slots
        by_card(r, 4, "--reader", other["id"], wait="1")


def no_service(r):
    r.stop(r.children[-1])
    _, rows = by_card(r, 7)
    expect(not verifies(rows), "VERIFY though the service was not there")


def no_pcscd(r):
    subprocess.run(["kill", pathlib.Path(os.environ["WITH_PCSCD_PID"]).read_text().strip()], check=True)
    for words in (["readers"], ["card"], ["check", "--pin-stdin"], ["check", "--visual"]):
        run = r.run(*words, "--json", stdin=PIN + "\n").expect(3)
        expect(run.seconds < 10 and run.json["error"]["advice"], f"{words}: {run.seconds:.1f} s, {run.json}")
    subprocess.run([os.environ["WITH_PCSCD_START"]], check=True)


SCENARIOS = {
    "codes of a card": codes,
    "no answer in the answer": no_answer_in_the_answer,
    "no card": no_card,
    "by reader": by_reader,
    "no service": no_service,
    "no pcscd": no_pcscd,
}

if __name__ == "__main__":
    rig.inside_pcscd()
    rig.main(SCENARIOS, set_up)
