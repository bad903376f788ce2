"""What the tests lean on: a real spreadsheet program, file checks, readable dumps."""
