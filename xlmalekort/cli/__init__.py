"""The command line: reads arguments, prints, and says by its exit code what came of it.

0 is fine; 1 is done, and there are problems (warnings or errors); 2 is not done. With `--json` one JSON document stands on
stdout and nothing else.
"""

from xlmalekort.cli.main import main

__all__ = ["main"]
