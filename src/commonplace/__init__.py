"""Commonplace: qualitative interview coding in the terminal."""
