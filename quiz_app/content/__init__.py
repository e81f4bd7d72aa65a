"""Policy, modules and cases as checked data: the schema and the reading of the files."""
