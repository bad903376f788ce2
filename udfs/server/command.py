"""`xlmalekort-server`: xlwings Server on this machine, with the project folder, in one command."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from socket import create_server
from typing import TYPE_CHECKING

from xlmalekort.cli.arguments import Parser, UsageError, parse
from xlmalekort.cli.languages import of_environment
from xlmalekort.locale import N_, texts_of
from xlmalekort.locale.system import reason_of
from xlmalekort.scorecards import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.locale import Texts

HOST = "127.0.0.1"
PROJECT = Path(__file__).parent / "project"
CERTIFICATE, KEY = "localhost+2.pem", "localhost+2-key.pem"
"""In the project's folder `certs`, where xlwings Server's own command looks for them too."""
FINE, NOT_DONE = 0, 2

_NO_EXTRA = N_("The server is an extra that is not installed here. Install it by: {command}")
_NO_LICENCE = N_(
    "xlwings Server needs a licence key of your own, and found none that holds: {reason} Set {variable} to it. "
    "Where the PolyForm Noncommercial licence covers what you do, the key is {free}; others buy one at {site}."
)
_NO_PROJECT = N_(
    "{path}: this folder holds other things and no project of xlwings Server. Name a new or an empty folder."
)
_COPIED = N_("The project folder was copied to {path}; what you change there is served.")
_PLAIN = N_(
    "Excel takes add-ins by https only, and {path} holds no certificate ({certificate} and {key}). "
    "Until then only a browser sees this server."
)
_NO_PORT = N_("Port {port} cannot be used: {reason}. Name another one by {option}.")
_SERVING = N_("The manifest for Excel: {address}  (Ctrl+C stops the server)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; the exit code is 2 where nothing could be served."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    texts = texts_of(of_environment())
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments, texts, _parser)
    except SystemExit as stop:
        return int(stop.code or 0)
    except UsageError as error:
        return _refuse(error.message)
    return _serve(options.project, options.port, texts)


def _parser(texts: Texts) -> argparse.ArgumentParser:
    parser = Parser(
        prog="xlmalekort-server",
        description=texts("Serve the functions and the refresh to Excel on this machine, through xlwings Server."),
    )
    parser.add_argument(
        "--port",
        type=partial(_port, texts),
        default=8000,
        metavar=texts("PORT"),
        help=texts("the port (default: {port})", port=8000),
    )
    parser.add_argument(
        "--project",
        type=Path,
        metavar=texts("FOLDER"),
        help=texts("serve the project in this folder; it is copied there where there is none yet"),
    )
    return parser


def _port(texts: Texts, text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 2**16):
        raise argparse.ArgumentTypeError(texts("{got} is no port; write 8000", got=repr(text)))
    return int(text)


def _serve(project: Path | None, port: int, texts: Texts) -> int:
    if find_spec("xlwings_server") is None:
        return _refuse(texts(_NO_EXTRA, command='pip install "xlmalekort[server]"'))
    folder = PROJECT if project is None else project.resolve()
    if project is not None and not (folder / "custom_functions").is_dir():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            return _refuse(texts(_NO_PROJECT, path=project))
        copy_project(folder)
        _say(texts(_COPIED, path=folder))
    os.environ["XLWINGS_PROJECT_DIR"] = str(folder)
    lack = _lack_of_licence()
    if lack is not None:
        slots = {"variable": "XLWINGS_LICENSE_KEY", "free": "noncommercial", "site": "https://www.xlwings.org"}
        return _refuse(texts(_NO_LICENCE, reason=lack, **slots))
    return _run(folder, port, texts)


def copy_project(folder: Path) -> None:
    """The project folder as it is packaged, to be changed."""
    shutil.copytree(PROJECT, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))


def _lack_of_licence() -> str | None:
    """Why xlwings refuses the licence key, in its own words; None where it takes it."""
    # Before xlwings: its settings say where the key is, and xlwings looks at it when it is imported.
    import xlwings_server.config  # noqa: F401

    try:
        import xlwings.server  # noqa: F401
    except Exception as error:
        # The package itself cannot be imported, and so its class of error cannot either.
        if type(error).__name__ != "LicenseError":
            raise
        return str(error)
    return None


def _run(folder: Path, port: int, texts: Texts) -> int:
    import uvicorn
    from xlwings_server.config import settings

    try:
        with create_server((HOST, port)):
            pass
        from xlwings_server.main import main_app
    except OSError as error:
        return _refuse(texts(_NO_PORT, port=port, reason=reason_of(error), option="--port"))
    except DefinitionError as error:
        return _refuse(error.message.told(texts))
    certificate, key = folder / "certs" / CERTIFICATE, folder / "certs" / KEY
    is_safe = certificate.is_file() and key.is_file()
    if not is_safe:
        _say(texts(_PLAIN, path=folder / "certs", certificate=CERTIFICATE, key=KEY))
    scheme = "https" if is_safe else "http"
    _say(texts(_SERVING, address=f"{scheme}://localhost:{port}{settings.app_path}/manifest.xml"))
    uvicorn.run(
        main_app,
        host=HOST,
        port=port,
        # The address of an alert holds what it says.
        access_log=False,
        ssl_certfile=certificate if is_safe else None,
        ssl_keyfile=str(key) if is_safe else None,
    )
    return FINE


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _refuse(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return NOT_DONE
