"""The names by which the macros of a regional workbook know how it was made. Each stands for a text (`="2009-06"`)."""

REGION_NAME = "mk_region"
"""The scorecard's id; that a workbook has this name tells that it is a regional one."""
LANGUAGE_NAME = "mk_language"
REGISTER_NAME = "mk_register"
"""The register of offices; a relative path begins in the workbook's folder."""
PERIOD_NAME = "mk_period"
"""The period that was asked for; without it all that have ended."""
