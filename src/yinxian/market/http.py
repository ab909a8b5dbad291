"""What views and endpoints of the market share."""

from django.http import HttpRequest

from yinxian.network.models import User


class SignedIn(HttpRequest):
    """A request that ``signed_in`` or the API's authentication has let through."""

    user: User
