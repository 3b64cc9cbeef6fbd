"""What every template can ask of the organisation."""

from django.utils.functional import SimpleLazyObject

from organisation.gather import organisation_for


def organisation(request):
    """Offer `organisation`, and `alert_banners` for the page being shown; neither costs anything until it is used."""
    facts = SimpleLazyObject(lambda: organisation_for(request))
    return {
        "organisation": facts,
        "alert_banners": SimpleLazyObject(lambda: facts.banners_for(request.path)),
    }
