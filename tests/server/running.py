"""A server of our own on a free port, as a process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
_PATIENCE = 40
"""Seconds until a server has to answer."""


@dataclass(frozen=True)
class Server:
    """One that answers: its address, a client of it, its process and what it prints."""

    address: str
    client: httpx.Client
    process: subprocess.Popen[bytes]
    printed: Path

    def log(self) -> str:
        """What it has printed so far."""
        return self.printed.read_text(encoding="utf-8")


def free_port() -> int:
    """A port that nobody listens at."""
    with create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def environment(**more: str) -> dict[str, str]:
    """The environment of a server: the licence for use that earns nothing, and English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XLWINGS_")}
    return kept | {"PYTHONPATH": str(ROOT), "XLWINGS_LICENSE_KEY": "noncommercial", "LC_ALL": "en_US.UTF-8"} | more


@contextmanager
def running(
    arguments: list[str], port: int, folder: Path, trusted: ssl.SSLContext | None = None, **more: str
) -> Iterator[Server]:
    """The server that a command starts, from its first answer on until it is done with; by https where it is trusted."""
    printed = folder / f"{port}.log"
    with printed.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=folder, env=environment(**more), stdout=stream, stderr=stream
        )
        address = f"{'https' if trusted else 'http'}://127.0.0.1:{port}"
        try:
            with httpx.Client(base_url=address, verify=trusted or True, timeout=_PATIENCE) as client:
                server = Server(address, client, process, printed)
                _wait_for(server)
                yield server
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE)


def _wait_for(server: Server) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        assert server.process.poll() is None, server.log()
        try:
            if server.client.get("/").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(server.log())
