"""What the operating system says of a file, in sentences of our own."""

from __future__ import annotations

import errno

from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase, Told

_NOT_ALLOWED = N_("it is open in another program, or reading or writing there is not allowed")
_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("something of this name is there already"),
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EBUSY: _NOT_ALLOWED,
    errno.EROFS: N_("nothing can be written there"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EFBIG: N_("the file would be larger than is allowed there"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}


def reason_of(error: OSError) -> Told:
    """Why the system refuses, as a part of a sentence; its own words where there are none of ours."""
    if isinstance(error.strerror, Told):
        return error.strerror
    if error.errno in _REASONS:
        return Phrase(_REASONS[error.errno])
    return Phrase("the system says: {words}", words=error.strerror or error)
