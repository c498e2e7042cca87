#!/usr/bin/env python3
"""Speed of one check on a real pcscd, side by side with OpenSC's pkcs11-tool on the same card; figures, no
pass or fail. The card and its line take the time that real ones take: 8 ms an APDU, 150 ms a signature,
424 kbit/s.

    meson test -C build --benchmark --suite e2e -v
"""
import json
import os
import pty
import resource
import select
import shutil
import statistics
import subprocess
import time

import rig
from rig import Card, PIN, commands

SLOW = ["--latency-ms", "8", "--sign-ms", "150", "--bitrate", "424000"]
RUNS = int(os.environ.get("MDG_BENCH_RUNS", "100"))


def own_time(rows):
    """Milliseconds that the card and its line took by themselves."""
    total = 0.0
    for row in commands(rows):
        size = len(row["c"].replace(" ", "")) / 2 + (len(row["r"]) / 2 if row["r"] else 0)
        total += 8 + size * 10 / 424 + (150 if row["c"].startswith("802a") else 0)
    return total


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def show(name, values):
    print(f"  {name:<46} median {statistics.median(values):8.1f}   p99 {percentile(values, 0.99):8.1f}   n {len(values)}",
          flush=True)


def one_run(r):
    over, total, first_to_last, apdus = [], [], [], []
    for _ in range(RUNS):
        run, rows = r.check(options=SLOW)
        run.expect(0, "valid")
        sent = commands(rows)
        own = own_time(rows)
        # A row's time is that of its answer: the first exchange began its own time earlier.
        span = (sent[-1]["t"] - sent[0]["t"]) * 1000 + own_time(sent[:1])
        first_to_last.append(span)
        over.append(span - own)
        total.append(run.json["timing_ms"]["total"])
        apdus.append(len(sent))
    print(f"PIN before the card, extended length: {max(apdus)} APDUs, closing included")
    show("first APDU to last, ms", first_to_last)
    show("… over the card's and line's own time, ms", over)
    show("card there to the answer (total), ms", total)
    return statistics.median(first_to_last), max(apdus)


def short_run(r):
    counts = []
    fresh = {"XDG_DATA_HOME": str(r.folder / "data-short")}
    shutil.copytree(r.folder / "data", r.folder / "data-short")
    database = r.folder / "data-short" / "madoguchi"
    for path in database.glob("*.db*"):
        subprocess.run(["python3", "-c", "import sqlite3,sys;c=sqlite3.connect(sys.argv[1]);"
                        "c.execute(\"DELETE FROM setting WHERE key LIKE 'reader%'\");c.commit()", str(path)], check=False,
                       capture_output=True)
    for _ in range(3):
        run, rows = r.check(options=[*SLOW, "--no-extended"], env=fresh)
        run.expect(0, "valid")
        counts.append(len(commands(rows)))
    print(f"short APDUs: {counts[0]} APDUs the first time, then {counts[-1]}")


def type_pin_late(r):
    """The card first, the PIN typed at a terminal: from the last digit to the card's signature."""
    after, own = [], []
    for _ in range(max(10, RUNS // 5)):
        card = Card(r, "TESTVALID", SLOW)
        master, slave = pty.openpty()
        process = subprocess.Popen([r.cli, "check", "--json", "--wait", "10"], env=r.env, stdin=slave, stdout=subprocess.PIPE,
                                   stderr=slave, text=True)
        os.close(slave)
        seen = b""
        while b"PIN" not in seen:
            if not select.select([master], [], [], 20)[0]:
                raise rig.Failed("no prompt came")
            seen += os.read(master, 1024)
        typed = time.time()
        os.write(master, (PIN + "\n").encode())
        out, _ = process.communicate(timeout=60)
        os.close(master)
        card.pull()
        rows = commands(card.rows())
        rig.expect(process.returncode == 0, f"exit {process.returncode}: {out}")
        signed = next(row for row in rows if row["c"].startswith("802a"))
        late = [row for row in rows if typed <= row["t"] <= signed["t"]]
        after.append((signed["t"] - typed) * 1000)
        own.append(own_time([row for row in late if row["c"].startswith(("00200098", "802a"))][-2:]) + 8 + 20 * 10 / 424)
    print("PIN after the card: from the last digit to the signature")
    show("measured, ms", after)
    show("VERIFY + SIGN + one SELECT of the card itself, ms", own)
    show("over that, ms (20 is the aim)", [a - o for a, o in zip(after, own)])


def opensc(r):
    if shutil.which("pkcs11-tool") is None:
        print("pkcs11-tool is not here: nothing to compare with")
        return None
    data = r.folder / "to-sign"
    data.write_bytes(bytes.fromhex("3031300d060960864801650304020105000420") + bytes(32))
    spans, apdus = [], 0
    for _ in range(5):
        card = Card(r, "TESTVALID", SLOW)
        time.sleep(0.5)  # pkcs11-tool does not wait for a card
        module = os.environ.get("MDG_OPENSC_MODULE", "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so")
        done = subprocess.run(["pkcs11-tool", "--module", module, "--sign", "--mechanism", "RSA-PKCS", "--id", "01", "--pin",
                               PIN, "--input-file", str(data), "--output-file", str(r.folder / "signed")],
                              env=r.env, capture_output=True, text=True)
        card.pull()
        rows = commands(card.rows())
        if done.returncode != 0:
            print("pkcs11-tool failed:", done.stderr.strip()[-200:])
            return None
        spans.append((rows[-1]["t"] - rows[0]["t"]) * 1000 + own_time(rows[:1]))
        apdus = len(rows)
    print(f"pkcs11-tool --sign (OpenSC): {apdus} APDUs")
    show("first APDU to last, ms", spans)
    return statistics.median(spans), apdus


def memory(r):
    card = Card(r, "TESTVALID", SLOW)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    process = subprocess.Popen([r.cli, "check", "--json", "--pin-stdin"], env=r.env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    process.stdin.write((PIN + "\n").encode())
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    card.pull()
    print(f"peak memory of one whole check: {usage.ru_maxrss / 1024:.1f} MiB (exit {os.waitstatus_to_exitcode(status)})")
    del before


def bench(r):
    r.make_cards("TESTVALID")
    r.start_service()
    r.activate().expect(0)
    r.check().__getitem__(0).expect(0, "valid")  # finds out what the reader can do
    ours = one_run(r)
    short_run(r)
    type_pin_late(r)
    theirs = opensc(r)
    if theirs is not None:
        print(f"side by side: {theirs[1] / ours[1]:.1f} times fewer APDUs, {theirs[0] / ours[0]:.2f} times faster")
    memory(r)


if __name__ == "__main__":
    rig.inside_pcscd()
    with rig.rig() as made:
        bench(made)
