"""Where it happens: wards and streets of Oxford. The house numbers are invented: no street goes that far."""

from collections.abc import Mapping
from random import Random
from types import MappingProxyType

FIRST_NUMBER, LAST_NUMBER = 801, 999

#: Some streets of each ward.
WARDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "Barton and Sandhills": ("Underhill Circus", "Fettiplace Road", "Burchester Avenue"),
    "Blackbird Leys": ("Cuddesdon Way", "Pegasus Road", "Balfour Road"),
    "Carfax and Jericho": ("Cornmarket Street", "George Street", "Walton Street", "Albert Street"),
    "Churchill": ("Girdlestone Road", "Bulan Road"),
    "Cowley": ("Between Towns Road", "Crowell Road"),
    "Donnington": ("Donnington Bridge Road", "Magdalen Road", "Howard Street"),
    "Headington": ("London Road", "Windmill Road", "Old High Street"),
    "Headington Hill and Northway": ("Saxon Way", "Westlands Drive"),
    "Hinksey Park": ("Abingdon Road", "Lake Street", "Marlborough Road"),
    "Holywell": ("Broad Street", "Longwall Street"),
    "Littlemore": ("Sandford Road", "Giles Road"),
    "Lye Valley": ("Hollow Way", "The Slade"),
    "Marston": ("Cherwell Drive", "Oxford Road"),
    "Northfield Brook": ("Kestrel Crescent", "Nightingale Avenue"),
    "Osney and St Thomas": ("Botley Road", "Mill Street", "Hollybush Row"),
    "Quarry and Risinghurst": ("Downside Road", "Kiln Lane"),
    "Rose Hill and Iffley": ("Ashhurst Way", "Courtland Road", "Rose Hill"),
    "St Clement’s": ("Divinity Road", "Morrell Avenue", "Cowley Road"),
    "St Mary’s": ("Hurst Street", "Leopold Street", "Iffley Road"),
    "Summertown": ("South Parade", "Banbury Road"),
    "Temple Cowley": ("Junction Road", "Crescent Road"),
    "Walton Manor": ("Kingston Road", "Woodstock Road"),
    "Wolvercote": ("Godstow Road", "Home Close"),
})  # fmt: skip


class Town:
    """Hands out addresses, none twice, and says which ward each is in. `ward_ids` are by name."""

    def __init__(self, ward_ids: Mapping[str, int], chance: Random) -> None:
        self.ward_ids = ward_ids
        self._wards = tuple(WARDS)
        self._chance = chance
        self._given: set[str] = set()

    def ward(self) -> str:
        """Some ward."""
        return self._chance.choice(self._wards)

    def address(self, ward: str) -> str:
        """An address in the ward that nobody has yet."""
        while True:
            number = self._chance.randint(FIRST_NUMBER, LAST_NUMBER)
            address = f"{number} {self._chance.choice(WARDS[ward])}, Oxford"
            if address not in self._given:
                self._given.add(address)
                return address
