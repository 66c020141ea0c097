"""The coder's name: who is at the keyboard."""

from __future__ import annotations

import os

from commonplace.project.errors import ProjectError


def coder_name(given: str | None = None) -> str:
    """The coder: as given, else `COMMONPLACE_CODER`, else as configured, else the login name.

    Configured means `coder = "…"` in `config.toml` in the user's configuration folder.
    Raises `ProjectError` when that file cannot be read or the name is empty.
    """
    name = given or os.environ.get("COMMONPLACE_CODER") or _configured() or _login()
    name = " ".join(name.split())
    if not name:
        raise ProjectError("the coder's name is empty: give one with --coder NAME")
    return name


def _configured() -> str:
    from platformdirs import user_config_path

    path = user_config_path("commonplace") / "config.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror}") from error
    import tomllib

    try:
        value = tomllib.loads(text).get("coder", "")
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(f"{path} is no TOML file: {error}") from error
    if not isinstance(value, str):
        raise ProjectError(f'{path}: write the name in quotes, as in coder = "Amira"')
    return value


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "coder"
