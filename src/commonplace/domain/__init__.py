"""What the words mean: frozen dataclasses and pure functions, no input or output."""
