"""`manage.py alongside COMMAND …`: another command, as long as the process that started this one lives."""

import argparse

from django.core.management import execute_from_command_line
from django.core.management.base import BaseCommand

from demo.children import end_with_parent


class Command(BaseCommand):
    """Runs a command that ends when standard input closes. `manage.py serve` starts those beside the site by it."""

    help = "Run another command, and end it when standard input closes: when whoever started it is gone."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Take the command with its arguments."""
        parser.add_argument("command", nargs=argparse.REMAINDER)

    def handle(self, *args, command, **options):
        """Become the command."""
        end_with_parent()
        execute_from_command_line(["manage.py", *command])
