"""意见与答复: the form that anybody may send, the answers that anybody may read."""
