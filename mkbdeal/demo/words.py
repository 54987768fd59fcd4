"""The texts of the invented year, Dutch beside English: `{theme}` and `{level}` are filled in. No logic."""

from typing import NamedTuple

from hubs.models import ProgrammeKind
from partners.models import PartnerKind


class Text(NamedTuple):
    """One text in both languages."""

    nl: str
    en: str

    def fill(self, **values: "Text") -> "Text":
        """Each value goes in in its own language."""
        return Text(
            self.nl.format(**{name: value.nl for name, value in values.items()}),
            self.en.format(**{name: value.en for name, value in values.items()}),
        )


TITLES = {
    ProgrammeKind.SCHOOL_LESSON: Text("{theme}: les voor {level}", "{theme}: lesson for {level}"),
    ProgrammeKind.GUEST_LESSON: Text("{theme}: gastles voor {level}", "{theme}: guest lesson for {level}"),
    ProgrammeKind.WORKSHOP: Text("{theme}: workshop voor {level}", "{theme}: workshop for {level}"),
    ProgrammeKind.CLUB: Text("{theme}: middagclub voor {level}", "{theme}: afternoon club for {level}"),
    ProgrammeKind.COURSE: Text("{theme}: cursus voor {level}", "{theme}: course for {level}"),
    ProgrammeKind.VOCATIONAL: Text("{theme}: beroepsopleiding ({level})", "{theme}: vocational training ({level})"),
    ProgrammeKind.RETRAINING: Text("{theme}: omscholing voor {level}", "{theme}: retraining for {level}"),
    ProgrammeKind.COMPANY_VISIT: Text("{theme}: bedrijfsbezoek voor {level}", "{theme}: company visit for {level}"),
    ProgrammeKind.OPEN_EVENING: Text("{theme}: open avond voor {level}", "{theme}: open evening for {level}"),
    ProgrammeKind.CONTEST: Text("{theme}: wedstrijd voor {level}", "{theme}: contest for {level}"),
}
REPEATED = Text("{title}, reeks {number}", "{title}, series {number}")

SUMMARIES = {
    ProgrammeKind.SCHOOL_LESSON: Text(
        "Je klas werkt een ochtend in de praktijkhal aan {theme}. Iedereen maakt iets en neemt het mee.",
        "Your class spends a morning in the workshop hall on {theme}. Everybody makes something to take home.",
    ),
    ProgrammeKind.GUEST_LESSON: Text(
        "Iemand uit het vak vertelt over {theme} en laat zien hoe een werkdag eruitziet.",
        "Somebody from the trade talks about {theme} and shows what a day at work looks like.",
    ),
    ProgrammeKind.WORKSHOP: Text(
        "Je probeert {theme} zelf, onder begeleiding. Je hoeft nog niets te kunnen.",
        "You try {theme} yourself, with guidance. You need no experience.",
    ),
    ProgrammeKind.CLUB: Text(
        "Vier middagen met een vaste groep aan je eigen project: {theme}.",
        "Four afternoons with the same group on a project of your own: {theme}.",
    ),
    ProgrammeKind.COURSE: Text(
        "Drie avonden om bij te leren over {theme}, aan de machines en met begeleiding.",
        "Three evenings to learn more about {theme}, at the machines and with guidance.",
    ),
    ProgrammeKind.VOCATIONAL: Text(
        "Je leert een vak rond {theme}. Kom eerst kijken hoe het gaat.",
        "You learn a trade around {theme}. First come and see how it works.",
    ),
    ProgrammeKind.RETRAINING: Text(
        "Overstappen naar de techniek? Ontdek of {theme} bij je past.",
        "Thinking of a switch to technology? Find out whether {theme} suits you.",
    ),
    ProgrammeKind.COMPANY_VISIT: Text(
        "Je kijkt binnen bij een bedrijf dat elke dag met {theme} bezig is.",
        "You look around at a company that deals with {theme} every day.",
    ),
    ProgrammeKind.OPEN_EVENING: Text(
        "Loop binnen, kijk naar {theme} en stel al je vragen.",
        "Drop in, have a look at {theme} and ask all your questions.",
    ),
    ProgrammeKind.CONTEST: Text(
        "Een dag lang lossen teams een opdracht op over {theme}. De jury kiest het slimste idee.",
        "All day teams solve a challenge about {theme}. The jury picks the smartest idea.",
    ),
}
BODY = Text(
    "<p>Dit is een verzonnen programma, gemaakt om het portaal te laten zien.</p>"
    "<h2>Wat je doet</h2><ul><li>Je hoort kort hoe veilig werken gaat.</li>"
    "<li>Je gaat aan de slag met {theme}.</li><li>Je laat zien wat je gemaakt hebt.</li></ul>",
    "<p>This is an invented programme, made to show the portal.</p>"
    "<h2>What you do</h2><ul><li>You briefly hear how to work safely.</li>"
    "<li>You get to work on {theme}.</li><li>You show what you have made.</li></ul>",
)
PREPARATION = Text("Je hoeft niets voor te bereiden.", "You need not prepare anything.")
CLOTHING = Text(
    "Draag dichte schoenen en kleren die vies mogen worden. Bind lang haar vast.",
    "Wear closed shoes and clothes that may get dirty. Tie back long hair.",
)
CAREER_CHANGERS = Text("zij-instromers", "career changers")
EMPLOYEES = Text("werknemers", "employees")

NOTES = (
    Text("met rondleiding na afloop", "with a tour afterwards"),
    Text("met proefles", "with a trial lesson"),
    Text("met extra begeleiding", "with extra guidance"),
)
CANCEL_REASONS = (
    "De docent is ziek. We zoeken een nieuwe datum.",
    "De machine is in onderhoud.",
    "Er waren te weinig aanmeldingen.",
)

PARTNER_NAMES = {
    PartnerKind.COMPANY: "Voorbeeldbedrijf",
    PartnerKind.TRAINING_COMPANY: "Voorbeeldopleider",
    PartnerKind.EDUCATION: "Voorbeeldschool",
    PartnerKind.NETWORK: "Voorbeeldnetwerk",
    PartnerKind.GOVERNMENT: "Voorbeeldgemeente",
}
PARTNER_SUMMARY = Text(
    "Een verzonnen partner, gemaakt om het portaal te laten zien.",
    "An invented partner, made to show the portal.",
)
PARTNER_BODY = Text(
    "<p>Deze organisatie bestaat niet. Zo ziet de pagina van een partner eruit als er veel te doen is.</p>",
    "<p>This organisation does not exist. A partner's page looks like this when there is a lot going on.</p>",
)

NEWS_TITLES = (
    Text("nieuwe data op de agenda", "new dates on the agenda"),
    Text("klassen bouwen een kettingreactie", "classes build a chain reaction"),
    Text("een avond voor wie wil overstappen", "an evening for those who want to switch"),
    Text("de lasersnijder staat klaar", "the laser cutter is ready"),
    Text("leerlingen laten hun robots zien", "pupils show their robots"),
    Text("kom kijken op de open avond", "come and see on the open evening"),
)
NEWS_TITLE = Text("Voorbeeldbericht {number}: {title}", "Example item {number}: {title}")
NEWS_SUMMARY = Text(
    "Een verzonnen bericht, gemaakt om het portaal te laten zien.", "An invented item, made to show the portal."
)
NEWS_BODY = Text(
    "<p>Dit is niet echt gebeurd. Zo ziet een nieuwsbericht op het portaal eruit.</p>",
    "<p>This did not really happen. A news item on the portal looks like this.</p>",
)
