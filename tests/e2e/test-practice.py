#!/usr/bin/env python3
"""Practice mode: the whole of it in one process, with the virtual reader; every invented person, and nothing of it
in a real facility's folders."""
import json

import rig
from rig import expect

PRACTICE_PIN = "1234"


def people(r):
    return [p["name"] for p in r.run("practice", "--people", "--json").expect(0).json["people"]]


def first_answer(r):
    run = r.run("check", "--practice", "--json", "--pin-stdin", stdin=PRACTICE_PIN + "\n").expect(0, "valid")
    expect(run.json["practice"] is True, "practice is not said")
    expect(run.json["exchange"]["apdus"] <= 6, "more than 6 APDUs")
    words = r.run("check", "--practice", "--pin-stdin", stdin=PRACTICE_PIN + "\n", env={"LANGUAGE": "ja"})
    expect(words.code == 0 and "練習" in words.out, "the words do not say 練習")
    expect("有効" in words.out and "失効確認：未実施" in words.out, f"the words lack the verdict or the revocation: {words.out}")
    words = r.run("check", "--practice", "--pin-stdin", stdin=PRACTICE_PIN + "\n", env={"LANGUAGE": "en"})
    expect("PRACTICE" in words.out, "the English words do not say PRACTICE")


def every_person(r):
    names = people(r)
    expect(len(names) >= 20, f"only {len(names)} people")
    seen = {}
    for name in names if rig.LONG else names[::4] + names[21:32]:
        run = r.run("check", "--practice", "--json", "--pin-stdin", "--person", name, stdin=PRACTICE_PIN + "\n")
        expect(run.code in (0, 10), f"{name}: exit {run.code}: {run.err}")
        seen.setdefault(run.json["verdict"], name)
        expect(run.json["answer"]["XmlMsg"]["MessageHeader"]["MedicalInstitutionCode"], "no header")
    wanted = {"valid", "invalid", "superseded", "none", "several", "unregistered"}
    expect(wanted <= set(seen), f"verdicts never seen: {wanted - set(seen)}")


def other_ways(r):
    r.run("check", "--practice", "--json", "--visual").expect(0, "valid")
    r.run("check", "--practice", "--json", "--pin-stdin", stdin="9999\n").expect(5)
    r.run("check", "--practice", "--json", "--pin-stdin", stdin=PRACTICE_PIN + "\n").expect(0)
    card = r.run("card", "--practice", "--json").expect(0).json
    expect(card["tries_left"] == 3 and card["certificate"]["kind"] == "practice", f"card says {card}")
    readers = r.run("readers", "--practice", "--json").expect(0).json["readers"]
    expect(len(readers) == 1 and readers[0]["virtual"], "the practice reader is not alone")
    r.run("status", "--practice", "--json").expect(0)
    diagnosis = r.run("diagnose", "--practice", "--json").expect(0).json
    expect("試験" not in json.dumps(diagnosis, ensure_ascii=False), "a diagnosis with a person in it")


def kept_apart(r):
    r.run("status", "--json").expect(9)
    r.run("check", "--json", "--pin-stdin", stdin=PRACTICE_PIN + "\n").expect(9)
    mine = r.folder / "data" / "madoguchi"
    found = [p.name for p in mine.iterdir() if p.is_file() and ("key" in p.name or "password" in p.name)]
    expect(not found, f"practice secrets beside the real ones: {found}")


SCENARIOS = {
    "a first answer, in words": first_answer,
    "people of every verdict": every_person,
    "the other ways": other_ways,
    "kept apart from a real facility": kept_apart,
}

if __name__ == "__main__":
    rig.main(SCENARIOS)
