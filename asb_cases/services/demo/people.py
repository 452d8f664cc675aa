"""Invented people. The surnames belong to nobody; the telephone numbers are those that Ofcom keeps for drama."""

from datetime import date, timedelta
from random import Random

from asb_cases.domain.names import fold_key
from asb_cases.domain.people import PersonKind
from asb_cases.services.people import Details

FIRST_NAMES = (
    "Abena", "Aldous", "Amina", "Anwen", "Bartholomew", "Beatrix", "Bronisława", "Caradoc", "Chidi", "Clementine",
    "Dafydd", "Dorothea", "Ebele", "Edith", "Elif", "Emeka", "Ezra", "Farida", "Fergus", "Florian", "Gwendolyn", "Habib",
    "Harriet", "Idris", "Imogen", "Ines", "Jasper", "Jovita", "Kofi", "Leocadia", "Ludmila", "Magnus", "Maryam", "Mei",
    "Mireille", "Nasreen", "Nikolai", "Octavia", "Olamide", "Orla", "Percival", "Priya", "Quentin", "Rafael", "Rhiannon",
    "Rosalind", "Rupert", "Saoirse", "Sefton", "Siobhán", "Soraya", "Tadhg", "Tamsin", "Thaddeus", "Ursula", "Viola",
    "Wilfred", "Xanthe", "Yusuf", "Zofia",
)  # fmt: skip
SURNAMES = (
    "Applemarch", "Ashenbrook", "Barleycroft", "Birdwhistle-Okoye", "Bramblefoot", "Brindlewick", "Candleford-Rai",
    "Cloverdene", "Copperthwaite", "Crumblehorn", "Daisyfield", "Dovetree", "Elderquill", "Fennimoor", "Flintwhistle",
    "Foxmantle", "Gableward", "Gorsebanks", "Greymitten", "Harrowmead", "Hazelgrave", "Honeyborne-Sesay", "Inkpenny",
    "Juniperson", "Kettlewand", "Larkspindle", "Lavenderby", "Lindenshaw", "Marrowgate", "Meadowsweet-Khan", "Millpenny",
    "Mosswinter", "Nettlethorpe", "Oakhampston", "O’Thistledown", "Otterbury", "Pebblecombe", "Plumwright", "Quickbeam",
    "Rainwhistle", "Rookhaven", "Rushlight", "Saffronby", "Sedgewinter", "Silverthatch", "Snowberry", "Sorrelwood",
    "Starlingford", "Tanglewort", "Thimblecroft", "Thornapple", "Underbough", "Vetchling", "Wandlemere", "Whinberry",
    "Willowmarsh", "Windlestraw", "Wrenfield", "Yarrowden", "Yellowhammer",
)  # fmt: skip
#: Companies and landlords that no register knows.
BODIES = (
    "Larch and Lantern Lettings Ltd (invented)", "The Crooked Teaspoon Bar Ltd (invented)",
    "Halfmoon Student Houses Ltd (invented)", "Gudgeon Motor Repairs Ltd (invented)",
    "Brass Kettle Takeaway Ltd (invented)", "Otter Meadow Allotment Society (invented)",
)  # fmt: skip

YEAR = timedelta(days=365)
DRAMA_LAND_LINE, DRAMA_MOBILE = "01632 960", "07700 900"


class Crowd:
    """Hands out invented people, no name twice."""

    def __init__(self, chance: Random) -> None:
        names = [f"{first} {last}" for first in FIRST_NAMES for last in SURNAMES]
        chance.shuffle(names)
        self._names = iter(names)
        self._bodies = iter(BODIES)
        self._chance = chance

    def adult(self, on: date) -> Details:
        """Somebody between 19 and 75 on a day, who can be reached."""
        name = next(self._names)
        return Details(
            name=name,
            born_on=on - self._chance.randint(19 * 366, 75 * 365) * timedelta(days=1),
            email=_mailbox(name) if self._chance.random() < 0.5 else None,
            phone=self._phone(),
        )

    def neighbour(self) -> Details:
        """Somebody who complains: reachable, and whose age nobody asked."""
        name = next(self._names)
        return Details(name=name, email=_mailbox(name), phone=self._phone())

    def young(self, on: date, age: int) -> Details:
        """Somebody of so many years, with a birthday half a year from the day."""
        return Details(name=next(self._names), born_on=on - age * YEAR - timedelta(days=150))

    def of_unknown_age(self, because: str) -> Details:
        """Somebody whose birth date nobody knows, believed to be 16 or over."""
        return Details(name=next(self._names), believed_16_or_over_because=because)

    def body(self) -> Details:
        """A company or other body."""
        return Details(name=next(self._bodies), kind=PersonKind.BODY, phone=self._phone())

    def _phone(self) -> str:
        line = DRAMA_MOBILE if self._chance.random() < 0.6 else DRAMA_LAND_LINE
        return f"{line}{self._chance.randint(0, 999):03d}"


def _mailbox(name: str) -> str:
    return f"{fold_key(name).replace(' ', '.')}@example.org"
