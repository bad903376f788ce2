"""Workbooks as zip files: the gate, the raw reader, the cell patcher."""
