"""Resource: a leaflet for parents and carers, in English and in Polish."""

from datetime import date

from demo.content.library.papers import Callout, Paper, phone, section
from demo.content.library.writing import Resource, one_file

CITY, COUNTY = phone("Early help, city"), phone("Early help, county")

ENGLISH = Paper(
    title="When somebody is worried about your child",
    version="1",
    dated=date(2026, 2, 20),
    family=True,
    opening="For parents and carers. What happens when a teacher, a nurse or somebody else has asked us for advice about your family.",
    body=(
        section(
            "Why has somebody rung us?",
            """
            Because they are worried about a child, and it is their job to say so. It does not mean that anybody has
            decided anything about you. Most families whom we speak to get advice or help, and stay together.
            """,
        ),
        section(
            "What happens next",
            """
            - A social worker reads what we were told, on the same day or the next.
            - We usually ring you, and ask you before we speak to your doctor or your child’s school.
            - Sometimes we would like to visit you and meet your child.
            - We tell you what we think, in writing if you wish.
            """,
        ),
        section(
            "What you can ask for",
            """
            - to be told what people are worried about, in plain words
            - an interpreter, free of charge, who is not a relative
            - somebody with you whom you trust
            - to see what we have written about you
            - to complain, without being treated worse for it
            """,
        ),
        section(
            "What helps",
            """
            Tell us what is going well, and what is hard. Ask when you do not understand something. If you think that we
            are wrong, say so: we may be.
            """,
        ),
        Callout(
            "Would you like help before anybody has to worry?",
            f"""
            Ring the early help team. In the city: <b>{CITY}</b>. In the county: <b>{COUNTY}</b>. Monday to Friday, 9 am to
            5 pm. If somebody is in danger now, ring <b>999</b>.
            """,
        ),
    ),
)

POLISH = Paper(
    title="Kiedy ktoś martwi się o Państwa dziecko",
    version="1",
    dated=date(2026, 4, 8),
    language="pl",
    family=True,
    opening="""
    Dla rodziców i opiekunów. Co się dzieje, gdy nauczyciel, pielęgniarka lub ktoś inny poprosił nas o radę w sprawie
    Państwa rodziny.
    """,
    body=(
        section(
            "Dlaczego ktoś do nas zadzwonił?",
            """
            Ponieważ martwi się o dziecko i ma obowiązek o tym powiedzieć. Nie oznacza to, że podjęto już jakąkolwiek
            decyzję w Państwa sprawie. Większość rodzin, z którymi rozmawiamy, otrzymuje radę lub pomoc i pozostaje razem.
            """,
        ),
        section(
            "Co będzie dalej",
            """
            - Pracownik socjalny czyta zgłoszenie tego samego lub następnego dnia.
            - Zwykle dzwonimy do Państwa i pytamy o zgodę, zanim porozmawiamy z lekarzem lub ze szkołą dziecka.
            - Czasami chcemy Państwa odwiedzić i poznać dziecko.
            - Mówimy Państwu, co o tym sądzimy, a na życzenie także na piśmie.
            """,
        ),
        section(
            "O co mogą Państwo poprosić",
            """
            - o wyjaśnienie prostymi słowami, co budzi niepokój
            - o bezpłatnego tłumacza, który nie jest członkiem rodziny
            - o obecność osoby, której Państwo ufają
            - o wgląd w to, co o Państwu napisaliśmy
            - o rozpatrzenie skargi; z powodu skargi nikt nie będzie Państwa gorzej traktował
            """,
        ),
        section(
            "Co pomaga",
            """
            Proszę nam powiedzieć, co idzie dobrze, a co jest trudne. Proszę pytać, jeśli coś jest niezrozumiałe. Jeśli
            uważają Państwo, że się mylimy, proszę to powiedzieć: może tak być.
            """,
        ),
        Callout(
            "Chcieliby Państwo otrzymać pomoc, zanim ktoś zacznie się martwić?",
            f"""
            Proszę zadzwonić do zespołu wczesnej pomocy (early help). W mieście: <b>{CITY}</b>. W hrabstwie:
            <b>{COUNTY}</b>. Od poniedziałku do piątku, w godzinach 9–17. Jeśli ktoś jest teraz w niebezpieczeństwie,
            proszę dzwonić pod numer <b>999</b>.
            """,
        ),
    ),
)

LEAFLET = Resource(
    title="When somebody is worried about your child",
    slug="when-somebody-is-worried-about-your-child",
    summary="A leaflet for parents and carers: what happens after a referral, and what they can ask for. Also in Polish.",
    purpose="""<p>Give it to parents when you tell them that you are going to make a referral, or that one has been made.
    Read it with them; do not leave it on the doormat.</p>""",
    resource_type="leaflet",
    topics=("Parents and carers", "Early help"),
    audiences=("Families", "Social workers", "Health staff", "Schools"),
    owner_team="Board office",
    approved_by="Marlshire Safeguarding Children Board",
    approved_months_ago=9,
    review_months=1,
    files=(
        one_file("Leaflet", "when-somebody-is-worried-about-your-child.pdf", (260, "First published.", ENGLISH)),
        one_file(
            "Kiedy ktoś martwi się o Państwa dziecko",
            "kiedy-ktos-martwi-sie-o-panstwa-dziecko.pdf",
            (215, "The leaflet can now be had in Polish as well.", POLISH),
            language="pl",
        ),
    ),
)
