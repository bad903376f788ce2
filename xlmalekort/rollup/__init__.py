"""Adding offices up: one table of facts, and every view a query on it."""
