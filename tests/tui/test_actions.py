"""The registry of actions: nothing dead, nothing double, everything documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.tui import actions
from commonplace.tui.actions import ACTIONS, Where
from commonplace.tui.app import CommonplaceApp
from commonplace.tui.screens.agreement import AgreementScreen
from commonplace.tui.screens.agreement.settling import SettlingScreen
from commonplace.tui.screens.code import CodeScreen
from commonplace.tui.screens.codebook import CodebookScreen
from commonplace.tui.screens.importing import ImportScreen
from commonplace.tui.screens.people import PeopleScreen
from commonplace.tui.screens.quotes import QuotesScreen
from commonplace.tui.screens.quotes.version import VersionScreen
from commonplace.tui.screens.review import ReviewScreen
from commonplace.tui.screens.review.auditing import AuditScreen
from commonplace.tui.screens.review.result import AuditResultScreen
from commonplace.tui.screens.themes import ThemesScreen
from commonplace.tui.widgets.reader import Reader

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "keys.md"
OWNERS = {
    Where.APP: CommonplaceApp,
    Where.CODE: CodeScreen,
    Where.SHELF: CodeScreen,
    Where.CODEBOOK: CodeScreen,
    Where.REVIEW: ReviewScreen,
    Where.AUDIT: AuditScreen,
    Where.AUDITED: AuditResultScreen,
    Where.QUOTES: QuotesScreen,
    Where.VERSION: VersionScreen,
    Where.THEMES: ThemesScreen,
    Where.PEOPLE: PeopleScreen,
    Where.IMPORT: ImportScreen,
    Where.COLUMNS: ImportScreen,
    Where.BOOK: CodebookScreen,
    Where.ENTRY: CodebookScreen,
    Where.WRITING: CodebookScreen,
    Where.PASSAGES: CodebookScreen,
    Where.READING: CodebookScreen,
    Where.AGREEMENT: AgreementScreen,
    Where.SETTLING: SettlingScreen,
}


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.act], ids=lambda a: a.id)
def test_every_action_has_somebody_who_does_it(action):
    assert hasattr(OWNERS[action.where], f"action_{action.act.split('(')[0]}")


def test_no_key_means_two_things_in_one_place():
    everywhere = [key for action in actions.of(Where.APP) for key in action.keys]
    for where in Where:
        keys = [key for action in actions.of(where) for key in action.keys]
        assert len(keys) == len(set(keys)), where
        if where is not Where.APP:
            assert not set(keys) & set(everywhere), where


def test_ids_are_unique_and_every_action_explains_itself():
    assert len(actions.BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        assert action.label and action.help.endswith("."), action.id


def test_the_reader_has_the_keys_that_the_help_describes():
    keys = {key for binding in Reader.BINDINGS for key in binding.key.split(",")}
    assert {"up", "pagedown", "home", "ctrl+up", "left", "ctrl+left", "ctrl+home"} <= keys
    assert {"shift+up", "space", "escape"} <= keys


def test_the_page_of_keys_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == actions.reference(), (
        "make it anew: python -c 'from commonplace.tui.actions import reference; "
        'print(reference(), end="")\' > docs/reference/keys.md'
    )


def test_the_keys_of_the_interface_are_there():
    keys = {key for action in ACTIONS for key in action.keys}
    promised = {*"?cidmMsSvDor>+nNaxeu/f][q", "f1", "f2", "f3", "f4", "f5", "ctrl+p", "ctrl+r"}
    assert promised | set("123456789") <= keys
