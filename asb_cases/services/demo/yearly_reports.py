"""The yearly reports of the demonstration: 2015-16, full of figures, and 2019-20, full of words.

The partners' figures of 2015-16 come from a file that ships beside this one, by the import that councils use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from asb_cases.adapters.storage import Storage
from asb_cases.domain.annual_report import BlockKind, ListOf, Prose, SentenceShape
from asb_cases.domain.files import FileKind
from asb_cases.domain.imports.partner_figures import code_and_title
from asb_cases.domain.permissions import CONSOLE, Actor
from asb_cases.queries.annual_reports import report_to_write, sections_of
from asb_cases.services.annual_report_blocks import Said, write_section
from asb_cases.services.annual_reports import (
    add_appendix,
    approve_section,
    change_cover,
    move_section,
    start_report,
)
from asb_cases.services.files import NewFile
from asb_cases.services.imports.kinds import KINDS
from asb_cases.services.imports.running import Order, import_file

FIGURES = Path(__file__).with_name("partner_figures.csv")
FULL_OF_FIGURES, FULL_OF_WORDS = 2015, 2019
BULLET, RUNS_ON = SentenceShape.BULLET, SentenceShape.RUNS_ON
MID_NINETIES = (date(1995, 4, 1), date(1996, 3, 31))
NEXT_YEAR = (date(2016, 4, 1), date(2017, 3, 31))


@dataclass(frozen=True)
class Part:
    """A section and its blocks."""

    heading: str
    level: int
    blocks: Sequence[Said]


def text(words: str) -> Said:
    return Said(kind=BlockKind.TEXT, text=words)


def prose(what: Prose, shape: SentenceShape = SentenceShape.PARAGRAPH) -> Said:
    return Said(kind=BlockKind.PROSE, prose=what, shape=shape)


def listed(what: ListOf, introduction: str, items: str) -> Said:
    return Said(kind=BlockKind.LIST, list_of=what, introduction=introduction, text=items)


def figure(
    series: str,
    wording: str | None = None,
    *,
    shape: SentenceShape = SentenceShape.PARAGRAPH,
    compared_with: str | None = None,
    days: tuple[date, date] | None = None,
    charted: bool = False,
    tabled: bool = False,
) -> Said:
    """A figure that a partner supplied."""
    return Said(
        kind=BlockKind.FIGURE,
        figure=code_and_title(series)[0],
        wording=wording,
        shape=shape,
        compared_with=compared_with,
        first=days[0] if days else None,
        last=days[1] if days else None,
        as_sentence=True,
        as_chart=charted,
        as_table=tabled,
    )


def alone(series: str, wording: str, shape: SentenceShape = BULLET) -> Said:
    """A figure with nothing to compare it with."""
    return figure(series, wording, shape=shape, compared_with="none")


def partner_figures(*, now: datetime) -> None:
    """Bring the partners' figures in."""
    order = Order(kind=KINDS["partner-figures"], path=FIGURES)
    import_file(order, actor=CONSOLE, now=now, tell=lambda _problem: None, progress=lambda _stage, _rows: None)


def yearly_reports(*, now: datetime, storage: Storage, manager: Actor) -> None:
    """Write both reports. Every section is approved; signing is left to whoever looks."""
    for year, cover, parts in (
        (FULL_OF_FIGURES, COVER_2015, PARTS_2015),
        (FULL_OF_WORDS, COVER_2019, PARTS_2019),
    ):
        _write(year, cover, parts, now)
    for title, name, words in APPENDICES_2019:
        received = storage.receive(BytesIO(words.encode()), len(words.encode()))
        add_appendix(
            actor=CONSOLE,
            now=now,
            year=FULL_OF_WORDS,
            title=title,
            file=NewFile(received, name, FileKind.TEXT),
            media_type="text/plain",
            storage=storage,
        )
    for year in (FULL_OF_FIGURES, FULL_OF_WORDS):
        for section in sections_of(report_to_write(year)):
            approve_section(actor=manager, now=now, year=year, section_id=section.id, version=None)


def _write(year: int, cover: dict[str, str], parts: Sequence[Part], now: datetime) -> None:
    start_report(actor=CONSOLE, now=now, year=year)
    for section in sections_of(report_to_write(year)):
        move_section(actor=CONSOLE, now=now, year=year, section_id=section.id, to="out")
    change_cover(
        actor=CONSOLE,
        now=now,
        year=year,
        version=None,
        lines={code: (None, words) for code, words in cover.items()},
        comparisons=None,
    )
    for part in parts:
        write_section(actor=CONSOLE, now=now, year=year, heading=part.heading, level=part.level, blocks=part.blocks)


