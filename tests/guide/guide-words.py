#!/usr/bin/env python3
"""guide-words.py GUIDE: whether every sentence, note and check item of the official guide's text stands in the program word for
word (in the translation, or on a paper). The guide is not in this tree: .ci/run knows where it lies."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# The extraction of the text broke the first two, and the program has the smallest repair; the third stands there twice, in
# two wordings, of which the program has the other.
BROKEN = ("必要ななりません", "なりすましがなく等", "がご利用可能なものもあります")


def normal(text):
    """Without spaces, mark-up, bullets and the width of brackets, which the extraction mixes."""
    text = re.sub(r"<[^>]*>|\(クリック[^)]*\)|\(#\)", "", text)
    text = text.translate(str.maketrans("（）：＊＋", "():*+")).replace("\\(", "(").replace("\\)", ")")
    return re.sub(r"[\s\u3000・\[\]*※✓「」\-]", "", text)


def said():
    po = (ROOT / "po" / "ja.po").read_text(encoding="utf-8").replace('"\n"', "").replace('"', "")
    sources = (path for folder in ("paper", "guide") for path in (ROOT / "src" / folder).glob("*.[ch]"))
    papers = "".join(path.read_text(encoding="utf-8").replace('"', "").replace("\\", "") for path in sources)
    return normal(po) + "\n" + normal(papers)


def wanted(guide):
    for piece in re.split(r"\n\s*\n|\t", guide):
        for sentence in re.split(r"(?<=。)|(?<=】)|(?=※)", piece):
            if sentence.strip().endswith("。"):
                # a heading before it is no part of the sentence, nor is the form's field before its note
                yield re.split(r"\*\*\s|- \*\*", sentence.strip())[-1]
    for line in guide.splitlines():
        if re.match(r"\s*[-▶✓ ]*※", line) and line.strip().endswith("。"):
            yield line
    for listed in re.findall(r"< チェックリスト >\n\n((?:- .*\n)+)", guide):
        yield from (line[2:] for line in listed.splitlines())


def main():
    guide = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    text, missing, count = said(), [], 0
    for sentence in wanted(guide):
        count += 1
        word = normal(sentence).removesuffix("掲載記事へ")
        if word not in text and not any(broken in word for broken in BROKEN) and not word.startswith("申請区分("):
            missing.append(sentence.strip())
    for sentence in missing:
        print(f"not in the program: {sentence}", file=sys.stderr)
    print(f"{count} sentences and check items of the guide, {len(missing)} missing")
    return 1 if missing or count < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
