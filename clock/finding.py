"""Finds the jobs and alarms that rooms declare in `<room>/jobs.py`."""

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from clock.declared import Alarm, Job


@cache
def all_jobs() -> tuple[Job, ...]:
    """Return the jobs of all rooms."""
    return tuple(job for module in _modules() for job in getattr(module, "JOBS", ()))


@cache
def all_alarms() -> tuple[Alarm, ...]:
    """Return the alarms of all rooms."""
    return tuple(alarm for module in _modules() for alarm in getattr(module, "ALARMS", ()))


def _modules() -> list:
    # Not while the site starts: jobs know services, and services all models.
    rooms = [config for config in apps.get_app_configs() if module_has_submodule(config.module, "jobs")]
    return [import_module(f"{room.name}.jobs") for room in rooms]
