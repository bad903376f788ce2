"""Reads filled-in workbooks, figures files and registers, and checks them."""
