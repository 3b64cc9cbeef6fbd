"""The public form for news, and the thanks."""

from django.utils import timezone
from django.utils.functional import cached_property

from enquiries.form_views import PageEnquiryView, SentView
from enquiries.models import NewsSubmission
from enquiries.news_forms import NewsForm
from enquiries.taking import receive_news
from enquiries.uploads import LARGEST_FILE


class SendNews(PageEnquiryView):
    """The form of a page that takes news."""

    model = NewsSubmission
    form_class = NewsForm
    template_name = "enquiries/send_news.html"
    sent_url_name = "enquiries:news_sent"
    largest_file = LARGEST_FILE

    def is_for(self, page) -> bool:
        """Tell whether pages of this type take news."""
        return hasattr(page, "news_issue")

    @cached_property
    def issue(self):
        """The issue that news of today is for."""
        return self.page.news_issue(on=timezone.localdate())

    def about(self) -> dict:
        """Return the page as it is called now, and the issue."""
        return super().about() | {"for_issue": self.issue.label}

    def receive(self, **fields):
        """Store it with its file."""
        return receive_news(**fields)

    def get_context_data(self, **kwargs):
        """Add the issue it will be in, and until when."""
        return super().get_context_data(**kwargs) | {"issue": self.issue}


class NewsSent(SentView):
    """Thanks for news."""

    model = NewsSubmission
    template_name = "enquiries/news_sent.html"
