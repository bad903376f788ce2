"""Python functions and macros for Excel."""
