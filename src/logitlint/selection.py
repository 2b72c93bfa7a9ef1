"""Which rules a run reports: select and ignore, advice that is asked for, per-file ignores."""

from __future__ import annotations

from logitlint.config import Settings
from logitlint.diagnostics import Diagnostic
from logitlint.errors import ConfigError


def enabled(settings: Settings) -> tuple[frozenset[str], list[str]]:
    """Codes that are on, and warnings of selectors that select nothing.

    Raises:
        ConfigError: a selector that means no rule.
    """
    from logitlint.rules.table import GROUPS, RULES, means, selected

    warnings = []
    for key in ("select", "extend_select", "ignore", "per_file_ignores"):
        values = getattr(settings, key)
        for selector in values if key != "per_file_ignores" else (each for _, listed in values for each in listed):
            if selector == "ALL" or selector in GROUPS or any(means(selector, rule) for rule in RULES):
                continue
            if not _planned(selector):
                raise ConfigError(f"{settings.origin(key)}: {key.replace('_', '-')}: unknown rule `{selector}`{_nearest_rule(selector)}")
            if key in ("select", "extend_select"):
                warnings.append(f"warning: `{selector}` selects no rule of this version{_nearest_rule(selector)}")
    return (selected(settings.select) | selected(settings.extend_select)) - selected(settings.ignore), list(dict.fromkeys(warnings))


def asked_for(code: str, settings: Settings) -> bool:
    """Whether advice is wanted: the group, or this rule by code, prefix or name, not by the group that its rule belongs to."""
    from logitlint.rules.table import GROUPS, by_code, means

    rule = by_code(code)
    return any(s == "advice" or (s not in GROUPS and means(s, rule)) for s in (*settings.select, *settings.extend_select))


def _nearest_rule(selector: str) -> str:
    from difflib import get_close_matches

    from logitlint.rules.table import GROUPS, RULES

    known = [*GROUPS, *(rule.code for rule in RULES), *(rule.name for rule in RULES)]
    if not _planned(selector) and _planned(selector.upper()):
        return f"; did you mean `{selector.upper()}`?"
    if _planned(selector):
        number = int(selector[3:])
        return f"; did you mean `{min((rule.code for rule in RULES), key=lambda code: abs(int(code[3:]) - number))}`?"
    near = get_close_matches(selector.lower(), known, n=1) or get_close_matches(selector.upper(), known, n=1)
    return f"; did you mean `{near[0]}`?" if near else "; `logitlint rules` lists them"


def _planned(selector: str) -> bool:
    """A well-formed code of ours that this version does not report: a newer or older version's configuration still works."""
    return selector.startswith("LGT") and selector[3:].isdecimal()


def ignored(diagnostic: Diagnostic, settings: Settings) -> bool:
    """Whether the per-file ignores take a finding out."""
    from logitlint.rules.table import by_code, means
    from logitlint.suppress import ignored_selectors

    selectors = ignored_selectors(settings.per_file_ignores, diagnostic.span.path)
    return any(means(selector, by_code(diagnostic.code)) for selector in selectors)
