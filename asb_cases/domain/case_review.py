"""The ASB case review (Community Trigger; 2014 Act, s.104): which complaints count, and whether the threshold is met."""

from enum import StrEnum


class ThresholdDecision(StrEnum):
    """What the relevant bodies decided about an application."""

    MET = "met"
    NOT_MET = "not_met"
