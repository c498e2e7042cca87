#!/usr/bin/env python3
"""pcscd is killed at every step of a check, is not there, and comes back: told in words, never a hang."""
import subprocess
import time

import pcsc_wait
import rig
from rig import PIN, Card, Run, commands, expect, kill_pcscd, start_pcscd, verifies

SLOW = ["--latency-ms", "20", "--sign-ms", "300"]


def set_up(r):
    r.make_cards("TESTVALID")
    r.start_service()
    r.activate().expect(0)


def killed_at_every_step(r):
    for step in range(1, 7):
        card = Card(r, "TESTVALID", SLOW)
        process = subprocess.Popen([r.cli, "check", "--json", "--pin-stdin", "--wait", "10"], env=r.env, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        process.stdin.write(PIN + "\n")
        process.stdin.close()
        process.stdin = None
        limit = time.monotonic() + 20
        while len(commands(card.rows())) < step and time.monotonic() < limit and process.poll() is None:
            time.sleep(0.002)
        kill_pcscd()
        started = time.monotonic()
        out, err = process.communicate(timeout=30)
        run = Run(process.returncode, out, err, time.monotonic() - started)
        card.pull()
        start_pcscd()
        expect(run.code in (0, 1, 3, 4, 5), f"killed at {step}: exit {run.code}: {err}")
        expect(run.seconds < 12, f"killed at {step}: took {run.seconds:.1f} s")
        expect(run.json is not None and (run.code == 0 or run.json["error"]["title"]), f"killed at {step}: no words")
        expect(len(verifies(card.rows())) <= 1, f"killed at {step}: VERIFY sent again")
    run, _ = r.check()
    run.expect(0, "valid")


def not_there(r):
    kill_pcscd()
    try:
        for command in (["readers", "--json"], ["card", "--json"], ["check", "--json", "--pin-stdin"]):
            run = r.run(*command, stdin=PIN + "\n")
            run.expect(3)
            expect(run.seconds < 10, f"{command[0]} took {run.seconds:.1f} s")
        run = r.run("plugins", "--json").expect(0)
        pcsc = next(p for p in run.json["plugins"] if p["id"] == "pcsc")
        expect(pcsc["problem"]["title"], "plugins does not say that the service is not running")
    finally:
        start_pcscd()
    run, _ = r.check()
    run.expect(0, "valid")


def comes_while_waiting(r):
    """A card that comes, and a daemon that is restarted, while check waits."""
    pcsc_wait.wait_for(pcsc_wait.EMPTY)
    process = subprocess.Popen([r.cli, "check", "--json", "--pin-stdin", "--wait", "30"], env=r.env, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdin.write(PIN + "\n")
    process.stdin.close()
    process.stdin = None
    card = Card(r, "TESTVALID", [])
    out, err = process.communicate(timeout=60)
    card.pull()
    Run(process.returncode, out, err, 0).expect(0, "valid")


SCENARIOS = {
    "killed at every step": killed_at_every_step,
    "not there": not_there,
    "a card comes while it waits": comes_while_waiting,
}

if __name__ == "__main__":
    rig.inside_pcscd()
    rig.main(SCENARIOS, set_up)
