"""Reads and checks what comes in: filled-in workbooks, figures files, registers."""
