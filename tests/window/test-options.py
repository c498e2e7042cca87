#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the program says of options that it cannot follow: in words, with an exit code, and without a window."""
import os
import pathlib
import subprocess
import sys
import tempfile

PROFILES = "[profiles]\ncurrent=default\n\n[default]\nname=架空診療所\n\n[p2]\nname=架空歯科\n"
USAGE = 2


def run(home, *options, language="ja"):
    env = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": language, "XDG_DATA_HOME": str(home), "HOME": str(home)}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        env.pop(name, None)
    return subprocess.run([os.environ["MDG_WINDOW"], *options], env=env, capture_output=True, text=True, timeout=60, check=False)


def main():
    failed = 0
    print("1..2", flush=True)
    with tempfile.TemporaryDirectory(prefix="mdg-window-") as folder:
        home = pathlib.Path(folder)
        data = home / "madoguchi"
        data.mkdir(mode=0o700)
        (data / "profiles.ini").write_text(PROFILES, encoding="utf-8")
        (data / "profiles.ini").chmod(0o600)
        done = run(home, "--profile", "p7")
        good = (done.returncode == USAGE and "「p7」" in done.stderr and "p2  架空歯科" in done.stderr and
                "架空診療所" in done.stderr and not done.stdout and sorted(x.name for x in data.iterdir()) == ["profiles.ini"])
        failed += not good
        print("ok" if good else "not ok", "1 a facility that is not there")
        if not good:
            print("#", done.returncode, repr(done.stdout), repr(done.stderr), [x.name for x in data.iterdir()])
        done = run(home, "--profile", "p2", "--version")
        good = done.returncode == 0 and done.stdout.startswith("madoguchi ")
        failed += not good
        print("ok" if good else "not ok", "2 one that is")
    sys.exit(1 if failed else 0)


main()
