"""Dispatch: understands the arguments, runs one command and says what stopped it."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from xlmalekort.cli.arguments import UsageError, parse
from xlmalekort.cli.languages import asked_for, of_environment
from xlmalekort.locale import texts_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

FINE, PROBLEMS, NOT_DONE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name such as Øvre Prøveli must come through on a console of any code page.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = sys.argv[1:] if arguments is None else arguments
    texts = texts_of(asked_for(arguments) or of_environment())
    try:
        return _run(parse(arguments, texts))
    except SystemExit as stop:
        return int(stop.code or 0)
    except UsageError as error:
        from xlmalekort.cli.printing import print_refusal

        hint = texts("Try: {command}", command=f"{error.program} --help")
        print_refusal(error.message, [hint], as_json="--json" in arguments)
        return NOT_DONE
    except BrokenPipeError:
        # Whoever read along (head, say) has seen enough.
        sys.stdout = None
        return FINE
    except KeyboardInterrupt:
        sys.stderr.write(texts("Stopped. Nothing half-written was left behind.") + "\n")
        return NOT_DONE


def _run(options: argparse.Namespace) -> int:
    """Run the command; NOT_DONE where something stops it, which is told."""
    from xlmalekort.cli.printing import print_not_done
    from xlmalekort.pipeline.clock import today
    from xlmalekort.pipeline.errors import NotDoneError, not_done_of
    from xlmalekort.scorecards import DefinitionError

    # The demonstration plays in the past and brings its own day along.
    options.today = options.today or (None if options.command == "demo" else today())
    run: Callable[[argparse.Namespace], int] = import_module(f"xlmalekort.cli.{options.command}").run
    try:
        return run(options)
    except BrokenPipeError:
        raise
    except NotDoneError as error:
        print_not_done(error, options)
    except (DefinitionError, OSError) as error:
        print_not_done(not_done_of(error), options)
    return NOT_DONE
