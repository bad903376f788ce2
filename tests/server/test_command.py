"""`xlmalekort-server`: what it says, what it refuses, and that nothing else needs it."""

from __future__ import annotations

import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from socket import create_server
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.server.conftest import COMMAND
from tests.server.running import ROOT, environment, free_port, running
from udfs.server.command import CERTIFICATE, KEY, PROJECT, copy_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.server.running import Server

WITHOUT_EXTRA = "import sys; sys.modules['xlwings_server'] = None; "


def run(program: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *program],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def write_certificate(folder: Path) -> Path:
    """A certificate for this machine, signed by itself, beside its key."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1)
    )
    names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    signed = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / KEY).write_bytes(secret)
    path = folder / CERTIFICATE
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    return path


def test_it_says_where_the_manifest_is_and_that_excel_wants_https(server: Server) -> None:
    port = server.address.rpartition(":")[2]
    assert f"http://localhost:{port}/manifest.xml" in server.log()
    assert "https only" in server.log()


def test_a_project_folder_is_copied_whole_and_can_be_changed(server: Server) -> None:
    copied = server.printed.parent / "project"
    for path in PROJECT.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert (copied / path.relative_to(PROJECT)).read_bytes() == path.read_bytes()


def test_without_a_licence_key_it_says_that_one_of_ones_own_is_needed(tmp_path: Path) -> None:
    found = run(COMMAND, tmp_path, XLWINGS_LICENSE_KEY="", HOME=str(tmp_path), USERPROFILE=str(tmp_path))
    assert found.returncode == 2
    assert "XLWINGS_LICENSE_KEY" in found.stderr
    assert "noncommercial" in found.stderr
    assert "Traceback" not in found.stderr


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    found = run(["-c", WITHOUT_EXTRA + COMMAND[1]], tmp_path)
    assert found.returncode == 2
    assert 'pip install "xlmalekort[server]"' in found.stderr


def test_without_the_extra_the_functions_and_the_library_work(tmp_path: Path) -> None:
    program = (
        "import xlmalekort, xlmalekort.cli, udfs.refreshing\n"
        "from udfs.functions import MK_STATUS\n"
        "print(MK_STATUS('B.6', 0.9, '2009-05', scorecard='nav-buskerud-2009'))"
    )
    found = run(["-c", WITHOUT_EXTRA + program], tmp_path)
    assert found.stdout.strip() == "green", found.stderr


def test_with_a_certificate_in_the_project_it_is_served_by_https(tmp_path: Path) -> None:
    folder, port = tmp_path / "project", free_port()
    copy_project(folder)
    certificate = write_certificate(folder / "certs")
    trusted = ssl.create_default_context(cafile=str(certificate))
    with running([*COMMAND, "--port", str(port), "--project", str(folder)], port, tmp_path, trusted=trusted) as found:
        assert f"https://localhost:{port}/manifest.xml" in found.log()
        manifest = found.client.get("/manifest.xml").text
        assert f"{found.address}/taskpane.html" in manifest


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "diary.txt").write_text("dear", encoding="utf-8")
    found = run([*COMMAND, "--project", str(mine)], tmp_path)
    assert found.returncode == 2
    assert [each.name for each in mine.iterdir()] == ["diary.txt"]


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        found = run([*COMMAND, "--port", port], tmp_path)
    assert found.returncode == 2
    assert f"Port {port}" in found.stderr


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--port", "many"], ["--host", "0.0.0.0"]])  # noqa: S104
def test_arguments_that_it_does_not_know_are_refused(tmp_path: Path, arguments: list[str]) -> None:
    found = run([*COMMAND, *arguments], tmp_path)
    assert found.returncode == 2
    assert "xlmalekort-server:" in found.stderr


def test_a_definition_that_cannot_be_used_is_told_by_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    copy_project(folder)
    (folder / "scorecards" / "own.yaml").write_text("id: own\n", encoding="utf-8")
    found = run([*COMMAND, "--project", str(folder)], tmp_path)
    assert found.returncode == 2
    assert "own.yaml" in found.stderr
    assert "Traceback" not in found.stderr


def test_every_file_of_the_project_folder_is_kept_with_the_sources() -> None:
    """What version control ignores would be missing in the package."""
    files = [str(path) for path in PROJECT.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    ignored = subprocess.run(["git", "check-ignore", *files], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ignored.stdout == ""
