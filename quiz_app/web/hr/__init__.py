"""组织人事: completion, lists of unfinished study, what was taken out."""
