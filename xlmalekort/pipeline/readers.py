"""Reads files in processes of their own, so that one which takes its reader down is rejected alone.

A worker (`xlmalekort.pipeline.reader_process`) gets one path at a time and answers with what came of it. One that takes too
long or too much memory is ended; one that ends by itself, by a crash of a library say, is noticed as well. Either way the file
is told (FIL-013) and another worker takes the next one. The same way on every system: plain processes and pipes.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, Self, cast

import psutil

from xlmalekort.intake.identity_numbers import masked
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.model.figures import CheckedFile
from xlmalekort.problems import Problem
from xlmalekort.scorecards import parse_json

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from concurrent.futures import Future
    from datetime import date
    from pathlib import Path

    from xlmalekort.model.register import Register
    from xlmalekort.model.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds by the clock, and bytes of memory of the whole process."""

    seconds: float = 30
    memory: int = 1 << 30


_TOO_LONG = N_("it takes longer than {seconds} seconds")
_TOO_MUCH = N_("it takes more than {megabytes} MB of memory")
_ENDED = N_("it ends the program that reads it")
_FILES_A_WORKER = 8
"""Under so many files another worker would take longer to start than it saves."""
_PATIENCE = 0.05
"""Seconds between two looks at what the workers take."""
_START = "import sys; sys.path[:] = {path!r}; from xlmalekort.pipeline.reader_process import main; main()"


def check_isolated(
    paths: Sequence[Path], today: date, register: Register | None = None, limits: Limits | None = None
) -> Generator[CheckedFile, None, None]:
    """What came of reading and checking each of the files, in their order. Whatever they hold, nothing is raised.

    FIL-013 where a file takes its reader down or over the `limits`.
    """
    if not paths:
        return
    readers = _Readers(pickle.dumps((today, register)), limits or Limits())
    workers = max(1, min(os.cpu_count() or 1, -(-len(paths) // _FILES_A_WORKER)))
    with readers, ThreadPoolExecutor(workers) as pool:
        # As many files as are under way are asked for ahead of those that somebody has taken.
        waiting: deque[Future[CheckedFile]] = deque()
        rest = iter(paths)
        for path in rest:
            waiting.append(pool.submit(readers.check, path))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class _Readers:
    """The workers, one for each thread that asks, and the watch over what they take."""

    def __init__(self, about: bytes, limits: Limits) -> None:
        self._about, self._limits = about, limits
        self._own = threading.local()
        self._workers: set[_Worker] = set()
        self._known: dict[str, Scorecard] = {}
        self._closing = threading.Event()
        self._watch = threading.Thread(target=self._look_after, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._watch.join()
        for worker in tuple(self._workers):
            worker.end()

    def check(self, path: Path) -> CheckedFile:
        """What a worker says of a file."""
        worker = self._worker()
        try:
            answer = worker.ask(os.fsencode(path))
            definition, checked = _loads(answer)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._workers.discard(worker)
            self._own.worker = None
            worker.end()
            reason = worker.reason or Phrase(_ENDED)
            told = masked(path.name)
            return CheckedFile(told, problems=(Problem("FIL-013", file=told, slots={"reason": reason}),))
        return replace(checked, scorecard=self._scorecard(definition)) if definition else checked

    def _scorecard(self, definition: str) -> Scorecard:
        """The scorecard of a definition: every workbook of one brings the same."""
        if definition not in self._known:
            self._known[definition] = parse_json(definition)
        return self._known[definition]

    def _worker(self) -> _Worker:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._own.worker = _Worker(self._about)
            self._workers.add(worker)
        return worker

    def _look_after(self) -> None:
        while not self._closing.wait(_PATIENCE):
            for worker in tuple(self._workers):
                worker.stop_over(self._limits)


class _Worker:
    """One process that reads. `reason` says why it was stopped, None where it ended by itself."""

    def __init__(self, about: bytes) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this Python, and a program of ours
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library says when it dies may quote the file
        )
        self._memory = psutil.Process(self._process.pid)
        self._asked: float | None = None
        self.reason: Phrase | None = None
        self._send(about)
        # What starting takes is not the file's fault.
        receive(self._pipes[1])

    def ask(self, request: bytes) -> bytes:
        """The answer to a request; EOFError or OSError where the process ends before it has answered."""
        self._asked = time.monotonic()
        try:
            self._send(request)
            return receive(self._pipes[1])
        finally:
            self._asked = None

    def stop_over(self, limits: Limits) -> None:
        """End the process where what it is doing takes more than it may."""
        asked = self._asked
        if asked is None:
            return
        if time.monotonic() - asked > limits.seconds:
            self._stop(Phrase(_TOO_LONG, seconds=f"{limits.seconds:g}"))
        elif self._taken() > limits.memory:
            self._stop(Phrase(_TOO_MUCH, megabytes=limits.memory >> 20))

    def _taken(self) -> int:
        try:
            return int(self._memory.memory_info().rss)
        except psutil.Error:
            return 0  # it has ended

    def _stop(self, reason: Phrase) -> None:
        self.reason = self.reason or reason
        self._process.kill()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        for pipe in self._pipes:
            with contextlib.suppress(OSError):  # what was not read yet cannot be flushed any more
                pipe.close()
        self._process.wait()

    @property
    def _pipes(self) -> tuple[BinaryIO, BinaryIO]:
        return cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)

    def _send(self, content: bytes) -> None:
        send(self._pipes[0], content)


# What is said over the pipes: a length and as many bytes.

_LENGTH = struct.Struct(">Q")
_LARGEST_ANSWER = 1 << 30


def send(pipe: BinaryIO, content: bytes) -> None:
    """Write one message."""
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes:
    """The next message; EOFError where there is none, or it is cut off."""
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return _exactly(pipe, min(length, _LARGEST_ANSWER))


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content


class _Answers(pickle.Unpickler):
    """An answer comes from where a strange file was read: nothing is made of it but what a checked file holds."""

    def find_class(self, module: str, name: str) -> object:
        if "." not in name and (module.startswith(_OURS) or (module, name) in _OTHERS):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        message = f"{module}.{name} is no part of an answer"
        raise pickle.UnpicklingError(message)


_OURS = ("xlmalekort.model.", "xlmalekort.problems.", "xlmalekort.locale.told")
_OTHERS = frozenset({("fractions", "Fraction"), ("datetime", "date"), ("builtins", "frozenset")})


def _loads(answer: bytes) -> tuple[str | None, CheckedFile]:
    """The definition (as JSON) and what came of the file."""
    return cast("tuple[str | None, CheckedFile]", _Answers(io.BytesIO(answer)).load())
