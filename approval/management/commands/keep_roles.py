"""`manage.py keep_roles`: a group for each role, with its rights, and the workflows. Run it after each update."""

from django.core.management.base import BaseCommand, CommandError

from accounts.granting import UnknownRight, keep_roles
from approval.keeping import keep_workflows


class Command(BaseCommand):
    """Makes the groups and workflows, and gives them what they lack and takes what they should not have."""

    help = (
        "Make a group for each role in the office, give it exactly the rights that the site declares for it, and let "
        "bulletins, chapters and resources be approved by a second person. Safe to run again."
    )

    def handle(self, *args, **options):
        """Do it, and name the groups. Raises CommandError for what is declared and does not exist."""
        try:
            groups = keep_roles()
        except UnknownRight as error:
            raise CommandError(str(error)) from error
        workflows = keep_workflows()
        if options["verbosity"]:
            self.stdout.write("\n".join(f"{group.name}: {group.permissions.count()} rights" for group in groups))
            self.stdout.write(f"Approved by a second person: {', '.join(workflow.name for workflow in workflows)}")
