"""Tests of xlmalekort."""
