"""The whole jobs: build, fill, check, refresh, roll up."""
