"""The terminal application: screens that own widgets, widgets that show plain data."""
