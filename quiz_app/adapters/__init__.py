"""One outside format each: values in, bytes out, or the reverse."""
