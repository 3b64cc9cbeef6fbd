"""System checks: names of jobs and alarms are stored or shown, so each names one thing."""

from collections import Counter

from django.core.checks import Error, register

from clock.finding import all_alarms, all_jobs


@register("clock")
def check_names_are_used_once(app_configs, **kwargs):
    """No two jobs and no two alarms share a name."""
    return faults_of(all_jobs(), "jobs", "clock.E001") + faults_of(all_alarms(), "alarms", "clock.E002")


def faults_of(declared, kind: str, code: str) -> list[Error]:
    """Return a fault for each name that more than one of them has."""
    names = Counter(each.name for each in declared)
    return [
        Error(f"{number} {kind} are called {name}.", hint="Give each a name of its own in jobs.py.", id=code)
        for name, number in names.items()
        if number > 1
    ]
