"""The colours of the pane, as the workbooks have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout import look

if TYPE_CHECKING:
    from xlmalekort.layout.look import Tone

_PLAIN = {
    "ink": look.INK,
    "muted": look.MUTED_INK,
    "heading-ink": look.HEADING_INK,
    "heading-fill": look.HEADING_FILL,
    "band": look.BAND_FILL,
    "rule": look.RULE,
}


def colours_css() -> str:
    """A style sheet with the palette as variables, and ink and fill of every status and severity."""
    palette = "".join(f"  --{name}: {colour};\n" for name, colour in _PLAIN.items())
    statuses = "".join(_rule("status", str(each), tone) for each, tone in look.STATUS_TONE.items())
    severities = "".join(_rule("severity", str(each), tone) for each, tone in look.SEVERITY_TONE.items())
    return f":root {{\n{palette}}}\n{statuses}{severities}"


def _rule(kind: str, value: str, tone: Tone) -> str:
    return f'[data-{kind}="{value}"] {{ --tone-ink: {tone.ink}; --tone-fill: {tone.fill}; }}\n'
