"""The kinds of review, and the states of an action."""

from django.db import models


class ReviewType(models.TextChoices):
    """What kind of look at practice it was. The order is that of the list of types."""

    INSPECTION = "inspection", "Inspection"
    JOINT_INSPECTION = "joint_inspection", "Joint inspection"
    MULTI_AGENCY_AUDIT = "multi_agency_audit", "Multi-agency audit"
    SINGLE_AGENCY_AUDIT = "single_agency_audit", "Audit by one agency"
    PRACTICE_REVIEW = "practice_review", "Local child safeguarding practice review"
    CASE_REVIEW = "case_review", "Serious case review"
    PEER_REVIEW = "peer_review", "Peer review"
    OTHER = "other", "Other review"


class ActionState(models.TextChoices):
    """How far an action has got, as staff say. Whether it is overdue is asked of the clock: see `actions`."""

    NOT_STARTED = "not_started", "Not started"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


# What somebody still has to do.
OPEN = {ActionState.NOT_STARTED, ActionState.UNDER_WAY}
