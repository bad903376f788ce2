"""What Excel on Windows adds to a real xlwings book: copies of itself, a status bar, dialogs, and sheets that refuse.

Only what the macros ask of it, by the names that it has there; cells, sheets and names are those of the real book.
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from tests.udfs.remote import remote_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NORWEGIAN, DANISH, DUTCH, ENGLISH, FRENCH = 1044, 1030, 1043, 2057, 1036
"""Windows' numbers of languages."""


class Desktop:
    """A workbook that is open in Excel on Windows. The sheets `locked` take nothing; `save` stands for SaveCopyAs.

    One that is kept in step with the cloud has an `address` there, by which Excel names it.
    """

    def __init__(
        self,
        content: bytes,
        path: Path = Path("f.xlsx"),
        *,
        locked: tuple[str, ...] = (),
        save: Callable[[str], object] | None = None,
        app: DesktopApp | None = None,
        address: str | None = None,
    ) -> None:
        self.content, self.book, self.locked = content, remote_book(content, path.name), locked
        self.name, self.names = path.name, self.book.names
        self.copies: list[Path] = []
        self.app = app or DesktopApp()
        self.app.books.append(self)
        self.api = SimpleNamespace(SaveCopyAs=save or self._save, FullName=address or str(path))
        self.sheets = _Sheets(self)

    def _save(self, name: str) -> None:
        self.copies.append(Path(name))
        Path(name).write_bytes(self.content)


class _Sheets:
    """The sheets of the real book, but for those that refuse."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def __getitem__(self, title: str) -> Any:
        if title in self._desktop.locked:
            raise _ComError(-2147352567, "you cannot change a protected sheet")
        return self._desktop.book.sheets[title]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._desktop.book.sheets)


class _ComError(Exception):
    """As pywin32 raises it."""

    def __init__(self, hresult: int, text: str) -> None:
        super().__init__(hresult, text)
        self.hresult = hresult


class _Books(list[Any]):
    """The open workbooks. `active` is the one in front, the last that was opened."""

    def __init__(self, opened: list[Path]) -> None:
        super().__init__()
        self._opened = opened

    @property
    def active(self) -> Any:
        return self[-1] if self else None

    def open(self, path: Path) -> None:
        assert path.is_file()
        self._opened.append(path)


class DesktopApp:
    """An Excel on Windows, whose menus are in a language and whose user picks a folder."""

    def __init__(self, language: int = NORWEGIAN, folder: Path | str | None = None) -> None:
        self.opened: list[Path] = []
        self.books = _Books(self.opened)
        self.engine = SimpleNamespace(type="desktop")
        self.display_alerts = True
        self.told: list[tuple[str, str]] = []
        self.said: list[str] = []
        self._status_bar: str | bool = False
        self.dialogs: list[Any] = []
        self._folder = folder
        self.api = SimpleNamespace(
            LanguageSettings=SimpleNamespace(LanguageID={2: language}.__getitem__), FileDialog=self._dialog
        )

    @property
    def status_bar(self) -> str | bool:
        return self._status_bar

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status_bar = value
        if isinstance(value, str):
            self.said.append(value)

    def alert(self, prompt: str, title: str, mode: str) -> str:
        """A dialog that was closed with OK."""
        assert title == "Målekort"
        # Excel is the reader's again while the dialog stands there.
        assert self._status_bar is False
        self.told.append((mode, prompt))
        return "ok"

    def properties(self, *, display_alerts: bool) -> Any:
        assert not display_alerts
        return nullcontext()

    def _dialog(self, kind: int) -> Any:
        assert kind == 4
        picked = self._folder
        dialog = SimpleNamespace(
            Show=lambda: -1 if picked is not None else 0, SelectedItems={1: str(picked)}.__getitem__
        )
        self.dialogs.append(dialog)
        return dialog
