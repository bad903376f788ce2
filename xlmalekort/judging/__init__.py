"""Judging: references and targets become bands, values are held against them, and the reason is put into words."""
