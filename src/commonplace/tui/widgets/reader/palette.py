"""The styles of the reader, mixed from the theme and the colours of the codes."""

from __future__ import annotations

from functools import cached_property, lru_cache

from rich.style import Style
from textual.color import Color, ColorParseError

from commonplace.domain.suggestion import Band
from commonplace.tui.widgets.reader.marks import CodeLook

Tint = tuple[str, bool, bool]
"""A coding: the colour of its code, own, pending."""

_STRENGTHS = (0.0, 0.26, 0.36, 0.44)
"""How much of the codes' colour goes into the background under one, two, three codings."""

_READABLE = 4.5
"""Least contrast of marks and words to what is behind them (WCAG 2.1, AA for text)."""


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.1)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(color: Color, foreground: Color, background: Color) -> Color:
    """`color`, drawn towards the colour of the words until it can be read on the background."""
    for step in range(10):
        mixed = color.blend(foreground, step / 10)
        if contrast(mixed, background) >= _READABLE:
            return mixed
    return foreground


@lru_cache(maxsize=512)
def parse(color: str) -> Color:
    """A code's colour; grey for what is none, since codebooks are written by hand."""
    try:
        return Color.parse(color)
    except ColorParseError:
        return Color(128, 128, 128)


class Palette:
    """Styles for one theme. Each is mixed once.

    `accent`, `select`, `seek` and `cursor_color` are the colours of suggestions, selection,
    search hits and cursor. `plain` is for terminals without colours of their own: attributes
    then say all that tints say elsewhere.
    """

    def __init__(
        self,
        *,
        background: Color,
        foreground: Color,
        accent: Color,
        select: Color,
        seek: Color,
        cursor_color: Color,
        plain: bool = False,
        focused: bool = True,
    ) -> None:
        self.background = background
        self.foreground = foreground
        self.plain = plain
        self.unknown = CodeLook("•", foreground.blend(background, 0.4).hex)
        self._accent = accent
        self._select = select
        self._seek = seek
        self._cursor = cursor_color
        self._focused = focused
        self._texts: dict[tuple[str, tuple[Tint, ...], bool], Style] = {}
        self._marks: dict[Tint, Style] = {}

    def _style(self, color: Color, background: Color | None = None, **attributes: bool) -> Style:
        return Style(
            color=color.rich_color,
            bgcolor=(background or self.background).rich_color,
            **attributes,  # type: ignore[arg-type]
        )

    def _faded(self, amount: float) -> Color:
        return self.foreground.blend(self.background, amount)

    # The margin

    @cached_property
    def base(self) -> Style:
        """Where nothing stands."""
        return self._style(self.foreground)

    @cached_property
    def speaker(self) -> Style:
        """The name of an interviewee."""
        return self._style(self._faded(0.08), bold=True)

    @cached_property
    def interviewer(self) -> Style:
        """The name of an interviewer."""
        return self._style(self._faded(0.42))

    @cached_property
    def time(self) -> Style:
        """Time stamps, and marks that matter least."""
        return self._style(self._faded(0.48))

    def hint(self, band: Band) -> Style:
        """The sign of a suggestion in the margin."""
        amount = {Band.LIKELY: 0.0, Band.MAYBE: 0.2, Band.WEAK: 0.45}[band]
        color = self._readable(self._accent).blend(self.background, amount)
        return self._style(color, bold=band is Band.LIKELY)

    def mark(self, tint: Tint) -> Style:
        """The mark or bar of a coding in the margin."""
        color, own, pending = tint
        style = self._marks.get(tint)
        if style is None:
            mixed = self._readable(parse(color))
            if pending:
                mixed = mixed.blend(self.background, 0.45)
            style = self._style(mixed, bold=own and not pending)
            self._marks[tint] = style
        return style

    def _readable(self, color: Color) -> Color:
        return color if self.plain else readable(color, self.foreground, self.background)

    # The text

    def text(self, voice: str, tints: tuple[Tint, ...] = (), suggested: bool = False) -> Style:
        """Words of an interviewee ("speech"), an "interviewer", or a "gap" between turns."""
        key = (voice, tints, suggested)
        style = self._texts.get(key)
        if style is None:
            style = self._texts[key] = self._mix(voice, tints, suggested)
        return style

    def _mix(self, voice: str, tints: tuple[Tint, ...], suggested: bool) -> Style:
        color = self._faded({"speech": 0.0, "interviewer": 0.22, "gap": 0.45}[voice])
        several = len({tint[0] for tint in tints}) > 1 or len(tints) > 1
        background = self.background
        if tints and not self.plain:
            color = self._faded(0.0 if voice == "speech" else 0.12)
            strength = self._strength(tints)
            background = self.background.blend(self._blend(tints), strength)
            while contrast(color, background) < _READABLE and strength > 0.02:
                strength *= 0.8
                background = self.background.blend(self._blend(tints), strength)
        return self._style(
            color,
            background,
            bold=bool(tints) and self.plain,
            italic=suggested,
            underline=suggested and not several,
            underline2=several,
        )

    def _blend(self, tints: tuple[Tint, ...]) -> Color:
        """The colours of the codes, each later one weighing more: equal parts would be grey."""
        mixed = parse(tints[0][0])
        for color, _, _ in tints[1:]:
            mixed = mixed.blend(parse(color), 0.65)
        return mixed

    def _strength(self, tints: tuple[Tint, ...]) -> float:
        strength = _STRENGTHS[min(len(tints), len(_STRENGTHS) - 1)]
        if all(pending for _, _, pending in tints):
            return strength * 0.45
        return strength if any(own for _, own, _ in tints) else strength * 0.6

    # What lies over the text

    def _over(self, style: Style, color: Color) -> Style:
        if self.plain:
            return style + Style(reverse=True)
        background = self.background + color
        text = background.get_contrast_text(1.0)
        return style + Style(color=text.rich_color, bgcolor=background.rich_color)

    def selected(self, style: Style) -> Style:
        """`style` in the selection."""
        return self._over(style, self._select)

    def hit(self, style: Style) -> Style:
        """`style` where a search found something."""
        if self.plain:
            return style + Style(underline=True, bold=True)
        mixed = self.background.blend(self._seek, 0.4)
        return style + Style(color=self.foreground.rich_color, bgcolor=mixed.rich_color)

    def current_hit(self, style: Style) -> Style:
        """`style` at the hit the search stands on."""
        return self._over(style, self._seek)

    def cursor(self, style: Style) -> Style:
        """`style` under the cursor: a block, or an outline of one while keys go elsewhere."""
        if self.plain:
            return style + Style(reverse=self._focused, underline=True)
        if not self._focused:
            return self._over(style, self.background.blend(self.foreground, 0.28))
        return self._over(style, self._cursor)
