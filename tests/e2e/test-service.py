#!/usr/bin/env python3
"""What the service can do wrong, from the command line: cut, garbage, slow, another patient's answer, down;
always an error in words with the right exit code, and no second VERIFY."""
import rig
from rig import LONG, expect, verifies

SEARCH = ["search", "--json", "--insurer", "06999999", "--symbol", "12", "--number", "3456", "--branch", "01", "--birth", "19600401"]


def set_up(r):
    r.make_cards("TESTVALID")
    r.start_service()
    r.activate().expect(0)


def with_fault(r, faults, codes, limit=25, search=False):
    r.restart_service(*faults)
    if search:
        run = r.run(*SEARCH)
    else:
        run, rows = r.check()
        if "only=challenge" in faults and run.code != 0:
            expect(not verifies(rows), f"{faults}: VERIFY though there was no challenge")
    expect(run.code in codes, f"{faults}: exit {run.code}, not in {codes}: {run.err}")
    expect(run.json is not None and (run.code in (0, 10) or run.json["error"]["title"]), f"{faults}: no words")
    expect(run.seconds < limit, f"{faults}: took {run.seconds:.1f} s")
    return run


def cut_answers(r):
    """At every byte of the whole answer in the long form; a repeat with the same key may not help: it is cut as well."""
    for size in range(0, 2600) if LONG else (0, 1, 9, 17, 60, 150, 400, 700, 1100):
        with_fault(r, [f"cut-at={size}", "only=search"], (7, 10) if size > 1000 else (7,), search=True)


def repeated_once(r):
    """One answer is lost on its way: the client asks again with the same key and is answered, and VERIFY is sent once."""
    with_fault(r, ["cut-after=10", "only=card-eligibility", "times=1"], (0,))
    with_fault(r, ["cut-after=10", "only=challenge", "times=1"], (0,))


SCENARIOS = {
    "down for repair": lambda r: with_fault(r, ["status=503"], (7,)),
    "down for repair after the PIN": lambda r: with_fault(r, ["status=503", "only=card-eligibility"], (7,)),
    "maintenance": lambda r: with_fault(r, ["maintenance"], (7,)),
    "garbage": lambda r: with_fault(r, ["garbage"], (1, 7)),
    "garbage instead of the answer": lambda r: with_fault(r, ["garbage", "only=card-eligibility"], (1,)),
    "another patient's answer to a search": lambda r: with_fault(r, ["wrong-patient"], (1,), search=True),
    "no challenge, no VERIFY": lambda r: with_fault(r, ["status=500", "only=challenge"], (7,)),
    "cut at many bytes of its answers": cut_answers,
    "an answer lost once": repeated_once,
    "late": lambda r: with_fault(r, ["latency-ms=300"], (0,)),
    "later than the card may wait": lambda r: with_fault(r, ["latency-ms=6000", "only=challenge"], (7,)),
    "a slow body": lambda r: with_fault(r, ["slow-body=2", "only=card-eligibility"], (0,)),
    "a body that is too slow": lambda r: with_fault(r, ["slow-body=500", "only=card-eligibility"], (7,), limit=60),
    "a visual check refused": lambda r: r.restart_service("refuse-visual") and r.check("--visual")[0].expect(8),
    "another clock": lambda r: with_fault(r, ["clock-skew=7200"], (0, 1, 7, 8)),
    "well again": lambda r: with_fault(r, [], (0,)),
}

if __name__ == "__main__":
    rig.inside_pcscd()
    rig.main(SCENARIOS, set_up)
