"""Writes what the search knows on the first day. From then on it is the staff's to change."""

from django.db import migrations

EMERGENCY_PHRASES = [
    "999",
    "abuse help",
    "being abused",
    "being hurt",
    "call the police",
    "child abuse",
    "child at risk now",
    "child in danger",
    "concern about a child",
    "concerned about a child",
    "emergency",
    "hurting me",
    "immediate danger",
    "in danger",
    "out of hours",
    "raise a concern",
    "report a child",
    "report a concern",
    "report abuse",
    "report neglect",
    "safeguarding concern",
    "someone is hurting",
    "suicidal",
    "urgent",
    "want to die",
    "who do I call",
    "worried about a baby",
    "worried about a child",
    "worried about a pupil",
]

SAME_WORDS = [
    "ABE, achieving best evidence",
    "CAMHS, child and adolescent mental health services",
    "CCE, child criminal exploitation",
    "CDOP, child death overview panel",
    "CIN, child in need",
    "CPC, ICPC, child protection conference, case conference",
    "CPP, child protection plan",
    "CSE, child sexual exploitation",
    "CAF, EHA, early help assessment, common assessment",
    "DA, DV, domestic abuse, domestic violence",
    "DBS, Disclosure and Barring Service, CRB, criminal records check",
    "DSL, designated safeguarding lead, designated teacher",
    "EHCP, education health and care plan",
    "FGM, female genital mutilation",
    "FII, fabricated or induced illness",
    "GCP, graded care profile",
    "GP, general practitioner, family doctor, doctor",
    "HV, health visitor",
    "IRO, independent reviewing officer",
    "LAC, CLA, looked after child, child in care",
    "LADO, local authority designated officer, designated officer",
    "MAPPA, multi-agency public protection arrangements",
    "MARAC, multi-agency risk assessment conference",
    "MASH, multi-agency safeguarding hub, front door",
    "PLO, public law outline",
    "s17, section 17",
    "s47, section 47",
    "SCR, serious case review, case review, child safeguarding practice review",
    "SEND, special educational needs, disability, disabled",
    "TAC, TAF, team around the child, team around the family",
    "UASC, unaccompanied asylum seeking child",
    "bruise, bruising, injury",
    "course, training, workshop",
    "disagree, dispute, escalate, escalation, challenge",
    "drugs, substance misuse, alcohol",
    "extremism, radicalisation, prevent duty",
    "historic abuse, historical abuse, non recent abuse",
    "jail, prison, custody",
    "mum, mother, dad, father, parent, carer",
    "nudes, sexting, sexual images, indecent images, naked pictures",
    "phone, ring, call, telephone",
    "pre-birth, unborn, before birth, pregnancy, pregnant",
    "pupil, student, child",
    "refer, referral",
    "run away, runaway, missing",
    "safer recruitment, recruiting, choosing people",
    "sex offender, person who poses a risk",
    "strategy meeting, strategy discussion",
    "teenager, adolescent, young person",
]


def write(apps, schema_editor):
    phrases, words = (apps.get_model("search", name) for name in ("EmergencyPhrase", "SameWords"))
    phrases.objects.bulk_create([phrases(phrase=phrase) for phrase in EMERGENCY_PHRASES])
    words.objects.bulk_create([words(words=same) for same in SAME_WORDS])


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_words_of_staff'),
    ]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
