"""What the buttons run."""

from udfs.server.scripts import refresh

__all__ = ["refresh"]
