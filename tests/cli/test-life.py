#!/usr/bin/env python3
"""A terminal's life by command: activated twice, renewed, given up, unknown to its service; practice beside it and
never mixed with it; what a list of processes and a diagnosis tell. No reader is needed."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
import rig
from rig import expect

PEOPLE = {  # of data/practice/people, by what an insurance card says
    "valid": ["--insurer", "06999999", "--symbol", "12-34", "--number", "1000001", "--branch", "00", "--birth", "19800115"],
    "invalid": ["--insurer", "01999994", "--symbol", "21700025", "--number", "1000025", "--branch", "00", "--birth", "19870425"],
    "superseded": ["--insurer", "01999994", "--symbol", "21700028", "--number", "1000028", "--branch", "00", "--birth",
                   "19950828"],
    "unregistered": ["--insurer", "12999991", "--number", "9900022", "--birth", "19661122"],
    "several": ["--insurer", "01999994", "--symbol", "21700044", "--number", "1000044", "--birth", "20100319"],
    "none": ["--insurer", "01999994", "--symbol", "21700044", "--number", "9999999", "--birth", "20100319"],
}


def set_up(r):
    r.start_service(card_cas=())


def code(r):
    """An activation code that was not used yet."""
    r.restart_service(card_cas=())


def activate_twice(r):
    r.activate().expect(0)
    first = r.run("status", "--json").expect(0).json
    code(r)
    run = r.activate()
    run.expect(2)
    expect("deactivate" in run.json["error"]["title"], "not told what to do")
    expect(r.run("status", "--json").json["terminal_id"] == first["terminal_id"], "the first one was touched")
    r.activate("--replace").expect(0)
    second = r.run("status", "--json").expect(0).json
    expect(second["terminal_id"] != first["terminal_id"], "it was not replaced")
    expect(1000 < second["days_left"] < 1100 and second["renew_soon"] is False, f"days left: {second['days_left']}")
    words = r.run("status", env={"LANGUAGE": "ja"})
    days = (second["days_left"], second["days_left"] - 1)  # a second later it may be one less
    expect(any(f"あと{n}日" in words.out for n in days) and "練習" in words.out, f"status says {words.out!r}")


def renewed(r):
    before = r.run("status", "--json").expect(0).json
    time.sleep(1.1)  # the end of a certificate is told in seconds
    r.run("renew", "--json").expect(0)
    after = r.run("status", "--json").expect(0).json
    expect(before["terminal_id"] == after["terminal_id"] and before["not_after"] < after["not_after"], "not renewed")


def searched(r):
    for verdict, words in PEOPLE.items():
        run = r.run("search", "--json", *words).expect(0 if verdict == "valid" else 10, verdict)
        expect(run.json["practice"] is True, "practice is not said")
        shown = r.run("search", *words, env={"LANGUAGE": "ja"})
        first = shown.out.splitlines()[0]
        expect(first.startswith("資格有効性: ") and "練習" in first, f"{verdict}: the first line is {first!r}")
        expect(verdict == "valid" or "\n→ " in shown.out, f"{verdict}: no next step")
        expect("無保険" not in shown.out and "未加入" not in shown.out, f"{verdict}: somebody is called uninsured")
        expect(all(line == line.rstrip() for line in shown.out.splitlines()), f"{verdict}: a space hangs over")


def searched_in_other_widths(r):
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    plain = PEOPLE["valid"]
    variants = [[w if w.startswith("--") else w.translate(wide) for w in plain]]
    for birth in ("1980-01-15", "1980/1/15", "1980年1月15日", "昭和55年1月15日", "昭和５５年１月１５日", "S55.1.15", "s55/01/15"):
        variants.append([*plain[:-1], birth])
    for words in variants:
        for env in ({}, {"LC_ALL": "C", "LANG": "", "LANGUAGE": ""}):
            r.run("search", "--json", *words, env=env).expect(0, "valid")
    era = [["--insurer", "06999999", "--symbol", "12-39", "--number", "1000035", "--branch", "00", "--birth", "平成元年3月1日"],
           ["--insurer", "06999999", "--symbol", "12-40", "--number", "1000036", "--branch", "02", "--birth", "令和元年6月15日"],
           ["--insurer", "06999999", "--symbol", "12-40", "--number", "1000036", "--branch", "02", "--birth", "R1.6.15"],
           ["--insurer", "999995", "--symbol", "架空12-3", "--number", "00300004", "--branch", "01", "--birth", "19691224"]]
    for words in era:
        r.run("search", "--json", *words).expect(0, "valid")


def code_is_overwritten(r):
    """The list of processes shows the activation code for the first moments only, the password never."""
    r.run("deactivate", "--json").expect(0)
    r.restart_service("latency-ms=2500", "only=activation", card_cas=())
    a = r.access
    for form in ("--code ", "--code="):
        option = (form + a["activation_code"]).split()
        process = subprocess.Popen([r.cli, "activate", "--json", "--service", a["url"], "--ca", a["ca_file"], "--institution",
                                    a["institution_code"], "--user", a["user_id"], *option], env=r.env, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        process.stdin.write(a["password"] + "\n")
        process.stdin.close()
        process.stdin = None
        started, gone = time.monotonic(), None
        while process.poll() is None and time.monotonic() < started + 20:
            line = pathlib.Path(f"/proc/{process.pid}/cmdline").read_bytes()
            expect(a["password"].encode() not in line, "the password is in the list of processes")
            there = a["activation_code"].encode() in line
            expect(gone is None or not there, "the code came back")
            if gone is None and line and not there and b"activate" in line:
                gone = time.monotonic() - started
                limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
                core = next(line for line in limits.splitlines() if line.startswith("Max core"))
                expect(core.split()[4:6] == ["0", "0"], f"a core of it may be written: {core}")
            time.sleep(0.01)
        out, err = process.communicate(timeout=20)
        expect(gone is not None and gone < 1.5, f"the code was there for {gone} s")
        expect(process.returncode == 0, f"{form}: exit {process.returncode}: {err}")
        expect(a["activation_code"] not in out + err, "the code was printed")
        r.run("deactivate", "--json").expect(0)
        r.restart_service("latency-ms=2500", "only=activation", card_cas=())
        a = r.access
    r.restart_service(card_cas=())
    a = r.access
    run = r.run("activate", "--json", "--service", a["url"], "--ca", a["ca_file"], "--institution", a["institution_code"],
                "--user", a["user_id"], "--code", "-", stdin=a["password"] + "\r\n" + a["activation_code"] + "\r\n")
    run.expect(0)


def password_not_kept(r):
    r.run("deactivate", "--json").expect(0)
    code(r)
    r.activate("--no-keep").expect(0)
    for words in (["search", *PEOPLE["valid"]], ["renew"], ["deactivate"]):
        run = r.run(*words, "--json").expect(8)
        expect(run.json["error"]["code"] == "S-12" and "--password-fd" in run.json["error"]["hint"], f"{run.json}")
        read, write = os.pipe()
        os.write(write, (r.access["password"] + "\n").encode())
        os.close(write)
        done = subprocess.run([r.cli, *words, "--json", "--password-fd", str(read)], env=r.env, capture_output=True, text=True,
                              pass_fds=[read], timeout=30)
        os.close(read)
        expect(done.returncode == 0 and json.loads(done.stdout), f"{words[0]}: exit {done.returncode}: {done.stderr}")
    r.run("status", "--json").expect(9)


def unknown_to_the_service(r):
    """The service was set up anew, or forgot the terminal: told so, and the way out works."""
    code(r)
    r.activate().expect(0)
    r.stop(r.children[-1])
    (r.folder / "service" / "state.db").unlink()
    port = r.access["url"].rstrip("/").rsplit(":", 1)[1]
    r.start_service(card_cas=(), port=port)
    run = r.run("deactivate", "--json")
    expect(run.code == 9 and "--local" in run.json["error"]["hint"], f"exit {run.code}: {run.json}")
    r.run("status", "--json").expect(0)
    r.run("search", "--json", *PEOPLE["valid"]).expect(9)
    r.restart_service(card_cas=(), name="service-anew")  # another CA on the same port
    run = r.run("deactivate", "--json")
    expect(run.code == 7 and "--local" in run.json["error"]["hint"], f"exit {run.code}: {run.json}")
    run = r.run("deactivate", "--local", "--json").expect(0)
    expect(run.json["service_told"] is False, "the service was not told")
    r.run("status", "--json").expect(9)
    r.activate().expect(0)
    r.stop(r.children[-1])
    run = r.run("deactivate", "--json").expect(7)
    expect("hint" not in run.json["error"], "a service that is down is no reason to forget")
    run = r.run("status", "--json").expect(0)
    expect(run.json["service"]["reached"] is False and run.json["service"]["problem"]["title"], "not told why")


def practice_command(r):
    """It serves until it is told to end; another user of the PC activates against it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        process = subprocess.Popen([r.cli, "practice", "--json"], env=r.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True)
        text = ""
        while text.count("{") != text.count("}") or not text:
            line = process.stdout.readline()
            expect(line, "practice ended before it told how to reach it")
            text += line
        a = json.loads(text)
        expect(set(a) == {"practice", "url", "ca_file", "institution_code", "user_id", "password", "activation_code"}, f"{a}")
        expect(a["practice"] is True, "practice is not said")
        other = {}
        for name in ("DATA", "CONFIG", "STATE", "CACHE"):
            folder = r.folder / f"other-{int(number)}-{name}"
            folder.mkdir(mode=0o700)
            other[f"XDG_{name}_HOME"] = str(folder)
        r.run("activate", "--json", "--service", a["url"], "--ca", a["ca_file"], "--institution", a["institution_code"], "--user",
              a["user_id"], "--code", a["activation_code"], stdin=a["password"] + "\n", env=other).expect(0)
        r.run("search", "--json", *PEOPLE["valid"], env=other).expect(0, "valid")
        expect(r.run("status", "--json", env=other).expect(0).json["practice"] is True, "a practice service is called a real one")
        started = time.monotonic()
        process.send_signal(number)
        rest, _ = process.communicate(timeout=10)
        expect(process.returncode == 0 and rest == "", f"exit {process.returncode}, and {rest!r}")
        expect(time.monotonic() - started < 3, "it took its time to end")


