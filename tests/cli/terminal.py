"""A command on a terminal of its own: what a person sees and types, and whether the echo is back at the end."""
import fcntl
import os
import pty
import select
import signal
import subprocess
import termios
import time

from rig import Failed, expect


class Terminal:
    """madoguchi-cli ARGUMENTS, all three streams on a pseudo terminal that controls it."""

    def __init__(self, rig, *arguments, env=None, pass_fds=()):
        self.master, slave = pty.openpty()

        def take_terminal():
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        self.seen = ""
        self.process = subprocess.Popen([rig.cli, *arguments], env={**rig.env, **(env or {})}, stdin=slave, stdout=slave,
                                        stderr=slave, preexec_fn=take_terminal, pass_fds=pass_fds)
        os.close(slave)

    def read(self, seconds):
        ready, _, _ = select.select([self.master], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:  # the other side is closed
            return False
        self.seen += data.decode("utf-8", "replace")
        return data != b""

    def wait_for(self, text, seconds=20):
        """Until @text is seen after what was waited for before."""
        limit = time.monotonic() + seconds
        while text not in self.seen:
            if not self.read(limit - time.monotonic()) and (time.monotonic() > limit or self.process.poll() is not None):
                raise Failed(f"{text!r} was not printed: {self.seen[-600:]!r}")
        self.seen = self.seen.split(text, 1)[1]

    def echoes(self):
        return bool(termios.tcgetattr(self.master)[3] & termios.ECHO)

    def wait_hidden(self):
        limit = time.monotonic() + 5
        while self.echoes():
            expect(time.monotonic() < limit, "the echo was not switched off")
            select.select([], [], [], 0.01)

    def type(self, text):
        os.write(self.master, text.encode())

    def send(self, number):
        self.process.send_signal(number)

    def interrupt(self):
        self.type("\x03")

    def end(self, code, seconds=3):
        """The command ends in time with @code, and the echo is on again; all that was printed since."""
        started = time.monotonic()
        while self.process.poll() is None and time.monotonic() < started + seconds:
            self.read(0.02)
        try:
            expect(self.process.poll() is not None, f"still running after {seconds} s: {self.seen[-400:]!r}")
            while self.read(0.05):
                pass
            expect(self.process.returncode == code,
                   f"exit {self.process.returncode}, not {code}: {self.seen[-600:]!r}")
            expect(self.echoes(), "the echo stayed off")
        finally:
            self.close()
        return self.seen

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(timeout=10)
        os.close(self.master)
