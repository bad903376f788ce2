"""Writes the regional workbook."""
