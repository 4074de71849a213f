"""`midstance serve`: the app, until Ctrl-C."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from midstance.web.serving import Serving

__all__ = ["serve"]


def serve(
    *,
    store: str | None = None,
    files: Path | None = None,
    port: int = 8700,
    lan: Annotated[bool, Parameter(negative=())] = False,
    accounts: Annotated[bool, Parameter(negative=())] = False,
    workers: int = 2,
) -> None:
    """Serve the app to a browser: film, see, correct, keep.

    Parameters
    ----------
    store
        Folder of the store, or `postgresql://…`; by default a folder among your user data.
    files
        Folder of the recordings, where it is not that of the store.
    port
        Where the browser comes to; 0 takes one that is free.
    lan
        Let phones in the same network in, each with a code; by default only this machine.
    accounts
        Let everybody log in; whoever comes first at this machine makes the first account.
    workers
        Number of processes that analyse.
    """
    from midstance import journal  # loads the database's parts
    from midstance.web.serving import serve as serve_app  # loads the server

    opened = journal.Store.open(store, files=files)
    try:
        serve_app(opened, port=port, lan=lan, accounts=accounts, workers=workers, ready=_say)
    except KeyboardInterrupt:
        pass  # how it is meant to end
    finally:
        opened.close()
    print("Ended; what was being analysed goes on at the next start.")


def _say(serving: Serving) -> None:
    print(f"Midstance is at {serving.address} (Ctrl-C ends it)", flush=True)
    if serving.lan:
        print(f"Phones in this network come in by the code on the page Film ({serving.lan})", flush=True)
