"""The colours that codes get, by name."""

from __future__ import annotations

PALETTE = {
    "sky blue": "#56B4E9",
    "orange": "#E69F00",
    "green": "#009E73",
    "pink": "#CC79A7",
    "vermilion": "#D55E00",
    "blue": "#0072B2",
    "yellow": "#F0E442",
    "teal": "#44AA99",
    "wine": "#882255",
    "olive": "#999933",
    "grey": "#BBBBBB",
}
"""Okabe and Ito (2008), with teal, wine, olive and grey from Paul Tol's schemes; told apart with
any common form of colour blindness. In the order in which codes without a colour get them."""
