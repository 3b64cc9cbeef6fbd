"""The board's own business: the page that lists it, its meetings, and inspections, audits and reviews."""

from board_business.models.board import BoardBusinessPage
from board_business.models.meetings import MeetingPage
from board_business.models.reviews import ReviewPage

__all__ = ["BoardBusinessPage", "MeetingPage", "ReviewPage"]
