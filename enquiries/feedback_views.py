"""What readers say of a page: yes, no, or what went wrong."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from enquiries.form_views import NotKept, PageEnquiryView, SentView
from enquiries.forms import ProblemForm
from enquiries.models import ProblemReport
from enquiries.throttles import AnsweringThrottle
from enquiries.usefulness import count_answer
from pages.models import BasePage


# Why without that guard: see EnquiryView.
@method_decorator(csrf_exempt, name="dispatch")
class AnswerView(NotKept, TemplateView):
    """An answer to "Is this page useful?". Sent, it is counted; the same address, looked at, says thanks.

    Nothing of the request is read but its address, so there is nothing that could be too large or too strange.
    """

    template_name = "enquiries/answer_thanks.html"
    is_useful = True
    http_method_names = ["get", "head", "post"]

    def setup(self, request, *args, **kwargs):
        """Find the page, among those that readers may see. The root of the tree is none: it has no address."""
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(BasePage.objects.visible(), pk=kwargs["pk"])
        if self.page.url is None:
            raise Http404

    def post(self, request, *args, **kwargs) -> HttpResponse:
        """Count it, unless one of too many; say thanks in any case."""
        if AnsweringThrottle().allow_request(request, self):
            count_answer(page_id=self.page.pk, is_useful=self.is_useful, on=timezone.localdate())
        return redirect(request.path)

    def get_context_data(self, **kwargs):
        """Add the page and the answer."""
        return super().get_context_data(**kwargs) | {"about": self.page, "is_useful": self.is_useful}


class ReportProblem(PageEnquiryView):
    """The form about what does not work on a page; every public page has it."""

    model = ProblemReport
    form_class = ProblemForm
    template_name = "enquiries/report_problem.html"
    sent_url_name = "enquiries:problem_sent"

    def is_for(self, page) -> bool:
        """Tell that there is one."""
        return True


class ProblemSent(SentView):
    """Thanks for a report."""

    model = ProblemReport
    template_name = "enquiries/problem_sent.html"
