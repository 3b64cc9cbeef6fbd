"""What the board concentrates on in each plan year."""

from priorities.models.areas import PriorityAreaPage
from priorities.models.arrangements import Arrangement
from priorities.models.years import PlanYearPage, PrioritiesPage

__all__ = ["Arrangement", "PlanYearPage", "PrioritiesPage", "PriorityAreaPage"]
