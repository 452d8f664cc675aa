"""The register of powers: one file each, named here once. Pages, acts, imports and figures read their entries."""

from types import MappingProxyType

from asb_cases.domain.powers import (
    community_protection_notice,
    community_protection_warning,
    fixed_penalty_notice,
    prosecution,
)

#: Every power by its code. It only grows.
POWERS = MappingProxyType({
    power.code: power
    for power in (
        community_protection_warning.POWER,
        community_protection_notice.POWER,
        fixed_penalty_notice.POWER,
        prosecution.POWER,
    )
})  # fmt: skip
