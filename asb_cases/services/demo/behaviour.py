"""What people complain about in the demonstration, and what officers write about it. `{place}` is an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from asb_cases.domain.requirements import RequirementKind
from asb_cases.services.draft_content import Asked

STOP, DO, STEPS = RequirementKind.STOP, RequirementKind.DO, RequirementKind.STEPS


@dataclass(frozen=True)
class Rule:
    """A requirement. `days` is how long there is to do it, for those that may carry a time limit."""

    kind: RequirementKind
    text: str
    days: int | None = None


@dataclass(frozen=True)
class Behaviour:
    """One kind of behaviour. The limbs answer the three parts of the legal test; `days` is what a warning gives."""

    category: str
    title: str
    complaints: tuple[str, ...]
    conduct: str
    effect: str
    persistence: str
    why: str
    rules: tuple[Rule, ...]
    days: int

    def asked(self, on: date) -> tuple[Asked, ...]:
        """The requirements of a warning or notice of a day."""
        return tuple(
            Asked(rule.kind, rule.text, on + timedelta(days=rule.days) if rule.days is not None else None)
            for rule in self.rules
        )


MUSIC = Behaviour(
    "noise_music",
    "Loud music at {place}",
    (
        "Music through the wall again until two in the morning. The baby does not sleep.",
        "Bass from next door all Sunday, I could feel it in the floor.",
        "Third night this week. Knocked and was told to buy ear plugs.",
    ),
    "Amplified music played at {place} so that it was heard inside neighbouring homes, on most evenings and nights.",
    "Two households describe broken sleep, a child kept off school, and not using their own back room.",
    "Eleven dated entries in the neighbours’ diaries over four weeks; heard by an officer on two visits.",
    "The house is a terrace; the volume is turned up after requests to lower it.",
    (
        Rule(STOP, "Stop playing amplified music at the premises that can be heard inside any other home"),
        Rule(DO, "Take the loudspeakers off the party wall", 7),
    ),
    7,
)
PARTIES = Behaviour(
    "noise_party",
    "Parties at {place}",
    (
        "House party with some sixty people, shouting in the street until four.",
        "Another party. Bottles on our wall and somebody sick in the front garden.",
        "Music, screaming and taxis hooting from midnight until half past three.",
    ),
    "Large parties held at {place} with amplified music and shouting in the garden and street after 11 pm.",
    "Neighbours on both sides and opposite report no sleep, and litter and urine in their front gardens.",
    "Five weekends out of six; out-of-hours officers visited on three of them.",
    "Notice was given of the first party only; guests were let into the street to shout at four in the morning.",
    (
        Rule(STOP, "Stop holding gatherings of more than ten people at the premises between 11 pm and 8 am"),
        Rule(STOP, "Stop playing amplified music in the garden"),
        Rule(STEPS, "Take reasonable steps so that guests leave by the front door without shouting", 7),
    ),
    7,
)
GARDEN = Behaviour(
    "litter_fly_tipping",
    "Waste in the front garden of {place}",
    (
        "Mattresses and black bags in the garden for weeks, and now rats.",
        "The smell from the bags is dreadful when the sun is out.",
        "More rubbish every week, a fridge since Monday.",
    ),
    "Household waste, mattresses and a refrigerator kept in the front garden of {place}.",
    "Rats seen by three households; people keep their windows shut because of the smell.",
    "Photographs of four dates over seven weeks show the heap growing.",
    "A free collection was offered twice and not taken up.",
    (
        Rule(DO, "Remove all waste, mattresses and the refrigerator from the front garden", 21),
        Rule(STEPS, "Take reasonable steps so that waste is kept in lidded bins", 28),
    ),
    21,
)
DRINKING = Behaviour(
    "street_drinking",
    "Drinking and shouting near {place}",
    (
        "Men drinking on the benches and shouting at people who pass.",
        "I was followed to the bus stop by a man with a can who wanted money.",
        "Urine in the doorway of the shop every morning.",
    ),
    "Drinking alcohol in the street near {place}, shouting at passers-by and urinating in doorways.",
    "Shopkeepers lose custom; two older residents no longer use the bus stop.",
    "Seen by officers on nine of twelve patrols.",
    "Help with housing and alcohol was offered each time and turned down; the shouting is aimed at people by name.",
    (
        Rule(STOP, "Stop being in possession of an open container of alcohol in the street"),
        Rule(STOP, "Stop shouting at people who pass"),
        Rule(STEPS, "Take reasonable steps to keep an appointment with the outreach team", 14),
    ),
    7,
)
BEGGING = Behaviour(
    "begging",
    "Aggressive begging near {place}",
    (
        "Held me by the sleeve and would not let go until I gave something.",
        "Begs at the cash machine and swears at you when you say no.",
    ),
    "Asking for money within arm’s reach of people at cash machines near {place}, and swearing at those who refuse.",
    "People describe fear when using the machine; a carer changed her route with a wheelchair.",
    "Seven complaints in five weeks, and closed-circuit television of four of the incidents.",
    "Accommodation is available and was accepted; people are held by the sleeve.",
    (
        Rule(STOP, "Stop approaching people who use a cash machine"),
        Rule(STOP, "Stop swearing at people who do not give money"),
    ),
    1,
)
REPAIRS = Behaviour(
    "vehicles",
    "Vehicles repaired in the street at {place}",
    (
        "Six cars on bricks and oil running down to the drain.",
        "Engines revved from seven in the morning, and nobody else can park.",
    ),
    "Vehicles repaired as a trade in the street outside {place}, with oil on the road and engines run for hours.",
    "Residents can’t park near their homes; oil runs into the gutter; fumes come into bedrooms.",
    "Between four and nine vehicles on every visit over two months.",
    "The trade has premises elsewhere and uses the street as its yard.",
    (
        Rule(STOP, "Stop repairing vehicles in the street"),
        Rule(DO, "Take away the vehicles that stand without wheels or number plates", 14),
    ),
    14,
)
DOGS = Behaviour(
    "animals",
    "Dogs at {place}",
    (
        "Three dogs barking from six in the morning when he goes to work until he comes home.",
        "One of the dogs is over the fence again and the yard is full of mess.",
    ),
    "Three dogs left alone at {place} all day, barking without pause, and fouling not cleared from the yard.",
    "A night-shift nurse next door can’t sleep in the day; the smell keeps windows shut.",
    "Recorded on fourteen days; heard by an officer on three visits.",
    "A neighbour’s offer to walk the dogs was turned down.",
    (
        Rule(STEPS, "Take reasonable steps so that the dogs are not left alone for more than three hours", 14),
        Rule(DO, "Clear the yard of fouling", 7),
    ),
    14,
)
ROWDY = Behaviour(
    "rowdy",
    "Shouting and threats in the stairwell of {place}",
    (
        "He stands on the landing and shouts at whoever comes by.",
        "She threw a bin down the stairs at one in the morning.",
    ),
    "Shouting, swearing and throwing things in the shared stairwell of {place}, mostly at night.",
    "Four households avoid the stairs after dark; one has asked to be moved.",
    "Weekly since the spring; nine complaints by five people.",
    "The stairwell is the only way in and out, and children use it.",
    (
        Rule(STOP, "Stop shouting and throwing things in the stairwell"),
        Rule(STEPS, "Take reasonable steps so that visitors leave the stairwell quietly", 7),
    ),
    7,
)
GRAFFITI = Behaviour(
    "graffiti",
    "Tags on walls near {place}",
    (
        "The same tag on our wall for the fourth time this month.",
        "Wet paint on the bridge and two boys running off with a bag.",
    ),
    "The tag “QUILL” sprayed on walls and shutters near {place}.",
    "Residents paint over it and it is back within the week; the street looks given up.",
    "Twenty-three tags in six weeks; recognised from a photograph and admitted to an officer.",
    "A legal wall was offered and is two streets away.",
    (Rule(STOP, "Stop carrying spray paint in the street"), Rule(DO, "Remove the tags from the shutters", 14)),
    7,
)

BEHAVIOURS = (MUSIC, PARTIES, GARDEN, DRINKING, BEGGING, REPAIRS, DOGS, ROWDY, GRAFFITI)
#: How often each is met, in the order of `BEHAVIOURS`.
WEIGHTS = (30, 16, 22, 10, 8, 5, 6, 8, 3)

#: What becomes of a complaint that is not for the service.
#: What is somebody else's: what was said, whose it is, and why.
NOT_FOR_US = (
    ("The street lamp outside has been out for a fortnight.", "County council", "Street lighting is theirs."),
    ("There is a pot-hole the size of a bath at the corner.", "County council", "Highways are theirs."),
    ("The planning notice fell off the lamp post.", "Planning", "They put notices up."),
)
NOT_ASB: Mapping[str, str] = MappingProxyType({
    "Children played football in the park on Saturday afternoon.": "Ordinary play, by day, in a park.",
    "My neighbour’s baby cries at night.": "A baby’s crying is not anti-social; explained kindly.",
    "He looked at me in a funny way at the bus stop.": "One look; told to ring again if it goes on.",
})  # fmt: skip
