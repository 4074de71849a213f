"""Forms with files, read as a stream: nothing is held but the piece at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from midstance.web.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Part", "boundary_of", "parts"]

_MOST_PARTS = 200
_Event = tuple[str, bytes]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One field of a form, or one of its files.

    Parameters
    ----------
    name
        Of the field.
    filename
        As sent; None for a plain field.
    pieces
        Its content, to be taken before the next part is asked for.
    """

    name: str
    filename: str | None
    pieces: Iterator[bytes]


def boundary_of(content_type: str) -> bytes:
    """Return what parts a form with files.

    Raises
    ------
    Refusal
        If it is no such form.
    """
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise Refusal(415, "This is not a form with a file", "the Content-Type", "send multipart/form-data")
    return options[b"boundary"]


def parts(chunks: Iterable[bytes], boundary: bytes) -> Iterator[Part]:
    """Go through the parts of a form as they arrive.

    Parameters
    ----------
    chunks
        The body of the request.
    boundary
        What stands between its parts.

    Yields
    ------
    Part
        In the order they were sent.

    Raises
    ------
    Refusal
        If the form is damaged or breaks off.
    """
    events = _events(chunks, boundary)
    for count, (event, _) in enumerate(event for event in events if event[0] == "part_begin"):
        if count >= _MOST_PARTS:
            raise Refusal(413, f"More than {_MOST_PARTS} files and fields at once", event, "send fewer")
        headers = _headers(events)
        _, options = parse_options_header(headers.get(b"content-disposition", b""))
        filename = options.get(b"filename")
        pieces = _pieces(events)
        yield Part(
            options.get(b"name", b"").decode("utf-8", "replace"),
            None if filename is None else filename.decode("utf-8", "replace"),
            pieces,
        )
        for _left in pieces:
            pass


def _headers(events: Iterator[_Event]) -> dict[bytes, bytes]:
    headers: dict[bytes, bytes] = {}
    name = b""
    for event, data in events:
        if event == "headers_finished":
            break
        if event == "header_field":
            name += data
        elif event == "header_value":
            headers[name.lower()] = headers.get(name.lower(), b"") + data
        elif event == "header_end":
            name = b""
    return headers


def _pieces(events: Iterator[_Event]) -> Iterator[bytes]:
    for event, data in events:
        if event == "part_end":
            return
        if event == "part_data":
            yield data


def _events(chunks: Iterable[bytes], boundary: bytes) -> Iterator[_Event]:
    heard = _Heard()
    try:
        parser = MultipartParser(boundary, heard.callbacks())  # type: ignore[arg-type]  # its own names
        for chunk in chunks:
            parser.write(chunk)
            yield from heard.taken()
    except FormParserError as error:
        raise _damaged() from error
    if not heard.ended:
        raise _damaged()


def _damaged() -> Refusal:
    return Refusal(400, "The form is damaged or broke off", "the body", "send it again; nothing was kept")


@dataclass(slots=True, eq=False)
class _Heard:
    """What the parser has called so far."""

    events: list[_Event] = field(default_factory=list)
    ended: bool = False

    def callbacks(self) -> dict[str, object]:
        plain = ("part_begin", "part_end", "header_end", "headers_finished")
        with_data = ("part_data", "header_field", "header_value")
        return {
            **{f"on_{name}": lambda name=name: self.events.append((name, b"")) for name in plain},
            **{f"on_{name}": self._adding(name) for name in with_data},
            "on_end": self._end,
        }

    def _adding(self, name: str) -> object:
        return lambda data, start, end: self.events.append((name, data[start:end]))

    def _end(self) -> None:
        self.ended = True

    def taken(self) -> list[_Event]:
        events, self.events = self.events, []
        return events