COVER_2015 = {
    "to": "Council",
    "date": "25 July 2016",
    "report_of": "The board member for community safety",
    "title": "The community safety partnership in 2015-16",
    "purpose": "To tell councillors what the partnership did in the year.",
    "policy_framework": "The corporate plan",
    "recommendations": "1. That the council notes this report.",
    "approved_by": "Finance, legal, and the executive lead member",
    "author": "The community safety service manager",
    "job_title": "Community safety service manager",
    "service_area": "Community services",
    "telephone": "01632 960001",
    "email": "community.safety@example.org",
}

PARTS_2015 = (
    Part("Introduction", 1, (
        text(
            "Since 1998 the law has asked certain public bodies to work out together what threatens the safety of the "
            "city’s communities, and to do something about it. Here they do so as a community safety partnership."
        ),
        listed(ListOf.MEMBERS, "The partnership has {count} responsible authorities:",
               "Thames Valley Police\nOxford City Council\nOxfordshire County Council\nThe National Probation Service\n"
               "Thames Valley Community Rehabilitation Company\nThe clinical commissioning group\n"
               "Oxfordshire Fire and Rescue Service"),
        alone("Meetings of the partnership",
              "The council’s director for community services takes the chair. In {period} the members met {value} times, "
              "partly to plan and partly to work through one subject in depth.", SentenceShape.PARAGRAPH),
        text(
            "What it means to do stands in a rolling plan, which is brought up to date every year. A grant of the police "
            "and crime commissioner pays towards three posts:\n\n"
            "- a coordinator for human exploitation: sexual exploitation of children, trafficking and sex work\n"
            "- a coordinator for violent crime: CCTV, young people and violence, dangerous offenders, and Prevent\n"
            "- a coordinator for preventing anti-social behaviour: projects with students, places designed against "
            "crime, public spaces protection orders, and language schools\n\n"
            "More stands on [the partnership’s own pages](https://example.org/community-safety)."
        ),
    )),
    Part("Crime and anti-social behaviour in the city", 1, (
        figure("Recorded crime", charted=True),
        text("Most kinds of crime remain below their level of 2013-14."),
        figure("Violence against the person", charted=True),
        figure("Sexual offences", shape=RUNS_ON, charted=True),
        figure("Personal robbery", charted=True),
        figure("Bicycle theft", shape=RUNS_ON, charted=True),
        figure("Domestic burglary", charted=True),
        figure("Domestic burglary",
               "That is little beside the mid-1990s, when there were {value} such burglaries a year.",
               shape=RUNS_ON, compared_with="none", days=MID_NINETIES),
        figure("Vehicle crime", shape=RUNS_ON, charted=True),
        text(
            "Sexual offences are often reported long after they happened: people have more confidence that they will be "
            "heard."
        ),
        alone("Hate incidents reported to the police",
              "Hate incidents reported to the police come to {value} a year.", SentenceShape.PARAGRAPH),
        figure("Anti-social behaviour recorded by the police", tabled=True),
        figure("contacts_received",
               "The community safety team’s own address had more to do: contacts {change}, from {before} in "
               "{before_period} to {value} in {period}.", shape=RUNS_ON, compared_with="2013-14", tabled=True),
        text(
            "Officers are on call for noise every night: from 11 pm to 4 am on Friday and Saturday, to 2 am on Sunday and "
            "Thursday, and to 1 am on the other nights."
        ),
        prose(Prose.OUT_OF_HOURS),
    )),
    Part("Priorities of the rolling plan", 1, (
        text(
            "The county’s strategic intelligence assessment sets out what the partners know: their data, what residents "
            "say in surveys, and what staff see every day. The last counts for much, since some offences are hardly ever "
            "reported."
        ),
        listed(ListOf.PRIORITIES, "For 2016-17 there are {count} priorities:",
               "Violent crime\nAnti-social behaviour\nOrganised crime\nThe prevention of extremism\nAbuse and exploitation"),
        listed(ListOf.WORK_AREAS, "They are pursued in {count} work areas:",
               "Solving problems of community safety where people live\n"
               "The national strategy on violence against women and girls, as it is carried out here\n"
               "Safeguarding against extremism of every kind, with the Prevent action plan\n"
               "Action against organised gangs in the city\n"
               "Clear roles in the answer to exploitation, and safety for those who are vulnerable\n"
               "Knowing and talking to our communities, so that risk and demand both fall"),
    )),
    Part("What was done in 2015-16", 1, (text("The plan of the year was carried out under three heads."),)),
    Part("For the community", 2, (
        prose(Prose.ENFORCEMENT, BULLET),
        alone("Officers accredited in restorative justice",
              "{value} officers of the service were accredited in restorative justice, which helps to settle matters between "
              "neighbours."),
        text("- The grade they reached in restorative justice is level 2."),
        alone("Appreciative inquiries",
              "With residents the partnership held {value} appreciative inquiries, among them on graffiti, busking and "
              "young people with nothing to do."),
        text(
            "- The licensing service now trains everybody who applies for a taxi licence or a licence to sell alcohol to "
            "see when somebody needs protection, and to say so. The county is taking this up."
        ),
        alone("Cameras added in the city centre", "CCTV in the city centre grew by {value} cameras, in two streets,"),
        alone("Cameras in the city centre", "to {value} cameras in all.", RUNS_ON),
    )),
    Part("For victims", 2, (
        prose(Prose.CASE_REVIEWS, BULLET),
        alone("Complaints about taxis",
              "The licensing service looked into {value} complaints about taxi drivers, taxis and taxi firms."),
        alone("Taxi licences refused", "As a result {value} applications were refused", RUNS_ON),
        alone("Taxi licences revoked", "and {value} licences were revoked.", RUNS_ON),
        text(
            "- The partnership supports a service for young people who live with abuse, which stands by each of "
            "them one to one."
        ),
        alone("Programmes for families",
              "Where a child is violent to a parent, Building Respectful Families ran {value} programmes"),
        alone("Families supported", "for {value} families.", RUNS_ON),
        alone("Victims of domestic abuse whose homes were made secure",
              "So that they need not leave, the homes of {value} victims of domestic abuse were made secure, some more "
              "than once."),
        alone("Victims of domestic abuse who became homeless",
              "Victims of domestic abuse who became homeless in the year: {value}.", RUNS_ON),
        alone("Practitioners at the restorative justice conference",
              "A conference on restorative justice brought together {value} practitioners who work with domestic and sexual "
              "abuse."),
        alone("Students trained about domestic and sexual abuse",
              "Training about domestic and sexual abuse reached {value} students of Oxford Brookes University,", RUNS_ON),
        alone("People trained about child sexual exploitation",
              "and training about child sexual exploitation {value} people from the council, private care homes and "
              "hostels.", RUNS_ON),
        alone("Victims of exploitation supported",
              "Independent Trauma Advice stood by {value} victims of exploitation."),
        alone("Victims of domestic servitude", "Of them {value} had lived in domestic servitude.", RUNS_ON),
        alone("Referrals to the National Referral Mechanism",
              "It made {value} referrals to the National Referral Mechanism, for housing and personal support.", RUNS_ON),
        alone("Members of Hotel Watch",
              "Hotel Watch began. It warns of the exploitation of children and of trafficking, and {value} hotels, guest "
              "houses and short lets belong to it."),
        text(
            "- Where there is concern for a child, the service searches the council’s systems for the county’s "
            "multi-agency safeguarding hub."
        ),
    )),
    Part("Against offending", 2, (
        text(
            "- The service and the police went out together for the public spaces protection orders that were made in "
            "2015.\n"
            "- More of the city can now be covered by mobile cameras."
        ),
        alone("Test purchase operations",
              "With the police, the licensing service carried out {value} test purchase operations"),
        alone("Premises visited for test purchases", "at {value} premises, to see who sells to children;", RUNS_ON),
        alone("Premises that failed a test purchase",
              "{value} premises failed, and their licence holders were fined and warned.", RUNS_ON),
        alone("Referrals to Making Changes",
              "Making Changes works with men who abuse their partners: it had {value} referrals."),
        alone("Weeks of the Making Changes programme",
              "Its programme lasts {value} weeks, and questions the beliefs that the abuse rests on.", RUNS_ON),
        text(
            "- At weekends two officers patrol the centre and the east of the city from 11 pm to 4 am. They deal with noise, "
            "anti-social behaviour, street trading, leaflets, taxis and licensed premises.\n"
            "- In Rose Hill, young people who had been a nuisance to residents were offered something better, with the "
            "council’s Youth Ambition programme."
        ),
    )),
    Part("What lies ahead", 1, (
        text(
            "- The commissioner pays for the posts through 2016-17. Large savings have to be found, and what follows is "
            "uncertain."
        ),
        figure("Police funding of CCTV salaries",
               "CCTV has to be kept up with less: police funding of CCTV salaries {change} in {period}, and is to do so each "
               "year until 2018-19.", shape=BULLET, compared_with="none", days=NEXT_YEAR),
        text("- Agencies have to work better together where mental ill health endangers the safety of a community."),
    )),
    Part("Figures of the year", 1, (prose(Prose.TABLE),)),
)  # fmt: skip

