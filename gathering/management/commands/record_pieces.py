"""Write the pieces of all public pages again, for pages that were published before pieces were kept."""

from django.core.management.base import BaseCommand
from wagtail.models import get_page_models

from gathering.services import record_pieces


class Command(BaseCommand):
    """Safe to run at any time, and twice."""

    help = "Writes the pieces of all public pages again (items of bulletins, decisions of meetings)."

    def handle(self, **options):
        """Write them, one page after another, and say how many there are."""
        written = sum(
            record_pieces(page=page)
            for model in get_page_models()
            if hasattr(model, "declared_pieces")
            for page in model.objects.filter(live=True).iterator(chunk_size=50)
        )
        self.stdout.write(f"{written} pieces.")
