"""Faults seen in real workbooks, put into a reference set one at a time, and what has to come out of each."""
