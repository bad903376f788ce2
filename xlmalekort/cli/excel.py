"""`excel`: installing for Excel, finding out what is wrong, and uninstalling."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import print_json, say
from xlmalekort.desktop.findings import is_fine
from xlmalekort.locale import texts_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from xlmalekort.desktop.machine import Machine
    from xlmalekort.locale import Texts
    from xlmalekort.locale.told import Told


def run(options: argparse.Namespace) -> int:
    """Do one of the tasks."""
    task: Callable[[argparse.Namespace], int] = {"install": _install, "doctor": _doctor, "uninstall": _uninstall}[
        options.task
    ]
    return task(options)


def _install(options: argparse.Namespace) -> int:
    from xlmalekort.desktop.environment import find_source
    from xlmalekort.desktop.install import install
    from xlmalekort.desktop.machine import this_machine
    from xlmalekort.template.macros import add_in

    machine = this_machine(options.profile)
    texts = _texts(options, machine)
    source = find_source(options.source)
    with _progress(options, texts) as progress:
        done = install(
            machine, add_in(texts), source, registered=options.register, dry_run=options.dry_run, progress=progress
        )
    if options.json:
        print_json(
            {
                "done": not options.dry_run,
                "steps": [step.told(texts) for step in done.steps],
                "interpreter": str(done.interpreter),
                "add_in": str(done.add_in),
            }
        )
    elif options.dry_run:
        say(texts("This would be done; nothing has been written:"), *(f"  {step.told(texts)}" for step in done.steps))
    else:
        say(*(step.told(texts) for step in done.steps))
        say(texts("Done. Start Excel anew. If something does not work: {command}", command="xlmalekort excel doctor"))
    return 0


@contextmanager
def _progress(options: argparse.Namespace, texts: Texts) -> Iterator[Callable[[Told], None]]:
    """Tells a step while it is being done: fetching packages takes a minute or two."""
    if options.json or options.dry_run:
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda step: status.update(step.told(texts))


def _doctor(options: argparse.Namespace) -> int:
    from xlmalekort.desktop.doctor import examine
    from xlmalekort.desktop.machine import any_machine

    machine = any_machine(options.profile)
    texts = _texts(options, machine)
    findings = list(examine(machine, options.file))
    if options.json:
        print_json({"fine": is_fine(findings), "findings": [each.as_json(texts) for each in findings]})
    else:
        for each in findings:
            say(f"{texts(each.level.word)}: {each.what.told(texts)}")
            if each.fix is not None:
                say(f"    {each.fix.told(texts)}")
        if is_fine(findings):
            say(texts("Nothing is to be done."))
    return int(not is_fine(findings))


def _uninstall(options: argparse.Namespace) -> int:
    from xlmalekort.desktop.machine import this_machine
    from xlmalekort.desktop.uninstall import uninstall

    machine = this_machine(options.profile)
    texts = _texts(options, machine)
    done = uninstall(machine, dry_run=options.dry_run)
    if options.json:
        left = [each.told(texts) for each in done.left]
        print_json({"done": not options.dry_run, "removed": list(done.removed), "left": left})
        return int(bool(done.left))
    heading = texts("This would be removed; nothing has been:") if options.dry_run else texts("Removed:")
    say(heading, *(f"  {each}" for each in done.removed))
    if done.left:
        say(texts("Left:"), *(f"  {each.told(texts)}" for each in done.left))
    return int(bool(done.left))


def _texts(options: argparse.Namespace, machine: Machine) -> Texts:
    """The language that was asked for, else Excel's own."""
    from xlmalekort.desktop.excel import language_of_excel

    return texts_of(language_of(options, language_of_excel(machine.registry)))
