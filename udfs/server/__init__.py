"""The optional extra `xlmalekort[server]`: the functions and the refresh through xlwings Server, for Excel without Python.

Nothing outside this package knows xlwings Server. `project` is the folder that xlwings Server serves.
"""

from udfs.server.command import main

__all__ = ["main"]
