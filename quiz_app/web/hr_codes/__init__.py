"""组织人事: one-time activation codes as slips to print."""
