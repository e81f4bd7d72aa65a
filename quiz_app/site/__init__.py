"""The static site: MkDocs hooks, search index, precompressed files."""
