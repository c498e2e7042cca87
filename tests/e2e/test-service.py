#!/usr/bin/env python3
"""What the service can do wrong, from the command line: cut, garbage, slow, another patient's answer, down;
always an error in words with the right exit code, and no second VERIFY."""
import rig
from rig import LONG, expect

SEARCH = ["search", "--json", "--insurer", "06999999", "--symbol", "12", "--number", "3456", "--branch", "01", "--birth", "19600401"]


def set_up(r):
    r.make_cards("TESTVALID")
    r.start_service()
    r.activate().expect(0)


def with_fault(r, fault, codes, limit=25, reader=True):
    """A service of the same state with a fault; the terminal is activated against it anew where its port moved."""
    r.stop(r.children[0])
    r.start_service()
    r.run("deactivate", "--local", "--json")
    r.activate().expect(0)
    url = r.access["url"]
    r.stop(r.children[0])
    port = url.rstrip("/").rsplit(":", 1)[1]
    r.start_service(fault, port=port)
    if reader:
        run, _ = r.check()
    else:
        run = r.run(*SEARCH)
    expect(run.code in codes, f"{fault}: exit {run.code}, not in {codes}: {run.err}")
    expect(run.json is not None and (run.code in (0, 10) or run.json["error"]["title"]), f"{fault}: no words")
    expect(run.seconds < limit, f"{fault}: took {run.seconds:.1f} s")
    return run


def cut_answers(r):
    for size in (range(0, 900) if LONG else (0, 1, 17, 120, 400)):
        with_fault(r, f"cut-after={size}", (1, 7), reader=False)


SCENARIOS = {
    "a service that is down for repair": lambda r: with_fault(r, "status=503", (7,)),
    "garbage": lambda r: with_fault(r, "garbage", (1, 7)),
    "another patient's answer": lambda r: with_fault(r, "wrong-patient", (1,)),
    "cut": lambda r: with_fault(r, "cut-after=100", (1, 7)),
    "cut at many bytes of its answers": cut_answers,
    "late": lambda r: with_fault(r, "latency-ms=300", (0,)),
    "a slow body": lambda r: with_fault(r, "slow-body", (0, 7), limit=40),
    "another clock": lambda r: with_fault(r, "clock-skew=7200", (0, 1, 7, 8)),
}

if __name__ == "__main__":
    rig.inside_pcscd()
    rig.main(SCENARIOS, set_up)
