#!/usr/bin/env python3
"""The main job on a real pcscd: every kind of card, the right exit code, the card closed well."""
import rig
from rig import PIN, WRONG_PIN, closed_well, commands, expect, verifies


def set_up(r):
    r.make_cards("TESTVALID", "TESTINVALID", "TESTSUPERSEDED", "TESTUNKNOWN", expired=("TESTVALID",))
    r.start_service(card_cas=("cards", "cards-expired"))
    r.activate().expect(0)


def answered(r, *arguments, code=0, verdict="valid", apdus=None, name="試験　太郎", **more):
    run, rows = r.check(*arguments, **more)
    run.expect(code, verdict)
    if verdict == "valid":
        person = run.json["answer"]["XmlMsg"]["MessageBody"]["ResultList"][0]["ResultOfQualificationConfirmation"]
        expect(person["Name"] == name, f"the answer is about {person['Name']}")
    expect("revocation" in run.json["not_confirmed"], "revocation is not listed as not confirmed")
    expect(run.json["practice"] is True, "the answer of a practice service does not say so")
    expect(PIN not in run.err, "the PIN was printed")
    if apdus:
        expect(len(commands(rows)) <= apdus, f"{len(commands(rows))} APDUs, more than {apdus}")
        expect(run.json["exchange"]["apdus"] == len(commands(rows)), "the exchange was miscounted")
    closed_well(rows)
    return run, rows


def refused(r, code, *arguments, **more):
    run, rows = r.check(*arguments, **more)
    run.expect(code)
    return run, rows


def wrong_pin(r):
    run, rows = refused(r, 5, pin=WRONG_PIN)
    expect(run.json["error"]["tries_left"] == 2, "two tries are left")
    expect(len(verifies(rows)) == 1, "VERIFY was not sent once")
    closed_well(rows)
    r.check()  # resets the counter


def last_try(r):
    _, rows = refused(r, 12, options=["--tries", "1"])
    expect(not verifies(rows), "VERIFY was sent at the last try")
    closed_well(rows)


def malformed_pin(r):
    for pin in ("12a4", "123", "12345", "", "１２３", "    "):
        _, rows = refused(r, 2, pin=pin)
        expect(not commands(rows) or not verifies(rows), f"VERIFY was sent for {pin!r}")


def full_width_pin(r):
    answered(r, pin="".join(chr(ord(c) + 0xFEE0) for c in PIN))


def wrong_date(r):
    for date in ("20261301", "yesterday", "令和8年13月1日"):
        run, _ = refused(r, 2, "--date", date)
        expect(run.json["error"]["field"] == "--date", "the field is not named")


def service_down(r):
    """No challenge: the PIN is never tried."""
    port = r.access["url"].rstrip("/").rsplit(":", 1)[1]
    r.stop(r.children[0])
    try:
        _, rows = refused(r, 7)
        expect(not verifies(rows), "VERIFY was sent though nobody could be asked")
    finally:
        r.start_service(card_cas=("cards", "cards-expired"), port=port)
    answered(r)


SCENARIOS = {
    "plain, at most 6 APDUs": lambda r: answered(r, apdus=6),
    "short APDUs, one more to find out": lambda r: answered(r, options=["--no-extended"], apdus=13),
    "61xx and GET RESPONSE": lambda r: answered(r, options=["--no-extended", "--get-response"], apdus=15),
    "no short EF ids": lambda r: answered(r, options=["--no-sfi"]),
    "a phone": lambda r: answered(r, options=["--phone"]),
    "6F00 to the first APDU": lambda r: answered(r, options=["--first-6f00"]),
    "contact ATR": lambda r: answered(r, options=["--contact"]),
    "not valid": lambda r: answered(r, code=10, verdict="invalid", cn="TESTINVALID"),
    "superseded": lambda r: answered(r, code=10, verdict="superseded", cn="TESTSUPERSEDED"),
    "a person the service does not know": lambda r: answered(r, code=10, verdict="none", cn="TESTUNKNOWN"),
    "an expired certificate is sent and refused": lambda r: refused(r, 8, card_dir=r.folder / "cards-expired",
                                                                    options=["--expired"]),
    "visual check": lambda r: answered(r, "--visual"),
    "visual check of a phone": lambda r: refused(r, 1, "--visual", options=["--phone"]),
    "wrong PIN": wrong_pin,
    "malformed PIN": malformed_pin,
    "full-width PIN": full_width_pin,
    "last try not confirmed": last_try,
    "last try confirmed": lambda r: answered(r, "--confirm-last-try", options=["--tries", "1"]),
    "blocked, 6984": lambda r: refused(r, 6, options=["--tries", "0"]),
    "blocked, 6983": lambda r: refused(r, 6, options=["--tries", "0", "--blocked-sw", "6983"]),
    "not a My Number Card": lambda r: refused(r, 11, options=["--no-jpki"]),
    "malformed date": wrong_date,
    "service down": service_down,
}

if __name__ == "__main__":
    rig.inside_pcscd()
    rig.main(SCENARIOS, set_up)
