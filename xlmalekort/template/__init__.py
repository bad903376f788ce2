"""Writes office workbooks."""
