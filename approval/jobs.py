"""What approval has to have done at its time."""

from datetime import datetime, time

from accounts.granting import keep_roles
from approval.keeping import keep_workflows
from clock.declared import Job
from clock.moments import Daily


def keep(*, now: datetime) -> None:
    """Give the roles what they should have, also on an archive or manual that was made since."""
    keep_roles()
    keep_workflows()


JOBS = [Job("approval.roles", "Keeping roles and approval as they should be", keep, Daily(at=time(4, 10)))]
