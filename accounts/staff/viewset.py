"""Settings → Users: who has an account, how they sign in, and what can be done for them."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from accounts.addresses import tell_of_new_address
from accounts.giving import may_look_after
from accounts.invitations import invite
from accounts.models import User
from accounts.second_factor import has_one, may_reset
from accounts.staff.forms import AccountForm, InvitationForm


class StaffIndexView(IndexView):
    """The list, with how each person signs in."""

    def get_base_queryset(self):
        """Ask for all second factors and roles at once."""
        strong = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        people = super().get_base_queryset().prefetch_related("groups")
        return people.annotate(has_second_factor=Exists(strong))

    def get_edit_url(self, instance):
        """Lead nowhere from an account that the person may not change."""
        return super().get_edit_url(instance) if may_look_after(instance, by=self.request.user) else None

    @cached_property
    def columns(self):
        """Put it before the column that says whether the account is switched on."""
        columns = super().columns
        for column in columns:
            # People sign in with their address.
            column.label = "E-mail" if column.name == User.USERNAME_FIELD else column.label
        place = next(number for number, column in enumerate(columns) if column.name == "is_active")
        return [*columns[:place], Column("sign_in", label="Sign-in", accessor=how_they_sign_in), *columns[place:]]


def how_they_sign_in(user: User) -> str:
    """Return how far somebody has come with setting up their account."""
    if user.has_second_factor:
        return "Second factor"
    return "Invited" if user.is_invited() else "No second factor yet"


class StaffCreateView(CreateView):
    """Asks somebody in."""

    success_message = "%(object)s has an account. The invitation goes out by e-mail within a minute or two."

    def get_form_kwargs(self):
        """Tell the form who uses it."""
        return super().get_form_kwargs() | {"editor": self.request.user}

    def save_instance(self):
        """Invite the person too."""
        user = super().save_instance()
        invite(user, by=self.request.user, now=timezone.now())
        return user


class StaffEditView(EditView):
    """Changes an account; that of a site manager is changed by site managers alone."""

    def setup(self, request, *args, **kwargs):
        """Refuse others before anything is read."""
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and not may_look_after(self.object, by=request.user):
            raise PermissionDenied
        self.address_before = self.object.email

    def get_form_kwargs(self):
        """Tell the form who uses it."""
        return super().get_form_kwargs() | {"editor": self.request.user}

    def save_instance(self):
        """Tell both addresses when it is another one."""
        user = super().save_instance()
        tell_of_new_address(user, before=self.address_before, by=self.request.user, now=timezone.now())
        return user

    @cached_property
    def header_more_buttons(self):
        """Offer what can be done for the person."""
        return [*super().header_more_buttons, *buttons_for(self.object, by=self.request.user)]


def buttons_for(user: User, *, by: User) -> list[Button]:
    """Return what one person can do for another's account."""
    buttons = []
    if user.is_invited() and by.has_perm("accounts.change_user"):
        url = reverse("staff_accounts:invite", args=[user.pk])
        buttons.append(Button("Send the invitation again", url=url, icon_name="mail", priority=30))
    # In the list each row has been told; on a person's own screen it is asked.
    has_second_factor = user.has_second_factor if hasattr(user, "has_second_factor") else has_one(user)
    if has_second_factor and may_reset(user, by=by):
        url = reverse("staff_accounts:reset", args=[user.pk])
        buttons.append(Button("Remove the second factor", url=url, icon_name="key", priority=40))
    return buttons


class StaffViewSet(UserViewSet):
    """All of it."""

    copy_view_enabled = False  # Nobody is like another.
    index_view_class = StaffIndexView
    add_view_class = StaffCreateView
    edit_view_class = StaffEditView

    def get_form_class(self, for_update=False):
        """Return the form without passwords."""
        return AccountForm if for_update else InvitationForm
