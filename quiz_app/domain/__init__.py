"""The rules: plain functions and frozen values, free of framework, database and office formats."""
