"""The register of powers: one file each. Those of the enforcement track are named here once, the other
tools in `domain/tool_files.py`. Pages, acts, imports and figures read their entries."""

from types import MappingProxyType

from asb_cases.domain.powers import (
    community_protection_notice,
    community_protection_warning,
    fixed_penalty_notice,
    prosecution,
)
from asb_cases.domain.powers.tool import powers_of_files

#: Every power by its code. It only grows.
POWERS = MappingProxyType({
    power.code: power
    for power in (
        community_protection_warning.POWER,
        community_protection_notice.POWER,
        fixed_penalty_notice.POWER,
        prosecution.POWER,
        *powers_of_files(),
    )
})  # fmt: skip

#: Those of the enforcement track, each with pages of its own; and the other tools, which share one journey.
TRACK = tuple(code for code, power in POWERS.items() if power.tool is None)
TOOLS = tuple(code for code, power in POWERS.items() if power.tool is not None)
