"""How a withdrawal reads in the history of its page."""

from wagtail.log_actions import LogFormatter

from pages.models import WithdrawnAs


class WithdrawFormatter(LogFormatter):
    """The way, the page that took its place, and the reason."""

    label = "Withdraw"

    def format_message(self, log_entry) -> str:
        """Return one line."""
        data = log_entry.data
        said = WithdrawnAs(data["way"]).label
        if data["replacement"]:
            said += f", now “{data['replacement']}”"
        return f"{said}. Reason: {data['reason']}"