def never_mixed(r):
    """Real and practice by turns: neither sees nor touches the other."""
    r.run("deactivate", "--local", "--json").expect(0)
    r.start_service(card_cas=(), name="service-real")
    r.activate().expect(0)
    real = r.folder / "data" / "madoguchi"
    terminal = r.run("status", "--json").expect(0).json["terminal_id"]

    def kept():
        return {str(p.relative_to(real)): p.read_bytes() for p in real.rglob("*")
                if p.is_file() and "practice" not in p.parts and not p.name.endswith(("-wal", "-shm", ".db"))}

    before = kept()
    expect(before, "nothing of the activation is in the folder")
    for _ in range(2):
        run = r.run("check", "--practice", "--json", "--visual").expect(0, "valid")
        practice = r.run("status", "--practice", "--json").expect(0).json
        expect(practice["terminal_id"] != terminal and practice["service_url"] != r.access["url"], "one terminal for both")
        r.run("search", "--json", *PEOPLE["valid"]).expect(0, "valid")
        r.run("deactivate", "--practice", "--json").expect(0)
        expect(r.run("status", "--json").expect(0).json["terminal_id"] == terminal, "practice took the real terminal away")
        expect(kept() == before, "practice changed a real file")
    r.run("deactivate", "--json").expect(0)
    r.run("check", "--practice", "--json", "--visual").expect(0, "valid")
    r.run("status", "--json").expect(9)


