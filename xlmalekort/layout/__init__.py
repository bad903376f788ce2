"""Where each value lives in an office workbook, computed from the definition alone."""
