#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs scripts/new-driver on a copy of what it needs and compiles what it makes. With MADOGUCHI_TEST_LONG=1
the whole tree is copied, configured and built, and the new driver's own test is run."""

import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(sys.argv[1]).resolve()
COMPILER = sys.argv[2:]
HEADINGS = ['## Devices', '## Platforms', '## How it talks', '## Permissions', '## Limits', '## Since']
count = 0
failed = False


def check(ok, what):
    global count, failed
    count += 1
    failed = failed or not ok
    print(f"{'ok' if ok else 'not ok'} {count} - {what}", flush=True)


def run(*command, **extra):
    return subprocess.run(command, capture_output=True, text=True, **extra)


def compile_file(tree, path, *flags):
    glib = shlex.split(run('pkg-config', '--cflags', 'gio-2.0', 'gmodule-2.0').stdout)
    result = run(*COMPILER, '-std=gnu17', '-Wall', '-Wextra', '-Werror', '-Wno-unused-parameter', '-fsyntax-only',
                 '-Wno-cast-function-type', '-Wmissing-prototypes', *flags, f'-I{tree}', f'-I{SOURCE}/src/core',
                 f'-I{SOURCE}/tests/core', *glib, str(path))
    if result.returncode != 0:
        print('# ' + result.stderr.replace('\n', '\n# '))
    return result.returncode == 0


def test_short(tree):
    (tree / 'scripts').mkdir()
    shutil.copy(SOURCE / 'scripts' / 'new-driver', tree / 'scripts')
    (tree / 'plugins').mkdir()
    shutil.copy(SOURCE / 'plugins' / 'meson.build', tree / 'plugins')
    shutil.copytree(SOURCE / 'plugins' / 'template', tree / 'plugins' / 'template')
    (tree / 'config.h').write_text('#define MDG_DEVELOPMENT 1\n')
    script = str(tree / 'scripts' / 'new-driver')
    before = (tree / 'plugins' / 'meson.build').read_text()

    for name in ['', 'Acme', '9lives', 'a', 'a-b', 'a/b', '../x', 'int', 'template', 'x' * 25, '--help']:
        result = run(script, name)
        check(result.returncode != 0 and 'Traceback' not in result.stderr, f'the name “{name}” is refused')
    check((tree / 'plugins' / 'meson.build').read_text() == before, 'a refused name changes nothing')
    check(sorted(p.name for p in (tree / 'plugins').iterdir()) == ['meson.build', 'template'], 'nor leaves a folder')

    check(run(script, 'acme2').returncode == 0, 'a driver is made')
    made = tree / 'plugins' / 'acme2'
    check(sorted(p.name for p in made.iterdir()) == ['README.md', 'mdg-acme2.c', 'meson.build', 'test-acme2.c'],
          'with its four files')
    lines = (tree / 'plugins' / 'meson.build').read_text()
    check(lines.replace("subdir('acme2')\n", '', 1) == before, 'and one line more in plugins/meson.build')
    text = ''.join(p.read_text() for p in made.iterdir())
    check('template' not in text.lower(), 'that does not speak of the template')
    check('ON_REQUEST' not in text and "'install': true" in text, 'that is loaded and installed')
    readme = [line for line in (made / 'README.md').read_text().splitlines() if line.startswith('## ')]
    check(readme == HEADINGS, 'whose README has the headings')
    check(compile_file(tree, made / 'mdg-acme2.c'), 'that compiles as a module')
    check(compile_file(tree, made / 'mdg-acme2.c', '-DMDG_PLUGIN_BUILTIN'), 'and built in')
    check(compile_file(tree, made / 'test-acme2.c', '-DMDG_PLUGIN_BUILTIN'), 'and so does its test')
    check(run(script, 'acme2').returncode != 0, 'the same name again is refused')


def test_long(tree):
    shutil.copytree(SOURCE, tree / 'tree', ignore=shutil.ignore_patterns('.git', 'build*'))
    check(run(str(tree / 'tree' / 'scripts' / 'new-driver'), 'acme2').returncode == 0, 'a driver is made')
    environment = {k: v for k, v in os.environ.items() if k != 'MADOGUCHI_TEST_LONG'}
    for command in [['meson', 'setup', str(tree / 'build'), str(tree / 'tree'), '-Dwerror=true'],
                    ['meson', 'test', '-C', str(tree / 'build'), 'acme2']]:
        result = run(*command, env=environment)
        check(result.returncode == 0, ' '.join(command[:2]))
        if result.returncode != 0:
            print('# ' + (result.stdout + result.stderr)[-3000:].replace('\n', '\n# '))


with tempfile.TemporaryDirectory(prefix='mdg-new-driver-') as folder:
    (test_long if os.environ.get('MADOGUCHI_TEST_LONG') == '1' else test_short)(pathlib.Path(folder))
print(f'1..{count}')
sys.exit(1 if failed else 0)