def diagnosis_is_nobodys(r):
    """A user's name in every path, a driver and a store that are broken: none of it in a diagnosis."""
    name = "yamada-renshu"
    home = r.folder / "home" / name
    plugins = home / "plugins"
    plugins.mkdir(parents=True)
    (plugins / "mdg-broken.so").write_bytes(b"no library")
    env = {"HOME": str(home), "USER": name, "LOGNAME": name, "MADOGUCHI_PLUGIN_PATH": str(plugins)}
    env.update({f"XDG_{k}_HOME": str(home / v) for k, v in (("DATA", "share"), ("CONFIG", "config"), ("STATE", "state"),
                                                             ("CACHE", "cache"))})
    for step in ("new", "damaged"):
        for words in (["--json"], []):
            run = r.run("diagnose", *words, env=env)
            expect(run.code == 0, f"{step}: exit {run.code}: {run.err}")
            expect(name not in run.out + run.err, f"{step}: a user's name in {(run.out + run.err)!r}")
            expect("P-0" in run.out, f"{step}: the broken driver is not told")
        for path in (home / "share").rglob("*.db"):
            path.write_bytes(b"no database" * 1000)


SCENARIOS = {
    "activate twice": activate_twice,
    "renew": renewed,
    "search, every verdict": searched,
    "search in other widths and eras": searched_in_other_widths,
    "the code is overwritten": code_is_overwritten,
    "a password that is not kept": password_not_kept,
    "unknown to the service": unknown_to_the_service,
    "the practice command": practice_command,
    "never mixed": never_mixed,
    "a diagnosis is nobody's": diagnosis_is_nobodys,
}

if __name__ == "__main__":
    rig.main(SCENARIOS, set_up)
