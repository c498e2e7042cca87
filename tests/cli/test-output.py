#!/usr/bin/env python3
"""What another program reads: exactly one JSON object of a known form for every command and every outcome, in
UTF-8, whatever the locale, the log level or the mistake. All in practice mode or without any reader."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
import rig
from rig import expect

PIN = "1234"
TEXT, YES_NO, NUMBER, COUNT, LIST, ANY = str, bool, (int, float), int, list, object
NULL = type(None)

PROBLEM = {"code": TEXT, "title": TEXT, "cause": TEXT, "advice": TEXT, "tries_left?": COUNT, "service_code?": TEXT,
           "service_message?": TEXT, "retry_after?": COUNT, "field?": TEXT, "hint?": TEXT}
ERROR = {"error": PROBLEM, "practice": YES_NO}
USAGE = {"error": {"code": TEXT, "title": TEXT, "field?": TEXT}, "practice": YES_NO}
CERTIFICATE = {"kind": TEXT, "not_before": TEXT, "not_after": TEXT, "expired": YES_NO}
READER = {"id": TEXT, "name": TEXT, "driver": TEXT, "card": YES_NO, "extended_apdu": TEXT, "pin_pad": YES_NO,
          "contactless": YES_NO, "virtual": YES_NO, "atr?": TEXT, "problem?": PROBLEM}
SERVICE = {"reached": YES_NO, "service?": TEXT, "version?": TEXT, "clock_offset_ms?": COUNT, "maintenance?": (TEXT, NULL),
           "problem?": PROBLEM}
SCHEMAS = {
    "plugins": {"plugins": [{"id": TEXT, "name": (TEXT, NULL), "state": TEXT, "builtin": YES_NO, "problem?": PROBLEM,
                             "detail?": TEXT}], "practice": YES_NO},
    "readers": {"readers": [READER], "practice": YES_NO},
    "card": {"reader": TEXT, "card": TEXT, "phone": YES_NO, "tries_left": COUNT, "pin_blocked": YES_NO, "extended_apdu": TEXT,
             "apdus": COUNT, "certificate": CERTIFICATE, "practice": YES_NO},
    "status": {"activated": YES_NO, "practice": YES_NO, "service_url": TEXT, "institution_code": TEXT,
               "institution_name": (TEXT, NULL), "user_id": TEXT, "terminal_id": TEXT, "not_after": TEXT, "days_left": COUNT,
               "renew_soon": YES_NO, "terminal_count": COUNT, "terminal_limit": COUNT, "login_kept": YES_NO,
               "secret_store": TEXT, "service": SERVICE},
    "renew": {"renewed": YES_NO, "terminal_id": TEXT, "not_after": TEXT, "practice": YES_NO},
    "deactivate": {"deactivated": YES_NO, "service_told": YES_NO, "practice": YES_NO},
    "activate": {"activated": YES_NO, "institution_code": TEXT, "institution_name": (TEXT, NULL), "terminal_id": TEXT,
                 "not_after": TEXT, "terminal_count": COUNT, "terminal_limit": COUNT, "secret_store": TEXT,
                 "login_kept": YES_NO, "practice": YES_NO},
    "check": {"verdict": TEXT, "practice": YES_NO, "method": TEXT, "confirmed": [TEXT], "not_confirmed": [TEXT],
              "reader": TEXT, "asked_at": TEXT,
              "exchange": {"apdus": COUNT, "bytes_sent": COUNT, "bytes_received": COUNT},
              "timing_ms": {"read": NUMBER, "verify": NUMBER, "sign": NUMBER, "ask": NUMBER, "total": NUMBER},
              "answer": {"XmlMsg": ANY}},
    "search": {"verdict": TEXT, "practice": YES_NO, "answer": {"XmlMsg": ANY}},
    "diagnose": {"time": TEXT, "practice": YES_NO,
                 "program": {"version": TEXT, "system": (TEXT, NULL), "locale": TEXT, "glib": TEXT, "libsoup": TEXT,
                             "openssl": TEXT, "sqlite": TEXT, "tls": YES_NO},
                 "drivers": [{"id": TEXT, "state": TEXT, "problem?": PROBLEM}],
                 "readers": [{"name": TEXT, "driver": TEXT, "card": YES_NO, "extended_apdu": TEXT, "problem?": PROBLEM}],
                 "store": {"good": YES_NO, "schema?": COUNT, "problem?": PROBLEM}, "secret_store": TEXT,
                 "activation": {"activated": YES_NO, "institution_code?": TEXT, "terminal_id?": TEXT, "not_after?": TEXT,
                                "service?": SERVICE}},
    "practice": {"people": [{"name": TEXT, "about": (TEXT, NULL)}], "practice": YES_NO},
}
LOUD = {"G_MESSAGES_DEBUG": "all"}
BARE = {"LC_ALL": "C", "LANGUAGE": "", "LANG": ""}
JAPANESE = {"LANGUAGE": "ja"}


def fits(value, schema, where):
    """Every key is known and of its type; a key with ? may be missing."""
    if isinstance(schema, dict):
        expect(isinstance(value, dict), f"{where} is no object: {value!r}")
        for key, kind in schema.items():
            name = key.rstrip("?")
            expect(name in value or key.endswith("?"), f"{where} has no {name}")
            if name in value:
                fits(value[name], kind, f"{where}.{name}")
        extra = set(value) - {k.rstrip("?") for k in schema}
        expect(not extra, f"{where} has {extra}, that no document names")
    elif isinstance(schema, list):
        expect(isinstance(value, list), f"{where} is no list")
        for item in value:
            fits(item, schema[0], where + "[]")
    else:
        number = isinstance(value, bool) and schema in (COUNT, NUMBER)
        expect(isinstance(value, schema) and not number, f"{where} is {value!r}, not of {schema}")


def one_object(r, words, code, schema, stdin=None, env=None):
    run = r.run(*words, stdin=stdin, env=env)
    expect(run.code == code, f"{words}: exit {run.code}, not {code}: {run.err[-300:]}")
    expect(run.json is not None and isinstance(run.json, dict), f"{words}: not one object: {run.out[:200]!r}")
    fits(run.json, schema, words[0] if words else "-")
    return run


GOOD = [
    (["plugins"], None), (["readers"], None), (["card"], None), (["status"], None), (["renew"], None), (["diagnose"], None),
    (["check", "--pin-stdin"], PIN), (["check", "--visual"], None), (["practice", "--people"], None),
    (["search", "--insurer", "06999999", "--symbol", "12-34", "--number", "1000001", "--branch", "00", "--birth", "19800115"],
     None),
    (["deactivate"], None), (["deactivate", "--local"], None),
]


def good(r):
    for env in ({}, LOUD, BARE, JAPANESE):
        for words, stdin in GOOD:
            run = one_object(r, [*words, "--practice", "--json"], 0, SCHEMAS[words[0]], stdin and stdin + "\n", env)
            expect(run.json["practice"] is True, f"{words} does not say that it is practice")


def in_words(r):
    """Words say 練習 too, and the verdict is in the first line."""
    for env, word, verdict in ((JAPANESE, "練習", "資格有効性: 有効"), ({"LANGUAGE": "en"}, "PRACTICE", "Validity: Valid"),
                               (BARE, "PRACTICE", "Validity: Valid")):
        for words, stdin in GOOD:
            run = r.run(*words, "--practice", stdin=stdin and stdin + "\n", env=env)
            expect(run.code == 0 and word in run.out, f"{words}: no {word}: {run.out[:100]!r}")
            if words[0] in ("check", "search"):
                first = run.out.splitlines()[0]
                expect(first.startswith(verdict) and word in first, f"the first line is {first!r}")
                expect("練習　太郎" in run.out, "the name is not in UTF-8")
    run = r.run("check", "--practice", "--pin-stdin", stdin="9999\n", env=JAPANESE)
    one_object(r, ["check", "--practice", "--json", "--pin-stdin"], 0, SCHEMAS["check"], PIN)  # all tries again
    expect(run.code == 5 and run.out == "" and "練習" in run.err and "残り2回" in run.err, f"a wrong PIN says {run.err!r}")


def errors(r):
    for env in ({}, LOUD, BARE, JAPANESE):
        for words in (["status"], ["renew"], ["deactivate"], ["search", "--insurer", "06999999", "--number", "1", "--birth",
                                                              "19800115"], ["check", "--visual"]):
            one_object(r, [*words, "--json"], 9, ERROR, env=env)
        one_object(r, ["check", "--practice", "--json", "--pin-stdin"], 5, ERROR, "9999\n", env)
        one_object(r, ["check", "--practice", "--json", "--pin-stdin"], 0, SCHEMAS["check"], PIN + "\n", env)


USAGES = [
    ["--json"], ["nonsense", "--json"], ["", "--json"], ["check", "--json", "--nonsense"], ["check", "word", "--json"],
    ["check", "--json", "--", "word"], ["check", "--json", "--wait", "99999999999999999999"], ["check", "--json", "--wait", "x"],
    ["check", "--json", "--wait", "-1"], ["check", "--json", "--wait"], ["check", "--json", "--wait=3601"],
    ["check", "--practice", "--json", "--person", "../../x"], ["check", "--json", "--person", "X"],
    ["check", "--json", "--person", ""], ["card", "--json", "--wait", "-5"], ["search", "--json"], ["activate", "--json"],
    ["renew", "--json", "--password-fd", "-7"], ["deactivate", "--json", "--password-fd", "900"],
    ["search", "--json", "--insurer", "06999999", "--number", "1", "--birth", "19800115", "--password-fd", "900"],
    ["practice", "--json", "--people", "word"], ["status", "--json", "status"],
]


def usages(r):
    for env in ({}, LOUD, BARE, JAPANESE):
        for words in USAGES:
            run = one_object(r, words, 2, USAGE, env=env, stdin="")
            expect(run.err.strip(), f"{words}: no words on standard error")
    for word in (b"\xff", b"--\xff", b"--wait=\xff", b"--reader=\xe3\x81", b"--json\n", b"\x1b[31m"):
        text = word.decode("utf-8", "surrogateescape")
        run = one_object(r, ["check", "--json", "--visual", text], 2, USAGE)
        expect("\x1b" not in run.err, "an escape sequence came out")
    for words in (["nonsense"], [], ["check", "--nonsense"]):
        run = r.run(*words)
        expect(run.code == 2 and run.out == "" and run.err, f"{words}: {run.code}, {run.out!r}")


def repeated(r):
    """The last one counts, and --json anywhere."""
    run = one_object(r, ["check", "--wait", "x", "--json"], 2, USAGE)
    expect("x" in run.json["error"]["title"], "not told which value")
    one_object(r, ["check", "--json", "--json", "--practice", "--person", "PRACTICE0029", "--person", "PRACTICE0001",
                   "--visual", "--visual", "--wait", "1", "--wait", "0"], 0, SCHEMAS["check"])


def helps(r):
    for env in ({}, JAPANESE, BARE):
        for command in ("", *SCHEMAS):
            for words in (["--help"], ["-h"], ["--help", "--json"]):
                run = r.run(*([command] if command else []), *words, env=env)
                expect(run.code == 0 and run.json is None, f"{command} {words}: exit {run.code}")
                expect(run.err == "" and command in run.out, f"{command} {words}: {run.out[:80]!r} {run.err!r}")
                if command:
                    expect(f"madoguchi-cli {command} " in run.out, f"the help does not begin with the command: {run.out[:80]!r}")
                if env is JAPANESE:
                    expect(any("\u3040" <= c <= "\u30ff" for c in run.out), f"{command}: not Japanese")
    run = r.run("--version")
    expect(run.code == 0 and run.out.startswith("madoguchi-cli "), "no version")


def secrets_on_standard_input(r):
    """A line, whatever ends it; nothing after it is used; what no PIN can be is a mistake, never an attempt."""
    for text in (PIN, " " + PIN + " \n", PIN + "\n", PIN + "\r\n", PIN + "\nmore\n" + "x" * 600):
        one_object(r, ["check", "--practice", "--json", "--pin-stdin"], 0, SCHEMAS["check"], text)
    for text in ("", "\n", "\r\n", "\0" * 4 + "\n", "12\0" + "4\n", PIN + "\0\n", "x" * 511 + "\n", "x" * 512 + "\n", "x" * 600,
                 "１２３\n"):
        one_object(r, ["check", "--practice", "--json", "--pin-stdin"], 2, USAGE, text)
    tries = one_object(r, ["card", "--practice", "--json"], 0, SCHEMAS["card"]).json["tries_left"]
    expect(tries == 3, f"{tries} tries left: one of them was sent")


def codes_of_a_practice_card(r):
    """0 and 10, 5, 12 and 6 in the order in which a forgetful person meets them."""
    check = ["check", "--practice", "--json", "--pin-stdin", "--person"]
    one_object(r, [*check, "PRACTICE0001"], 0, SCHEMAS["check"], PIN)
    for person in ("PRACTICE0022", "PRACTICE0025", "PRACTICE0028", "PRACTICE0029", "PRACTICE0030"):
        one_object(r, [*check, person], 10, SCHEMAS["check"], PIN)
    for left in (2, 1):
        run = one_object(r, [*check, "PRACTICE0002"], 5, ERROR, "9999")
        expect(run.json["error"]["tries_left"] == left, f"{run.json['error']}")
    one_object(r, [*check, "PRACTICE0002"], 12, ERROR, PIN)
    run = one_object(r, [*check, "PRACTICE0002", "--confirm-last-try"], 6, ERROR, "9999")
    run = one_object(r, [*check, "PRACTICE0002", "--confirm-last-try"], 6, ERROR, PIN)
    expect(run.json["error"]["advice"], "no next step")
    one_object(r, ["check", "--practice", "--json", "--visual", "--person", "PRACTICE0002"], 0, SCHEMAS["check"])


def no_reader(r):
    empty = r.folder / "no-plugins"
    empty.mkdir()
    for words in (["readers"], ["card"]):
        one_object(r, [*words, "--json"], 3, ERROR, env={"MADOGUCHI_PLUGIN_PATH": str(empty)})
    one_object(r, ["plugins", "--json"], 0, SCHEMAS["plugins"], env={"MADOGUCHI_PLUGIN_PATH": str(empty)})
    run = one_object(r, ["check", "--practice", "--json", "--visual", "--reader", "nobody"], 3, ERROR)
    expect(run.json["error"]["field"] == "--reader" and "readers" in run.json["error"]["hint"], f"{run.json}")
    readers = one_object(r, ["readers", "--practice", "--json"], 0, SCHEMAS["readers"]).json["readers"]
    for name in (readers[0]["id"], readers[0]["name"]):
        one_object(r, ["check", "--practice", "--json", "--visual", "--reader", name], 0, SCHEMAS["check"])
        one_object(r, ["card", "--practice", "--json", "--reader", name], 0, SCHEMAS["card"])


def another_error(r):
    one_object(r, ["check", "--practice", "--json", "--visual", "--record", str(r.folder / "no" / "folder")], 1, ERROR)


SCENARIOS = {
    "good outcomes": good,
    "in words": in_words,
    "errors": errors,
    "mistakes": usages,
    "repeated options": repeated,
    "help": helps,
    "secrets on standard input": secrets_on_standard_input,
    "exit codes of a practice card": codes_of_a_practice_card,
    "no reader": no_reader,
    "another error": another_error,
}

if __name__ == "__main__":
    rig.main(SCENARIOS)
