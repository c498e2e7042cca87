#!/usr/bin/env python3
"""Bad input: every field of activate, search and check refuses what is malformed with the field's name and the
reason, and nothing is stored half. No reader is needed."""
import rig
from rig import expect

GOOD = {"--service": "https://127.0.0.1:1/", "--institution": "1319999015", "--user": "W0000001", "--code": "123456789012"}
ACTIVATE = {
    "--service": ["http://127.0.0.1/", "ftp://x/", "no address", "https://", "https://user:word@host/", ""],
    "--institution": ["", "131999901", "13199990155", "131999901x", "一三一"],
    "--user": ["", "a b", "あ", "x" * 65],
    "--code": ["", "12345678901", "1234567890123", "12345678901a", "1234-5678"],
}
SEARCH_GOOD = {"--insurer": "06999999", "--number": "3456", "--birth": "19600401"}
SEARCH = {
    "--insurer": ["", "123", "0699999a", "069999999"],
    "--number": ["", "1" * 21, "3456\n7"],
    "--symbol": ["あ" * 21, "a\tb"],
    "--branch": ["123", "1a"],
    "--birth": ["", "19601301", "20990101", "18000101", "令和0年1月1日", "1960-02-30"],
    "--date": ["20260230", "x"],
}


def words(values):
    return [w for option, value in values.items() for w in (option, value)]


def refused(run, field):
    run.expect(2)
    expect(run.json["error"].get("field") == field, f"the field told is {run.json['error'].get('field')}, not {field}")
    expect(len(run.json["error"]["title"]) > 5, "no reason")


def activate_refuses(r):
    for field, values in ACTIVATE.items():
        for value in values:
            refused(r.run("activate", "--json", *words({**GOOD, field: value}), stdin="practice-word\n"), field)
    for password in ("", "short", "x" * 101, "x" * 600):
        r.run("activate", "--json", *words(GOOD), stdin=password + "\n").expect(2)
    bad = r.folder / "bad.pem"
    bad.write_text("not a certificate")
    for path in (bad, r.folder / "missing.pem", r.folder):
        refused(r.run("activate", "--json", "--ca", str(path), *words(GOOD), stdin="practice-word\n"), "--ca")
    r.run("status", "--json").expect(9)


def search_refuses(r):
    for field, values in SEARCH.items():
        for value in values:
            refused(r.run("search", "--json", *words({**SEARCH_GOOD, field: value})), field)
    r.run("search", "--json", *words(SEARCH_GOOD)).expect(9)


def check_refuses(r):
    refused(r.run("check", "--json", "--date", "20261301", "--pin-stdin", stdin="1234\n"), "--date")
    refused(r.run("check", "--json", "--wait", "-1", "--pin-stdin", stdin="1234\n"), "--wait")
    refused(r.run("check", "--json", "--visual", "--pin-stdin", stdin="1234\n"), "--visual")
    for pin in ("", "12", "12345", "abcd", "12 4", "１２３"):
        r.run("check", "--json", "--pin-stdin", stdin=pin + "\n").expect(2)
    r.run("check", "--json", "--unknown-option").expect(2)
    r.run("check", "--json", "word").expect(2)
    r.run("check", "--json", "--pin-stdin", stdin="1234\n").expect(9)


def full_width_is_accepted(r):
    r.start_service(card_cas=())
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    a = r.access
    code = a["activation_code"]
    hyphens = f"{code[:4]}-{code[4:8]}-{code[8:]}".translate(wide)
    r.activate("--no-keep", institution_code=a["institution_code"].translate(wide), activation_code=hyphens).expect(0)
    status = r.run("status", "--json").expect(0).json
    expect(status["institution_code"] == a["institution_code"], "the institution code was not folded")
    expect(status["login_kept"] is False, "the password was kept in spite of --no-keep")


def refused_activation_stores_nothing(r):
    r.run("deactivate", "--local", "--json").expect(0)
    run = r.activate(password="wrong-practice-word").expect(8)
    expect(run.json["error"]["service_code"] == "MDG-ACT-002", "the service's code is not told")
    run = r.activate(activation_code="000000000000").expect(8)
    expect(run.json["error"]["service_code"] == "MDG-ACT-003", "the service's code is not told")
    r.run("status", "--json").expect(9)
    r.activate(url="https://127.0.0.1:1/").expect(7)
    r.run("status", "--json").expect(9)
    r.restart_service(card_cas=())  # tells a code that was not used yet
    r.activate().expect(0)
    r.activate().expect(2)  # twice


def life_of_a_terminal(r):
    """renew, check the dates, deactivate, and the secrets are gone."""
    before = r.run("status", "--json").expect(0).json
    r.run("renew", "--json").expect(0)
    after = r.run("status", "--json").expect(0).json
    expect(before["terminal_id"] == after["terminal_id"], "a renewal changed the terminal")
    run = r.run("search", "--json", *words(SEARCH_GOOD), "--symbol", "12", "--branch", "01")
    expect(run.code in (0, 10), f"search ended with {run.code}: {run.err}")
    r.run("deactivate", "--json").expect(0)
    r.run("status", "--json").expect(9)
    kept = [p.name for p in (r.folder / "data").rglob("*") if "key" in p.name or "password" in p.name]
    expect(not kept, f"left behind: {kept}")


SCENARIOS = {
    "activate refuses": activate_refuses,
    "search refuses": search_refuses,
    "check refuses": check_refuses,
    "full-width digits and hyphens are accepted": full_width_is_accepted,
    "a refused activation stores nothing": refused_activation_stores_nothing,
    "the life of a terminal": life_of_a_terminal,
}

if __name__ == "__main__":
    rig.main(SCENARIOS)
