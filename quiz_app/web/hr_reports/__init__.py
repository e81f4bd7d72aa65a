"""组织人事: building, checking and releasing participation reports."""
