"""One file per trip; each call saves at most once."""
