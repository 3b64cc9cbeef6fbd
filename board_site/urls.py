"""The site's addresses, room by room; every other address is a page."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from pages import views as pages_views
from pages.sitemaps import VisiblePages

urlpatterns = [
    path("health/live", pages_views.live),
    path("health/ready", pages_views.ready),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": VisiblePages}}),
    path("robots.txt", pages_views.robots),
    path("", include("home.urls")),
    path("", include("organisation.urls")),
    path("", include(wagtail_urls)),
]

handler500 = "pages.views.server_error"
