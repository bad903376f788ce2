"""Definitions as workbooks that controllers maintain in Excel: writing one, reading one back, and what changed between two."""
