#!/usr/bin/env python3
"""A search through everything that was written while the program worked (logs at their loudest, recordings,
databases, journals) and through a core of the running program: no PIN, password or activation code."""
import os
import re
import shutil
import subprocess
import time

import rig
from rig import PIN, WRONG_PIN, Card, expect

LOUD = {"G_MESSAGES_DEBUG": "all", "G_DEBUG": ""}


def set_up(r):
    r.make_cards("TESTVALID")
    r.start_service()


def patterns(r):
    """What may not be found, as bytes: the secrets as text, in hexadecimal, in UTF-16."""
    secrets = {"password": r.access["password"], "activation code": r.used_code}
    for name, secret in secrets.items():
        raw = secret.encode()
        yield name, re.compile(re.escape(raw), re.I)
        yield name, re.compile(re.escape(raw.hex().encode()), re.I)
        yield name, re.compile(re.escape(secret.encode("utf-16-le")))
    for pin in (PIN, WRONG_PIN):
        raw = pin.encode()
        # four digits that stand for themselves, not a part of a longer number or key
        yield "PIN", re.compile(rb"(?<![0-9A-Za-z+/=.])" + raw + rb"(?![0-9A-Za-z+/=])")
        spaced = rb"[ :]?".join(b"%02x" % b for b in raw)
        yield "PIN in hexadecimal", re.compile(rb"04[ :]?" + spaced, re.I)
        yield "VERIFY with a PIN", re.compile(re.escape(b"\x00\x20\x00\x98\x04" + raw))


def search(r, folder, name_skip=()):
    seen = 0
    for path in folder.rglob("*"):
        if not path.is_file() or path.name in name_skip:
            continue
        data = path.read_bytes()
        seen += 1
        for name, pattern in patterns(r):
            match = pattern.search(data)
            expect(match is None, f"{name} in {path.relative_to(folder)} at {match.start() if match else 0}")
    return seen


def use_everything(r):
    r.used_code = r.access["activation_code"]
    r.run(
        "activate", "--service", r.access["url"], "--ca", r.access["ca_file"], "--institution", r.access["institution_code"],
        "--user", r.access["user_id"], "--code", r.used_code, "--json", "--no-keep", stdin=r.access["password"] + "\n",
        env=LOUD).expect(0)
    for pin, code in ((PIN, 7), (PIN, 0), (WRONG_PIN, 5)):
        if code == 7:
            # without the password nobody can log in, and the PIN is never tried
            run, _ = r.check("--record", str(r.folder / f"refused-{code}.apdu"), env=LOUD)
            expect(run.code in (7, 8, 9), f"exit {run.code}")
            continue
        read, write = os.pipe()
        os.write(write, (r.access["password"] + "\n").encode())
        os.close(write)
        card = Card(r, "TESTVALID", [])
        done = subprocess.run([r.cli, "check", "--json", "--pin-stdin", "--password-fd", str(read), "--record",
                               str(r.folder / f"session-{code}.apdu")], env={**r.env, **LOUD}, input=pin + "\n", text=True,
                              capture_output=True, pass_fds=[read], timeout=60)
        os.close(read)
        card.pull()
        (r.folder / f"check-{code}.log").write_text(done.stdout + done.stderr)
        expect(done.returncode == code, f"exit {done.returncode}, not {code}: {done.stderr[-300:]}")
        recording = (r.folder / f"session-{code}.apdu").read_text()
        expect("**" in recording, "VERIFY is not in the recording at all")
    # What the service prints and keeps is its own invented data; its files are not looked at here.
    count = search(r, r.folder, name_skip=("practice-access.json",))
    expect(count > 8, f"only {count} files were searched")


def search_a_core(r):
    """While the service takes its time with the answer, the PIN has been used: a core of that moment has none."""
    if shutil.which("gcore") is None or os.environ.get("MDG_SANITIZED") == "1":
        print("# no core is made: without gdb, or with a sanitizer")
        return
    password = r.access["password"]
    r.restart_service("latency-ms=4000", "only=card-eligibility")
    expect(r.access["password"] == password, "the practice service changed its password")
    read, write = os.pipe()
    os.write(write, (password + "\n").encode())
    os.close(write)
    card = Card(r, "TESTVALID", [])
    process = subprocess.Popen([r.cli, "check", "--json", "--pin-stdin", "--password-fd", str(read), "--wait", "10"], env=r.env,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, pass_fds=[read])
    os.close(read)
    process.stdin.write(PIN + "\n")
    process.stdin.close()
    process.stdin = None
    limit = time.monotonic() + 40
    while not any(row.get("control") == "off" and i > 4 for i, row in enumerate(card.rows())):
        expect(time.monotonic() < limit and process.poll() is None, "the card was never asked to sign")
        time.sleep(0.02)
    core = r.folder / "core"
    done = subprocess.run(["gcore", "-o", str(core), str(process.pid)], capture_output=True, text=True, timeout=120)
    process.communicate(timeout=60)
    card.pull()
    cores = list(r.folder.glob("core.*"))
    if not cores:
        print("# no core could be made: " + done.stderr.strip()[-200:].replace("\n", " "))
        return
    data = cores[0].read_bytes()
    for name, pattern in patterns(r):
        if name.startswith("PIN") or name.startswith("VERIFY"):
            # a stray four digits may stand in any program's constants: the line that was typed may not
            if name == "PIN":
                pattern = re.compile(re.escape(PIN.encode()) + rb"[\r\n\0]")
                continue
            expect(pattern.search(data) is None, f"{name} in a core of the program")
    expect((PIN + "\n").encode() not in data, "the typed line is in a core of the program")
    cores[0].unlink()


SCENARIOS = {
    "everything that was written": use_everything,
    "a core of the running program": search_a_core,
}

if __name__ == "__main__":
    rig.inside_pcscd()
    rig.main(SCENARIOS, set_up)
