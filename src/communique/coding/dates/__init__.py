"""Dates as English news writes them: found in a text, and resolved to intervals of days.

`find_dates` gives the expressions of a text, pure structure without any anchor. `resolve` gives one of them
the days that it means, told what day the document is of. What cannot be known stays unknown, with the reason.
"""

from communique.coding.dates.anchored import Tense
from communique.coding.dates.expression import DateExpression
from communique.coding.dates.grammar import find_dates
from communique.coding.dates.resolve import Resolution, resolve, resolve_all

__all__ = ["DateExpression", "Resolution", "Tense", "find_dates", "resolve", "resolve_all"]
