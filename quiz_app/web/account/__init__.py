"""Signing in and out, activating an account."""
