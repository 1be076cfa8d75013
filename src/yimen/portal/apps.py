from functools import partial

from django.apps import AppConfig

PLACES = {
    "home": "home",
    "search": "items",
    "suggest": "suggest",
    "my_space": "my",
    "messages": "messages",
    "who_looked": "looks",
    "my_data": "data",
    "stand_for": "firms",
    "follow": "lookup",
    "help": "help",
    "about": "about",
    "accessibility": "accessibility",
    "privacy": "privacy",
    "lists": "lists",
    "consultations": "consultations",
}


class PortalConfig(AppConfig):
    name = "yimen.portal"
    label = "portal"

    def ready(self) -> None:
        """The frames link to what this room offers; the editors' desk shows its guides before they count."""
        from yimen.catalog.ports import plug_guide_page
        from yimen.identity.ports import plug_scopes, plug_values
        from yimen.portal import reactions  # noqa: F401
        from yimen.portal.queries import scopes
        from yimen.portal.queries.following import own_case_page
        from yimen.portal.queries.my_data import licence_values
        from yimen.portal.queries.renewals import renewals
        from yimen.portal.views.items import guide_page
        from yimen.ui.ports import offer_place
        from yimen.vault.ports import plug_own_case_page, plug_renewals

        plug_guide_page(partial(guide_page, preview=True))
        plug_renewals(renewals)
        plug_own_case_page(own_case_page)
        plug_values(licence_values)
        plug_scopes(scopes)

        for place, url_name in PLACES.items():
            offer_place(place, f"portal:{url_name}")
        _offer_to_search()


def _offer_to_search() -> None:
    """Packages, published lists and consultations are found beside items; which items are used most, the cases tell."""
    from django.urls import reverse
    from django.utils.translation import gettext_lazy as _

    from yimen.catalog.ports import Shelving, offer_shelving, plug_usage
    from yimen.portal.queries import findables

    plug_usage(findables.used)
    offer_shelving(
        Shelving("package", _("一件事"), findables.packages, lambda code: reverse("portal:package", args=[code]))
    )
    offer_shelving(Shelving("list", _("清单"), findables.lists, lambda code: reverse("portal:list", args=[code])))

    def page(key: str) -> str:
        return reverse("portal:consultation", args=[key])

    offer_shelving(Shelving("consultation", _("征求意见"), findables.consultations, page))
