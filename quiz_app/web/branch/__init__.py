"""支部: who in the own branch still has to study."""
