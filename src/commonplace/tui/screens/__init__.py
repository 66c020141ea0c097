"""The screens there are, by the names that the registry of actions has for them."""

ROOMS = {
    "code": "commonplace.tui.screens.code:CodeScreen",
    "review": "commonplace.tui.screens.review:ReviewScreen",
    "quotes": "commonplace.tui.screens.quotes:QuotesScreen",
    "themes": "commonplace.tui.screens.themes:ThemesScreen",
    "agreement": "commonplace.tui.screens.agreement:AgreementScreen",
    "codebook": "commonplace.tui.screens.codebook:CodebookScreen",
    "people": "commonplace.tui.screens.people:PeopleScreen",
}
"""Name → `module:Class`; imported when first shown, since it may never be looked at."""
