"""The message catalogues: finding the texts in the code, adding them to the four languages, compiling.

What Excel says of its functions is their docstrings; the catalogues have it too.

Usage: `python -m tests.support.catalogues update|compile`
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from udfs.wrappers import help_texts

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "xlmalekort"
SOURCES = (PACKAGE, ROOT / "udfs")
LANGUAGES = ("nb", "da", "nl")
"""English stands in the code."""
KEYWORDS = {
    "texts": None,
    "N_": None,
    "P_": (1, 2),
    "plural": (1, 2),
    "self": None,
    "Phrase": None,
    "Counted": (1, 2),
}
ARGPARSE = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "expected one argument",
    "expected at least one argument",
    "ignored explicit argument %r",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "ambiguous option: %(option)s could match %(matches)s",
)
"""What Python's own reader of arguments says to people; it looks it up in the catalogues as our code does."""


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "xlmalekort.po"


def extract() -> Catalog:
    """Every text of the code, in the order of the alphabet, without places, so that moved lines change nothing."""
    found = Catalog(project="xlmalekort", charset="utf-8")
    messages = (
        message
        for source in SOURCES
        for _, _, message, _, _ in extract_from_dir(
            str(source), method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
        )
    )
    for message in messages:
        # Other functions called `texts` or `self` take other things than sentences.
        if message and (isinstance(message, tuple) or message.strip()):
            found.add(message)
    for message in (*ARGPARSE, *help_texts().values()):
        found.add(message)
    return found


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands."""
    with path_of(language).open("rb") as stream:
        return read_po(stream, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue with every text of the code and no others; new ones are not translated yet."""
    old = read(language)
    new = Catalog(
        locale=language, project="xlmalekort", charset="utf-8", fuzzy=False, header_comment="# Texts of xlmalekort."
    )
    for message in extract():
        if message.id:
            before = old.get(message.id)
            new.add(message.id, before.string if before is not None else None)
    return new


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as a file, sorted, without dates."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=120, sort_output=True, omit_header=False, no_location=True)
    lines = stream.getvalue().decode().splitlines(keepends=True)
    idle = ("-Date:", "Generated-By", "EMAIL@ADDRESS", "FULL NAME", "Project-Id-Version", "Language-Team")
    return "".join(line for line in lines if not any(word in line for word in idle)).encode()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    # The same texts give the same bytes, whenever they are compiled.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def main(task: str) -> None:
    """Update the catalogues from the code, or compile them."""
    for language in LANGUAGES:
        if task == "update":
            path_of(language).write_bytes(po_bytes(updated(language)))
        path_of(language).with_suffix(".mo").write_bytes(mo_bytes(read(language)))
        missing = [message.id for message in read(language) if message.id and not message.string]
        sys.stdout.write(f"{language}: {len(missing)} without translation\n")


if __name__ == "__main__":
    main(sys.argv[1])
