"""Writes what the search knows on the first day."""

from django.db import migrations

from search.shipped import EMERGENCY_PHRASES, SAME_WORDS


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
