from __future__ import annotations

import pytest

from midstance.errors import SettingsError
from midstance.web.addresses import listening


def test_a_port_that_is_taken_is_refused_with_another_one():
    with listening("127.0.0.1", 0) as door:
        port = door.getsockname()[1]

        with pytest.raises(SettingsError, match=f"port {port} is taken.*--port {port + 1}"):
            listening("127.0.0.1", port)


def test_an_address_that_is_not_this_machines_is_refused():
    with pytest.raises(SettingsError, match="cannot listen"):
        listening("192.0.2.1", 0)
