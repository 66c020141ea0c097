"""Whether people who coded the same material applied the same codes to the same places."""
