"""The rows in which staff write opening hours."""

from django import forms
from django.core.exceptions import ValidationError
from wagtail.blocks import MultipleChoiceBlock, StreamBlock, StructBlock, TimeBlock
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from organisation.hours import DAY_NAMES, DAYS, MIDNIGHT, clock, minutes_of, read_periods

OVER_MIDNIGHT = (
    "The closing time must be later than the opening time. For hours that go past midnight, close this row at 00:00 "
    "and add another row that opens at 00:00 on the next day."
)


class PeriodBlock(StructBlock):
    """The same hours on some days of the week."""

    days = MultipleChoiceBlock(
        choices=list(zip(DAYS, DAY_NAMES, strict=True)),
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick every day with these hours.",
    )
    opens = TimeBlock(label="Opens at", help_text="In the 24-hour clock, for example 09:00")
    closes = TimeBlock(label="Closes at", help_text="For example 17:00. Write 00:00 for midnight.")

    def clean(self, value):
        """Refuse hours that end before they begin."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if minutes_of(cleaned["opens"]) >= (minutes_of(cleaned["closes"]) or MIDNIGHT):
            raise StructBlockValidationError(block_errors={"closes": ValidationError(OVER_MIDNIGHT)})
        return cleaned

    class Meta:
        icon = "time"
        label = "Days and hours"
        label_format = "{days} {opens} {closes}"


class HoursBlock(StreamBlock):
    """A week of opening hours; a day may appear in several rows, for a lunch break."""

    period = PeriodBlock()

    def clean(self, value):
        """Refuse rows that overlap."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        seen = {}
        for day, start, end in sorted(read_periods(child.value for child in cleaned)):
            if start < seen.get(day, 0):
                raise StreamBlockValidationError(
                    non_block_errors=[
                        ValidationError(
                            f"Two rows overlap on {DAY_NAMES[day]}: one is still open at {clock(start)} when the other "
                            "opens. Change one of them."
                        )
                    ]
                )
            seen[day] = end
        return cleaned
