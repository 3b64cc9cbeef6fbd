"""Batches that were counted are remembered by the room `counting`, for all that is counted."""

from django.db import migrations

AT_ONCE = 1_000


def carry_over(apps, schema_editor):
    there = apps.get_model("counting", "CountedBatch")
    batches = apps.get_model("documents", "CountedBatch").objects.values_list("key", "counted_at")
    there.objects.bulk_create(
        (there(key=key, spool="downloads", counted_at=moment) for key, moment in batches.iterator()),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_take_over_documents"),
        ("counting", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="CountedBatch"),
    ]
