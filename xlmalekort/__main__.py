"""`python -m xlmalekort` is the command line."""

import sys

from xlmalekort.cli import main

sys.exit(main())
