"""`demo`: a county to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import print_json, say
from xlmalekort.cli.rollup import file_counts
from xlmalekort.locale import texts_of
from xlmalekort.pipeline.demo import Demo, make_demo

if TYPE_CHECKING:
    import argparse

    from xlmalekort.locale import Texts


def run(options: argparse.Namespace) -> int:
    """Make it, with a progress bar, and say in three lines what was made and where to look.

    The county has mistakes on purpose, so they are no reason for an exit code.
    """
    demo = _make(options)
    counts = file_counts(demo.rollup)
    if options.json:
        print_json(
            {
                "offices": str(demo.offices),
                "register": str(demo.register),
                "region": str(demo.region),
                "files": counts,
                "problems": len(demo.rollup.problems),
            }
        )
        return 0
    say(*_three_lines(demo, texts_of(language_of(options)), counts))
    return 0


def _three_lines(demo: Demo, texts: Texts, counts: dict[str, int]) -> tuple[str, str, str]:
    return (
        texts(
            "Made {seen} office workbooks of {scorecard}: {counted} counted, {rejected} rejected, {ignored} sent twice.",
            scorecard=demo.rollup.scorecard.id,
            **counts,
        ),
        texts("Open the county first: {file}", file=demo.region),
        texts("Then an office, such as {file}", file=demo.offices / demo.rollup.submissions[0].file),
    )


def _make(options: argparse.Namespace) -> Demo:
    if options.json:
        return make_demo(options.out, options.scorecard, today=options.today)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def progress(what: str, done: int, of: int) -> None:
            bar.update(task, description=what, completed=done, total=of)

        return make_demo(options.out, options.scorecard, today=options.today, progress=progress)
