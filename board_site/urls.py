"""The site's addresses, room by room; every other address is a page."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import LogoutView
from wagtail.contrib.sitemaps.views import sitemap

from accounts.staff.account import StaffAccountView
from approval import views as approval_views
from documents import urls as documents_urls
from guide import left_out
from pages import staff_views
from pages import views as pages_views
from pages.sitemaps import VisiblePages

to_the_door = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    # Wagtail's answer to GET takes the session cookie away, so that any link or picture could sign staff out.
    path("admin/logout/", require_POST(LogoutView.as_view())),
    path("sign-in/", include("accounts.urls")),
    # Wagtail's own doors lead to that one.
    path("admin/login/", to_the_door),
    path("_util/login/", to_the_door),
    re_path(r"^admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("admin/account/", never_cache(require_admin_access(StaffAccountView.as_view()))),
    path("admin/reports/workflow/", include(approval_views.report_urlpatterns)),
    re_path(left_out.ROUTE, left_out.not_here),
    # Wagtail's names drafts that somebody may not see.
    path("admin/choose-page/<int:parent_page_id>/", staff_views.browse),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(documents_urls)),
    # In production the web server does this, with the same folder and no other.
    *([path("media/images/<path:path>", pages_views.rendition)] if settings.DEVELOPMENT else []),
    *([path("inbox/", include("inbox.urls"))] if settings.DEVELOPMENT else []),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": VisiblePages}}),
    path("robots.txt", pages_views.robots),
    path("", include("search.urls")),
    path("alerts/", include("alerts.urls")),
    path("drafts/", include("drafts.urls")),
    path("", include("organisation.urls")),
    path("", include("enquiries.urls")),
    path("", include("procedures.urls")),
    path("", include(wagtail_urls)),
]

handler500 = "pages.views.server_error"
