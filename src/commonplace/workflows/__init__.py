"""What a person does that crosses rooms: one module each, knowing neither Typer nor Textual."""
