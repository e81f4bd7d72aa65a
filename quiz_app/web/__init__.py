"""The service as people meet it: pages, forms, sign-in, error pages."""
