"""Files are written whole or not at all, and changed by one at a time."""

from xlmalekort.output.holding import BusyError, changing, is_of_a_run
from xlmalekort.output.writing import write_all, write_whole

__all__ = ["BusyError", "changing", "is_of_a_run", "write_all", "write_whole"]
