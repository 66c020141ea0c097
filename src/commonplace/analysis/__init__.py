"""Questions asked of a project. Each is a function of project and filters, and gives a `Table`.

Nothing here writes.
"""
