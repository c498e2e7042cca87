"""What the end-to-end tests share: the built programs, a folder of their own, the practice service, and
our virtual card behind a real pcscd (or in the virtual reader).

Everything is told by the environment that meson sets: MDG_CLI, MDG_SERVICE, MDG_VIRTUAL_CARD,
MDG_WITH_PCSCD, and what the programs read themselves.
"""
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import pcsc_wait

PIN = "7351"  # not a number that stands elsewhere in a log
WRONG_PIN = "9040"
LONG = os.environ.get("MADOGUCHI_TEST_LONG") == "1"

PERSON = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<XmlMsg><MessageHeader><ProcessExecutionTime>20261122101500</ProcessExecutionTime>
<QualificationConfirmationDate>20261122</QualificationConfirmationDate>
<MedicalInstitutionCode>1319999015</MedicalInstitutionCode><ReferenceClassification>1</ReferenceClassification>
<SegmentOfResult>1</SegmentOfResult><CharacterCodeIdentifier>0</CharacterCodeIdentifier></MessageHeader>
<MessageBody><ProcessingResultStatus>1</ProcessingResultStatus><QualificationValidity>{validity}</QualificationValidity>
<ResultList><ResultOfQualificationConfirmation><InsuredCardClassification>01</InsuredCardClassification>
<InsurerNumber>06999999</InsurerNumber><InsuredCardSymbol>１２</InsuredCardSymbol>
<InsuredIdentificationNumber>3456</InsuredIdentificationNumber><InsuredBranchNumber>01</InsuredBranchNumber>
<PersonalFamilyClassification>1</PersonalFamilyClassification><Name>{name}</Name><NameKana>ｼｹﾝ ﾀﾛｳ</NameKana>
<Sex1>1</Sex1><Birthdate>19600401</Birthdate><InsurerName>架空健康保険組合</InsurerName>
</ResultOfQualificationConfirmation></ResultList></MessageBody></XmlMsg>
"""
PEOPLE = {"TESTVALID": ("1", "試験　太郎"), "TESTINVALID": ("2", "試験　花子"), "TESTSUPERSEDED": ("3", "試験　次郎")}


class Failed(AssertionError):
    pass


def expect(condition, text):
    if not condition:
        raise Failed(text)


def inside_pcscd():
    """Starts this script again beside a private pcscd, unless that was done already."""
    if os.environ.get("MDG_E2E_INSIDE") == "1":
        return
    os.environ["MDG_E2E_INSIDE"] = "1"
    os.environ["WITH_PCSCD_TAP"] = "1"
    os.execv(os.environ["MDG_WITH_PCSCD"], [os.environ["MDG_WITH_PCSCD"], sys.executable, *sys.argv])


def kill_pcscd():
    pid = int(pathlib.Path(os.environ["WITH_PCSCD_PID"]).read_text())
    os.kill(pid, signal.SIGKILL)
    while True:  # its child processes are ours to wait for in this namespace
        try:
            os.kill(pid, 0)
            stat = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            if stat == "Z":
                return
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.01)


def start_pcscd():
    subprocess.run([os.environ["WITH_PCSCD_START"]], check=True, timeout=20, stdout=subprocess.DEVNULL)


class Run:
    """One ended command."""

    def __init__(self, code, out, err, seconds):
        self.code, self.out, self.err, self.seconds = code, out, err, seconds
        try:
            self.json = json.loads(out)
        except ValueError:
            self.json = None

    def expect(self, code, verdict=None):
        expect(self.code == code, f"exit {self.code}, not {code}: {self.err[-400:]}{self.out[-400:]}")
        expect(self.json is not None, f"standard output is not one JSON object: {self.out[:200]!r}")
        if verdict:
            expect(self.json.get("verdict") == verdict, f"verdict {self.json.get('verdict')}, not {verdict}")
        if code not in (0, 10):
            error = self.json.get("error", {})
            expect(error.get("title") and error.get("code"), f"no words for exit {code}: {self.out}")
        return self


class Card:
    """The virtual card, while it lies on the reader; its log."""

    def __init__(self, rig, cn, options, card_dir=None):
        pcsc_wait.wait_for(pcsc_wait.EMPTY)  # the card before is gone for pcscd, too
        self.log = rig.folder / f"card-{time.monotonic_ns()}.log"
        self.process = subprocess.Popen(
            [rig.virtual_card, "--card", str(card_dir or rig.folder / "cards"), "--cn", cn, "--vpcd", os.environ["WITH_PCSCD_VPCD"],
             "--pin", PIN, "--forget-tries", "--log", str(self.log), *options], env=rig.env, stderr=subprocess.DEVNULL)

    def pull(self):
        self.process.terminate()
        self.process.wait(timeout=10)

    def rows(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []


def commands(rows):
    return [r for r in rows if "c" in r]


def verifies(rows):
    """VERIFY commands that carried a PIN (its digits are masked in the log)."""
    return [r for r in commands(rows) if r["c"].startswith("0020") and len(r["c"]) > 10]


def closed_well(rows):
    """The session ended with another application selected and the power off."""
    sent = commands(rows)
    expect(sent and sent[-1]["c"].lower().startswith("00a404") and "d392f000260100000001" not in sent[-1]["c"].lower(),
           "the session did not end with another application selected")
    expect(rows[-1].get("control") == "off", "the card was not powered off after the session")


class Rig:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.cli = os.environ["MDG_CLI"]
        self.service_program = os.environ["MDG_SERVICE"]
        self.virtual_card = os.environ["MDG_VIRTUAL_CARD"]
        self.env = dict(os.environ)
        for name in ("data", "config", "state", "cache", "run"):
            (self.folder / name).mkdir(mode=0o700)
        self.env.update({"XDG_DATA_HOME": str(self.folder / "data"), "XDG_CONFIG_HOME": str(self.folder / "config"),
                         "XDG_STATE_HOME": str(self.folder / "state"), "XDG_CACHE_HOME": str(self.folder / "cache"),
                         "XDG_RUNTIME_DIR": str(self.folder / "run"), "HOME": str(self.folder),
                         "LC_ALL": "C.UTF-8", "DBUS_SESSION_BUS_ADDRESS": "disabled:"})
        self.children = []
        self.access = None

    # -- the service --------------------------------------------------------
    def make_cards(self, *names, expired=()):
        """Makes the keys and certificates of cards, without a reader."""
        for cn in (*names, *expired):
            options = ["--expired"] if cn in expired else []
            where = self.folder / ("cards-expired" if cn in expired else "cards")
            # It makes them before it looks for the reader, and there is none at that port.
            subprocess.run([self.virtual_card, "--card", str(where), "--cn", cn, "--vpcd", "127.0.0.1:1", *options],
                           env=self.env, check=False, capture_output=True)
            expect((where / "ca.pem").exists(), f"no card was made for {cn}")

    def start_service(self, *faults, name="service", card_cas=("cards",), port=None):
        people = self.folder / "people"
        people.mkdir(exist_ok=True)
        for cn, (validity, person) in PEOPLE.items():
            (people / f"{cn}.xml").write_text(PERSON.format(validity=validity, name=person), encoding="utf-8")
        command = [self.service_program, "--state", str(self.folder / name), "--people", str(people)]
        for ca in card_cas:
            command += ["--card-ca", str(self.folder / ca / "ca.pem")]
        if port is not None:
            command += ["--port", port]
        for fault in faults:
            command += ["--fault", fault]
        with open(self.folder / f"{name}.err", "ab") as err:
            process = subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE, stderr=err, text=True)
        self.children.append(process)
        text = ""
        while True:
            line = process.stdout.readline()
            expect(line, "the practice service ended before it listened")
            text += line
            if text.count("{") and text.count("{") == text.count("}"):
                break
        self.access = json.loads(text)
        return process

    def restart_service(self, *faults, **more):
        """The same state on the same port, with other faults; an activation code that was not used yet is told."""
        port = self.access["url"].rstrip("/").rsplit(":", 1)[1]
        self.stop(self.children[-1])
        return self.start_service(*faults, port=port, **more)

    def stop(self, process):
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()
        self.children.remove(process)

    # -- the command line ---------------------------------------------------
    def run(self, *arguments, stdin=None, timeout=60, env=None):
        started = time.monotonic()
        done = subprocess.run([self.cli, *arguments], env={**self.env, **(env or {})}, input=stdin, capture_output=True,
                              text=True, timeout=timeout)
        run = Run(done.returncode, done.stdout, done.stderr, time.monotonic() - started)
        with open(self.folder / "printed.log", "a", encoding="utf-8") as log:
            log.write(done.stdout + done.stderr)
        expect(run.code >= 0, f"{arguments[:1]} crashed with {run.code}: {run.err[-400:]}")
        return run

    def activate(self, *options, **changed):
        a = {**self.access, **changed}
        return self.run("activate", "--service", a["url"], "--ca", a["ca_file"], "--institution", a["institution_code"],
                        "--user", a["user_id"], "--code", a["activation_code"], "--json", *options,
                        stdin=a["password"] + "\n")

    def check(self, *arguments, cn="TESTVALID", options=(), pin=PIN, card_dir=None, wait="10", **more):
        """A card is put on the reader behind pcscd, checked, and pulled: (run, the card's log)."""
        card = Card(self, cn, options, card_dir)
        try:
            words = ["check", "--json", "--wait", wait, *arguments]
            if "--visual" not in arguments:
                words.insert(1, "--pin-stdin")
            run = self.run(*words, stdin=None if "--visual" in arguments else pin + "\n", **more)
        finally:
            card.pull()
        rows = card.rows()
        expect(len(verifies(rows)) <= 1, f"{len(verifies(rows))} VERIFY commands for one PIN")
        return run, rows


@contextlib.contextmanager
def rig():
    with tempfile.TemporaryDirectory(prefix="mdg-e2e-") as folder:
        made = Rig(folder)
        try:
            yield made
        finally:
            for process in list(made.children):
                process.kill()
                process.wait()


def main(scenarios, set_up=None):
    """Runs named scenarios in one rig and prints TAP."""
    print(f"1..{len(scenarios)}", flush=True)
    failed = 0
    with rig() as made:
        if set_up is not None:
            set_up(made)
        for number, (name, scenario) in enumerate(scenarios.items(), 1):
            try:
                scenario(made)
                print(f"ok {number} {name}", flush=True)
            except (Failed, KeyError, IndexError, TypeError, subprocess.SubprocessError) as problem:
                failed += 1
                print(f"not ok {number} {name}", flush=True)
                print("# " + f"{type(problem).__name__}: {problem}".replace("\n", "\n# "), flush=True)
    sys.exit(1 if failed else 0)
