"""Tests of the test supports: each planted defect has to be found."""
