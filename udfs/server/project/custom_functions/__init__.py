"""The functions of the cells; xlwings Server finds them by their names in this module."""

from udfs.server.functions import custom_functions

globals().update(custom_functions())
