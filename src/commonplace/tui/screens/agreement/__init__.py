"""Agreement between coders, and settling where they differ."""

from commonplace.tui.screens.agreement.overview import AgreementScreen

__all__ = ["AgreementScreen"]
