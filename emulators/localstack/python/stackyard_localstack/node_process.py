"""One Node process of an execution environment: events go in and answers come out by a socket, what it prints by a pipe."""

import json
import os
import selectors
import signal
import socket
import subprocess
import time
from pathlib import Path

CHUNK = 1024 * 1024
EXIT_LIMIT_S = 1
EXIT_POLL_S = 0.002


class NodeProcess:
    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        """The number of its end of the socket is the last argument."""
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._child = subprocess.Popen(
                [*command, str(theirs.fileno())],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=[theirs.fileno()],
                # A group of its own: what a function starts is ended with it.
                process_group=0,
            )
        self._socket.setblocking(False)
        os.set_blocking(self._child.stdout.fileno(), False)
        self._printed = bytearray()

    def runs(self) -> bool:
        """Its end of the socket is open as long as it lives."""
        try:
            return self._socket.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def exchange(self, message: dict | None, deadline: float) -> dict | None:
        """Sends `message`, where there is one, and gives the answer; None where the process ends without one.

        `deadline` by time.monotonic(); after it, TimeoutError.
        """
        outgoing = memoryview(json.dumps(message).encode() + b"\n") if message else memoryview(b"")
        incoming = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(self._child.stdout, selectors.EVENT_READ)
            selector.register(self._socket, selectors.EVENT_READ | (selectors.EVENT_WRITE if outgoing else 0))
            while not incoming.endswith(b"\n"):
                ready = selector.select(max(0, deadline - time.monotonic()))
                if not ready:
                    raise TimeoutError
                for key, events in ready:
                    if key.fileobj is not self._socket:
                        if not self._read_printed():
                            selector.unregister(key.fileobj)
                        continue
                    if events & selectors.EVENT_WRITE:
                        outgoing = outgoing[self._send(outgoing) :]
                        if not outgoing:
                            selector.modify(self._socket, selectors.EVENT_READ)
                    if events & selectors.EVENT_READ and not self._receive(incoming):
                        return None
        return json.loads(incoming)

    def printed(self) -> list[str]:
        """Lines since the last call. A process writes what it prints before it sends an answer, so nothing of an event is missing."""
        self._read_printed()
        *lines, unfinished = self._printed.decode(errors="replace").split("\n")
        self._printed.clear()
        return [*lines, unfinished] if unfinished else lines

    def kill(self) -> int:
        """Ends it with whatever it started; gives its exit code, negative for a signal. May be called again."""
        try:
            if self._child.returncode is None:
                os.killpg(self._child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        return self._child.wait()

    def ended(self) -> int:
        """Its exit code, where it ends by itself: Node closes the socket a moment before it exits."""
        give_up = time.monotonic() + EXIT_LIMIT_S
        while self._still_exits() and time.monotonic() < give_up:
            time.sleep(EXIT_POLL_S)
        return self.kill()

    def _still_exits(self) -> bool:
        """Looks without waiting for it: a group can be killed as long as its first process was not waited for."""
        try:
            return os.waitid(os.P_PID, self._child.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None
        except ChildProcessError:
            return False

    def _send(self, data: memoryview) -> int:
        try:
            return self._socket.send(data[:CHUNK])
        except BlockingIOError:
            return 0
        except OSError:
            # It is gone: the next read says so.
            return len(data)

    def _receive(self, into: bytearray) -> bool:
        try:
            data = self._socket.recv(CHUNK)
        except BlockingIOError:
            return True
        except OSError:
            data = b""
        into += data
        return data != b""

    def _read_printed(self) -> bool:
        """False where nothing can come any more."""
        while True:
            try:
                data = os.read(self._child.stdout.fileno(), CHUNK)
            except BlockingIOError:
                return True
            if not data:
                return False
            self._printed += data
