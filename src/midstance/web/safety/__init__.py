"""What keeps the app from strangers: hosts, origins, tokens, headers, visits, owners."""

from midstance.web.safety.attempts import Attempts
from midstance.web.safety.bodies import ShortBodies
from midstance.web.safety.headers import SEALED_POLICY, SafeHeaders
from midstance.web.safety.hosts import KnownHosts
from midstance.web.safety.origins import SameOrigin
from midstance.web.safety.tokens import TokenOfVisit
from midstance.web.safety.visits import SESSION_COOKIE, Visits, at_this_machine, cookie

__all__ = [
    "SEALED_POLICY",
    "SESSION_COOKIE",
    "Attempts",
    "KnownHosts",
    "SafeHeaders",
    "SameOrigin",
    "ShortBodies",
    "TokenOfVisit",
    "Visits",
    "at_this_machine",
    "cookie",
]
