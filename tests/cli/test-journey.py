#!/usr/bin/env python3
"""The preparation by the command line: the map, the forms, lists, receipts, papers, one file for another PC. Invented
data; no reader, no service."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
import rig
from rig import expect

JAPANESE = {"LANGUAGE": "ja"}
PASSWORD = "Kakuu2026ab"
STEPS = ["select", "purchase", "apply", "activate", "reception", "practise", "start", "documents", "grant"]
APPLICATION = {"begin": "1", "person": "窓口　花子", "code": "１３１９９９９０１５", "name": "架空診療所", "founder": "架空　一郎",
               "phone": "03-0000-0000", "mail": "office@example.jp", "account": "０１２３", "staff": "3人", "devices": "1"}


def journey(r, *words, code=0, stdin=None, json_too=True, env=None):
    run = r.run("journey", *words, *(["--json"] if json_too else []), stdin=stdin, env=env)
    expect(run.code == code, f"{words}: exit {run.code}, not {code}: {run.err[-300:]}")
    if json_too:
        expect(isinstance(run.json, dict) and "practice" in run.json, f"{words}: not one object: {run.out[:200]!r}")
        if code:
            expect(run.json["error"]["title"], f"{words}: no words")
    return run


def steps(r, *more):
    status = journey(r, "status", *more).json
    return {step["id"]: step for step in status["steps"]}, status


def the_map(r):
    found, status = steps(r)
    expect(list(found) == STEPS and status["done"] == 0 and status["of"] == 9, f"{list(found)}")
    expect(status["next"] == "select" and status["health"] == "whole" and status["missing"] == [], f"{status}")
    expect(not found["grant"]["allowed"] and found["grant"]["why"], "the grant could be applied for at once")
    expect(not found["activate"]["allowed"] and found["reception"]["brief"] == "0 / 7", f"{found['reception']}")
    words = r.run("journey", "status", env=JAPANESE).out
    for line in ("1 端末等の選定・購入", "2 導入・運用準備", "3 補助金申請（導入完了後）", "端末等の選定", "必要書類の準備（領収書等）"):
        expect(line in words, f"no “{line}” in {words}")


def the_steps(r):
    journey(r, "step", "activate", "done", code=2)
    run = journey(r, "step", "grant", "done", code=2, json_too=False, env=JAPANESE)
    expect("導入完了後" in run.err, f"it does not say why: {run.err!r}")
    run = journey(r, "step", "apply", "waiting", "--date", "令和8年11月6日", "--who", "窓口　花子", "--note", "簡易書留")
    expect(run.json["step"]["state"] == "waiting" and run.json["step"]["date"] == "20261106", f"{run.json}")
    found, _ = steps(r)
    expect(found["apply"]["who"] == "窓口　花子" and found["apply"]["note"] == "簡易書留", f"{found['apply']}")
    expect(found["activate"]["allowed"], "the letter may have come")
    journey(r, "step", "select", "skip")
    journey(r, "step", "select", "open")
    for words in (["select", "waiting"], ["nothing", "done"], ["select", "finished"], ["select"], ["select", "done", "more"],
                  ["select", "done", "--date", "20260230"], ["select", "done", "--note", "\x1b[2J"],
                  ["select", "done", "--who", "x" * 10000]):
        journey(r, "step", *words, code=2)
    expect(steps(r)[0]["select"]["state"] == "open", "a mistake changed something")


def the_forms(r):
    run = journey(r, "form", "application", "--output", str(r.folder / "early.pdf"), code=2)
    expect(not (r.folder / "early.pdf").exists(), "a paper of an empty form")
    for field, text in APPLICATION.items():
        run = journey(r, "value", "apply", field, text)
        expect(run.json["state"] in ("ok", "unneeded"), f"{field}: {run.json}")
    form = journey(r, "value", "apply").json
    values = {f["id"]: f for f in form["fields"]}
    expect(form["complete"] and values["code"]["normal"] == "1319999015" and values["account"]["normal"] == "0123", f"{form}")
    expect("注1" in journey(r, "value", "apply", env=JAPANESE).out, "no notes")
    run = journey(r, "value", "apply", "code", "1312345678")
    expect(run.json["state"] == "warn", "a check digit is a warning")
    journey(r, "value", "apply", "code", APPLICATION["code"])
    for field, text in (("mail", "nobody"), ("account", "12345"), ("devices", "0"), ("end-date", "20270331"), ("name", "x\x01"),
                        ("name", "字" * 10000), ("date", "20261301")):
        journey(r, "value", "apply", field, text, code=2)
    expect(journey(r, "value", "apply").json["complete"], "a refused text was kept")
    for words in (["nothing"], ["apply", "nothing", "x"], ["apply", "name"], ["apply", "password", PASSWORD], ["select", "tested", "x"]):
        journey(r, "value", *words, code=2)
    grant = {f["id"]: f for f in journey(r, "value", "grant").json["fields"]}
    expect(grant["name"]["value"] == "架空診療所", "the grant's form does not know the facility")
    journey(r, "value", "apply", "name", "")
    expect(not journey(r, "value", "apply").json["complete"], "an emptied field is needed still")
    journey(r, "value", "apply", "name", APPLICATION["name"])


def text_of(path):
    tool = shutil.which("pdftotext")
    return subprocess.run([tool, path, "-"], capture_output=True, text=True, check=True).stdout if tool else None


def the_papers(r):
    paper = r.folder / "application.pdf"
    for secret in ("", "short\n", "with space 1\n", "x" * 101 + "\n", "パスワード12345\n"):
        journey(r, "form", "application", "--output", str(paper), code=2, stdin=secret)
        expect(not paper.exists(), "a paper with a wrong password")
    run = journey(r, "form", "application", "--output", str(paper), stdin=PASSWORD + "\n")
    expect(run.json["pages"] == 1, f"{run.json}")
    text = text_of(paper)
    if text is not None:
        for word in ("1319999015"[3:], "架空診療所", "office@example.jp", PASSWORD):
            expect(word in text.replace(" ", "").replace("\n", "") or word in text, f"no {word} on the paper")
    read, write = os.pipe()
    os.write(write, (PASSWORD + "\n").encode())
    os.close(write)
    os.set_inheritable(read, True)
    done = subprocess.run([r.cli, "journey", "form", "application", "--output", str(paper), "--password-fd", str(read)], env=r.env,
                          pass_fds=[read], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    os.close(read)
    expect(done.returncode == 0, f"{done.stderr}")
    journey(r, "value", "apply", "register", "1")  # 注1: with 1 and 2 together no password is needed
    journey(r, "form", "application", "--output", str(paper), stdin="")
    text = text_of(paper)
    expect(text is None or PASSWORD not in text, "a password on a paper that needs none")
    journey(r, "value", "apply", "register", "")
    for words in (["label"], ["label", "--step", "grant"], ["poster"], ["packet"]):
        run = journey(r, "form", *words, "--output", str(r.folder / "paper.pdf"))
        expect((r.folder / "paper.pdf").read_bytes().startswith(b"%PDF"), "no PDF")
    expect("!" in journey(r, "form", "packet", "--output", str(r.folder / "paper.pdf")).err, "an empty packet is good")
    for words in (["nothing", "--output", "x.pdf"], ["poster"], ["label", "--step", "select", "--output", "x.pdf"],
                  ["receipts", "--output", str(r.folder / "x.pdf")], ["poster", "--output", str(r.folder / "no" / "x.pdf")]):
        journey(r, "form", *words, code=2)


def the_password_is_nowhere(r):
    for path in (r.folder / "data").rglob("*"):
        if path.is_file():
            expect(PASSWORD.encode() not in path.read_bytes(), f"the password is in {path}")
    expect(PASSWORD not in (r.folder / "printed.log").read_text(encoding="utf-8"), "the password was printed")


def the_lists(r):
    entries = journey(r, "list", "reception").json["entries"]
    expect(len(entries) == 7 and not any(e["done"] for e in entries), f"{entries}")
    run = journey(r, "done", str(entries[0]["id"]), "--who", "窓口　花子", "--date", "20261120")
    expect(run.json["done"] and run.json["date"] == "20261120" and run.json["who"] == "窓口　花子", f"{run.json}")
    expect(steps(r)[0]["reception"]["brief"] == "1 / 7", "not counted")
    run = journey(r, "done", str(entries[0]["id"]), "--not")
    expect(not run.json["done"] and run.json["date"] == "", f"{run.json}")
    new = journey(r, "add", "practise", "暗証番号での受付", "--who", "窓口　次郎").json
    journey(r, "done", str(new["id"]))
    journey(r, "remove", str(entries[6]["id"]))
    expect(steps(r)[0]["reception"]["brief"] == "0 / 6", "not taken away")
    for words in (["list", "nothing"], ["list"], ["add", "reception"], ["add", "nothing", "x"], ["add", "reception", "　"],
                  ["add", "reception", "x" * 10000], ["done", "99999"], ["done", "-1"], ["done", "x"], ["remove", "99999"],
                  ["remove", str(entries[6]["id"])]):
        journey(r, *words, code=2)


def the_receipts(r):
    receipt = r.folder / "領収書.pdf"
    shutil.copy(r.folder / "application.pdf", receipt)
    run = journey(r, "receipt", "add", str(receipt), "--vendor", "架空電器", "--date", "令和7年12月20日", "--item",
                  "リーダー:USB:1:3,980円:reader", "--item", "ケーブル:2:250:other")
    expect(run.json["file"] == "領収書.pdf" and run.json["total"] == 4480 and run.json["date"] == "20251220", f"{run.json}")
    expect(run.json["items"][0]["name"] == "リーダー:USB", f"{run.json['items']}")
    number = str(run.json["id"])
    journey(r, "receipt", "add", str(receipt), code=2)  # again
    run = journey(r, "receipt", "list").json
    expect(run["total"] == 4480 and run["supported"] == 3980 and len(run["receipts"]) == 1, f"{run}")
    amounts = journey(r, "subsidy").json
    expect((amounts["total"], amounts["three_quarters"], amounts["cap"], amounts["grant"]) == (3980, 2985, 31000, 2000), f"{amounts}")
    expect(journey(r, "subsidy", "４１，３３３円").json["grant"] == 30000, "three quarters of 41,333 yen")
    expect(journey(r, "subsidy", "200000").json["grant"] == 31000, "the upper limit")
    bad = r.folder / "bad.pdf"
    for content in (b"", b"%PDF", b"\x89PNG\r\n\x1a\n", b"hello", b"\0" * (20 * 1024 * 1024 + 1)):
        bad.write_bytes(content)
        journey(r, "receipt", "add", str(bad), code=1)
    journey(r, "receipt", "add", str(r.folder / "none.pdf"), code=1)
    for words in (["set", number, "--item", "x:0:1:reader"], ["set", number, "--item", "x:1:1:spaceship"], ["set", number, "--item", "x"],
                  ["set", number, "--date", "20260230"], ["set", "9999"], ["delete", "9999"], ["set"], ["list", "x"], ["nothing"],
                  ["add", str(bad), "--item", "x"]):
        journey(r, "receipt", *words, code=2)
    expect(journey(r, "receipt", "list").json == run, "a mistake changed something")
    for words in (["x"], ["-5"], ["1", "2"], ["99999999999999999999"]):
        journey(r, "subsidy", *words, code=2)
    run = journey(r, "form", "packet", "--output", str(r.folder / "packet.pdf"))
    expect(run.json["pages"] >= 5, f"{run.json}")
    journey(r, "form", "receipts", "--output", str(r.folder / "receipts.pdf"))
    given_up(r)


def given_up(r):
    """Ctrl-C while the copies are drawn: the packet of before stays, and no half of one takes its place."""
    programs, packet = r.folder / "programs", r.folder / "packet.pdf"
    before = packet.read_bytes()
    programs.mkdir()
    slow = programs / "pdftocairo"
    slow.write_text("#!/bin/sh\nkill -INT $PPID\nexec tail -f /dev/null\n")
    slow.chmod(0o700)
    journey(r, "form", "packet", "--output", str(packet), code=130, json_too=False, env={"PATH": f"{programs}:{os.environ['PATH']}"})
    expect(packet.read_bytes() == before, "a packet without its copies")


def one_file(r):
    file = r.folder / "out.mdg"
    journey(r, "export", str(file))
    before = journey(r, "receipt", "list").json
    journey(r, "receipt", "delete", str(before["receipts"][0]["id"]))
    journey(r, "step", "select", "done")
    journey(r, "import", str(r.folder / "application.pdf"), code=2)
    expect(steps(r)[0]["select"]["state"] == "done", "a file that is none changed something")
    journey(r, "import", str(file))
    after = journey(r, "receipt", "list").json
    expect([x["sha256"] for x in after["receipts"]] == [x["sha256"] for x in before["receipts"]], f"{after}")
    expect(steps(r)[0]["select"]["state"] == "open", "not what was written")
    expect(steps(r, "--practice")[1]["done"] == 0, "practice has the facility's journey")
    journey(r, "import", str(file), "--practice")
    expect(steps(r, "--practice")[0]["apply"]["state"] == "waiting", "not in the practice journey")
    expect("練習" in r.run("journey", "status", "--practice", env=JAPANESE).out, "no 練習")


def the_facts(r):
    contact = journey(r, "contact").json
    expect(contact["number"] == "0800-080-4583" and contact["words"] and contact["opens"], f"{contact}")
    expect("8:00" in journey(r, "contact", json_too=False, env=JAPANESE).out, "no hours")
    found = journey(r, "readers", "RC-S300").json["readers"]
    expect(found and all("S300" in reader["model"] for reader in found), f"{found}")
    expect(len(journey(r, "readers").json["readers"]) > len(found), "not all of them")
    expect(journey(r, "readers", "no such reader at all").json["readers"] == [], "found what there is not")


def the_words(r):
    for words in ([], ["nothing"], ["--json"], ["status", "word"], ["status", "--profile", "nobody"], ["status", "--nonsense"],
                  ["status", "--practice", "--profile", "default"], [""], ["contact", "x"], ["export"], ["import"]):
        run = r.run("journey", *words)
        expect(run.code == 2 and run.err.strip() and run.out in ("", run.out if "--json" in words else ""), f"{words}: {run.code}")
    journey(r, "status", "--profile", "default")
    for name in ("status", "step", "value", "list", "add", "done", "remove", "receipt", "form", "subsidy", "contact", "readers", "export",
                 "import"):
        for env in ({}, JAPANESE):
            run = r.run("journey", name, "--help", env=env)
            expect(run.code == 0 and f"madoguchi-cli journey {name}" in run.out and "--profile" in run.out, f"{name}: {run.out[:80]!r}")
        expect(any("\u3040" <= c <= "\u30ff" for c in run.out), f"{name}: not Japanese")
    for word in ("\udcff", "\udce3\udc81"):
        run = r.run("journey", "list", word, "--json")
        expect(run.code == 2 and json.loads(run.out), "bytes that are no text")


SCENARIOS = {
    "map": the_map,
    "steps": the_steps,
    "forms": the_forms,
    "papers": the_papers,
    "lists": the_lists,
    "receipts": the_receipts,
    "one file": one_file,
    "facts": the_facts,
    "words": the_words,
    "password": the_password_is_nowhere,
}

if __name__ == "__main__":
    rig.main(SCENARIOS)