COVER_2019 = {
    "to": "Council",
    "date": "25 January 2021",
    "report_of": "The cabinet member for a safer, healthier city",
    "title": "Community safety partnership: yearly update 2019-20",
    "purpose": "To sum up what the partnership achieved in 2019-20.",
    "key_decision": "No",
    "cabinet_member": "The cabinet member for a safer, healthier city",
    "corporate_priority": "Strong and active communities",
    "policy_framework": "n/a",
    "recommendations": "That the report be noted.",
}

PARTS_2019 = (
    Part("Introduction and background", 1, (
        text(
            "The Crime and Disorder Act 1998 made public bodies answerable together for crime, disorder and anti-social "
            "behaviour in their area. The partnership is how they do it. It meets every quarter, agrees at the start of "
            "the year what matters most, and checks how its plans are getting on."
        ),
    )),
    Part("Who belongs to it", 2, (
        listed(ListOf.MEMBERS, "The partnership has {count} members:",
               "Oxford City Council, which answers for the partnership\nThe local police area\n"
               "Oxfordshire County Council\n - Youth justice\n - Fire and rescue\n - Trading standards\n"
               " - Social care for children and adults\n"
               "Her Majesty’s Prison and Probation Service\nThames Valley Community Rehabilitation Company\n"
               "The hospital trust\nThe ambulance service\nThe clinical commissioning group\n"
               "The office of the police and crime commissioner\nOxford Brookes University\nThe University of Oxford\n"
               "Turning Point"),
    )),
    Part("Priorities", 1, (
        listed(ListOf.PRIORITIES,
               "From an overview of crime and disorder the board draws a set of priorities every year. They come in {count} "
               "groups:",
               "Matters that affect our communities\nSerious and organised crime\nSerious violence"),
    )),
    Part("Matters that affect our communities", 2, (
        text(
            "- Drug use and dealing in parks and squares: the task force carries on, in answer to what residents report\n"
            "- Vulnerable people who lose their homes and sleep on the streets\n"
            "- Locality hubs, which protect those most at risk while the country is locked down\n"
            "- New plans against anti-social behaviour, after the public was asked\n"
            "- The Prevent and Protect strands of the strategy against terrorism"
        ),
    )),
    Part("Serious and organised crime", 2, (
        text(
            "- Cuckooing: a quick response, and support for the adults whose homes are taken over\n"
            "- Cycle crime: less of it, through the bike crime partnership\n"
            "- Burglary and other serious theft: the Safer Streets work"
        ),
    )),
    Part("Serious violence", 2, (
        text(
            "- Modern slavery, hate crime, and disorder through alcohol\n"
            "- The exploitation of children, with social services and others\n"
            "- The violence reduction unit of the police area\n"
            "- Domestic abuse, and violence against women and girls"
        ),
    )),
    Part("What was done", 1, (
        text(
            "The rolling plan (appendix A) gives the priorities in full, with trends of crime and of behaviour at every "
            "level, and the state of our streets. Of the work of the year these stand out:"
        ),
    )),
    Part("County lines", 2, (
        text("Organised groups that send drugs in from other cities, and use children to do it, were disrupted."),
    )),
    Part("Street culture", 2, (
        text("Begging, drug use, street drinking and environmental crime in the centre were taken on together."),
    )),
    Part("Cuckooing", 2, (text("Residents whose homes drug gangs had taken over were protected."),)),
    Part("Modern slavery", 2, (text("The county’s action plan on modern slavery has a local answer."),)),
    Part("Environmental audits", 2, (
        text(
            "The community response team walked neighbourhoods with Oxford Direct Services, so that fly-tipping and litter "
            "are dealt with before they settle in."
        ),
    )),
    Part("Domestic abuse", 2, (text("Victims were helped at once to stay, safely, in their own homes."),)),
    Part("Hate crime", 2, (text("A local action plan on hate crime was drawn up with the police."),)),
    Part("Sex work and exploitation", 2, (
        text("Vulnerable adults who sell sex, and young people at risk of sexual exploitation, were supported."),
    )),
    Part("Taxis", 2, (
        text("Under the joint operating framework, partners look after the safety of vulnerable passengers."),
    )),
    Part("Covid-19", 1, (
        text(
            "The year after, 2020, changed the city and the work. The partnership\n\n"
            "- helped to run the locality hubs\n"
            "- looked for residents who needed support, and kept them from being cut off\n"
            "- saw to it that people who slept on the streets had a bed\n"
            "- worked with students so that the disease spread less\n"
            "- dealt with breaches of the rules, and fined those who would not stop\n"
            "- helped the centre to open again, with George Street and St Michael’s Street closed to traffic"
        ),
    )),
)  # fmt: skip

APPENDICES_2019 = (
    ("Appendix A: Rolling plan 2020-21", "rolling-plan-2020-21.txt", "Rolling plan 2020-21 of the demonstration.\n"),
    ("Appendix B: Action plan 2020-21", "action-plan-2020-21.txt", "Action plan 2020-21 of the demonstration.\n"),
)
