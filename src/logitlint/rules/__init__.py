"""Judgement: a table of rules over sites."""
