#!/usr/bin/env python3
"""The card is pulled at every single APDU, its answer garbled and cut at every one, with extended and with
short APDUs: always an error in words within the deadline, never a crash, never a second VERIFY."""
import rig
from rig import LONG, commands, expect, verifies

DEADLINE = 20  # seconds


def set_up(r):
    r.make_cards("TESTVALID")
    r.start_service()
    r.activate().expect(0)


def check_outcome(run, rows, what, n):
    expect(run.seconds < DEADLINE, f"{what} {n}: took {run.seconds:.1f} s")
    expect(run.json is not None, f"{what} {n}: not one JSON object")
    if run.code == 0:
        # Only after the signature is the card no longer needed. One other answer may be lost: a cut one to the
        # question whether extended length works, after which short reads follow. Half a block of the certificate
        # or of the signature may also end in bytes that read as 61xx or 6Cxx, and is asked for again: the signature that
        # is checked against the certificate proves both.
        signed = [c for c in commands(rows) if c["c"].startswith("802a")]
        hit = next((c for c in commands(rows) if c["n"] == n), None)
        if hit is None:
            return
        asked_again = what == "cut" and hit["r"][-4:-2].lower() in ("61", "6c")
        asked_again = asked_again and hit["c"].startswith(("00b0", "802a"))
        probe = what in ("truncate", "cut") and len(hit["c"]) == 14 or asked_again
        expect(signed and (n > signed[0]["n"] or probe), f"{what} {n}: an answer though the card had not signed "
               f"({hit['c'][:8]} … {(hit['r'] or '')[-4:]})")
    else:
        expect(run.code in (1, 4, 11), f"{what} {n}: exit {run.code}")
        expect(run.json["error"]["title"], f"{what} {n}: no words")


def at_every_exchange(r, fault, options):
    tries = 3
    for n in range(1, 20):
        run, rows = r.check(options=[*options, f"--{fault}-at", str(n), "--tries", "3"])
        check_outcome(run, rows, fault, n)
        sent = verifies(rows)
        unanswered = [c for c in commands(rows) if c["c"].startswith("0020") and c.get("r") is None and c not in sent]
        expect(not (unanswered and sent), f"{fault} {n}: VERIFY after a question whose answer was lost")
        if not any(c.get("n") == n for c in commands(rows)):
            expect(run.code == 0, f"{fault} {n}: nothing happened to the card and exit {run.code}")
            expect(n > 5, f"only {n - 1} exchanges")
            return
    expect(False, f"{fault}: more than {tries} ends")


SCENARIOS = {}
for _fault in ("remove", "garble", "truncate") + (("lose", "cut") if LONG else ()):
    SCENARIOS[f"{_fault} at every APDU"] = lambda r, f=_fault: at_every_exchange(r, f, [])
    SCENARIOS[f"{_fault} at every short APDU"] = lambda r, f=_fault: at_every_exchange(r, f, ["--no-extended"])
    if LONG:
        SCENARIOS[f"{_fault} at every APDU, no short ids"] = lambda r, f=_fault: at_every_exchange(r, f, ["--no-sfi"])
        SCENARIOS[f"{_fault} at every APDU of a phone"] = lambda r, f=_fault: at_every_exchange(r, f, ["--phone"])

if __name__ == "__main__":
    rig.inside_pcscd()
    rig.main(SCENARIOS, set_up)
