"""What reports on counts have in common: the days that they are about are chosen by whoever reads them."""

from django.utils.functional import cached_property

from counting.periods import CHOICES, Period, PeriodForm, last_days, today


class OfSomeDays:
    """For a report: `period`, chosen in the address, and what its templates need to offer others."""

    @cached_property
    def form(self) -> PeriodForm:
        """The days of somebody's own choice; without them those that are shown, to be changed."""
        asked = self.request.GET if {"first", "last"} & set(self.request.GET) else None
        now = today()
        shown = last_days(self.request.GET.get("period", ""), today=now)
        return PeriodForm(asked, today=now, initial={"first": shown.first, "last": shown.last})

    @cached_property
    def period(self) -> Period:
        """The period that was asked for; the last days where it makes no sense."""
        if self._has_own_days:
            return self.form.period
        return last_days(self.chosen, today=self.form.today)

    @property
    def chosen(self) -> str:
        """The name of the choice that is shown; empty for days of one's own choice."""
        if self._has_own_days:
            return ""
        name = self.request.GET.get("period")
        return name if name in CHOICES else next(iter(CHOICES))

    @property
    def _has_own_days(self) -> bool:
        return self.form.is_bound and self.form.is_valid()

    def get_context_data(self, *args, **kwargs):
        """Add the choice of days."""
        choices = [(name, label, name == self.chosen) for name, (label, _) in CHOICES.items()]
        return super().get_context_data(*args, **kwargs) | {"form": self.form, "choices": choices}
