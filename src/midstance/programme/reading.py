"""Articles to read, from Markdown to safe HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from midstance.errors import InputError
from midstance.programme.table import table_of

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

    from midstance.model import Grade, Source

__all__ = ["Article", "read_article"]

_FRONT = "+++"
_DOI = re.compile(r"doi:(10\.\d{4,9}/\S+)$")
_OWN_PAGE = re.compile(r"/[a-z][a-z0-9_/-]*(#[a-z0-9_-]+)?$")


@dataclass(frozen=True, slots=True)
class Article:
    """A short text to read.

    Parameters
    ----------
    key
        Its name in addresses and findings.
    title
        As shown.
    summary
        In one or two sentences.
    minutes
        How long it takes to read [min].
    grade
        How well what it says is supported, on the whole.
    sources
        Where it stands.
    html
        The text as HTML: headings, paragraphs, lists, tables, emphasis and links to own pages or by DOI, no
        more.
    """

    key: str
    title: str
    summary: str
    minutes: float
    grade: Grade
    sources: tuple[Source, ...]
    html: str


def read_article(text: str, name: str = "article") -> Article:
    """Read an article: TOML between two lines of `+++`, then Markdown.

    Parameters
    ----------
    text
        The whole file.
    name
        What to call it in errors.

    Returns
    -------
    Article
        With its text as HTML in which nothing can run.

    Raises
    ------
    InputError
        If something is missing or wrong: what it is, in which line, and what to do.
    """
    lines = text.splitlines()
    ends = [number for number, line in enumerate(lines) if line.strip() == _FRONT]
    if len(ends) < 2 or ends[0] != 0:  # noqa: PLR2004  (one line before the head, one after)
        remedy = "begin with +++, then title and so on, then +++ again"
        raise InputError("the article has no head", f"{name}, line 1", remedy)
    head = "\n".join(["", *lines[1 : ends[1]]])  # keeps the numbers of the lines
    table = table_of(head, name)
    article = Article(
        key=table.text("key"),
        title=table.text("title"),
        summary=" ".join(table.text("summary").split()),
        minutes=table.number("minutes", 1, 30),
        grade=table.grade(),
        sources=table.sources(),
        html=_html("\n".join(lines[ends[1] + 1 :]), name, ends[1] + 2),
    )
    table.finish()
    return article


def _markdown() -> MarkdownIt:
    """Return the Markdown we allow: no HTML of its own, no pictures."""
    markdown = (
        MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").disable("image")
    )
    markdown.validateLink = lambda url: bool(_DOI.match(url) or _OWN_PAGE.match(url))  # type: ignore[method-assign]
    markdown.add_render_rule("link_open", _link_open)
    return markdown


def _link_open(
    renderer: RendererHTML,
    tokens: list[Token],
    index: int,
    options: OptionsDict,
    _env: MutableMapping[str, Any],
) -> str:
    target = str(tokens[index].attrs["href"])
    if doi := _DOI.match(target):
        tokens[index].attrs["href"] = f"https://doi.org/{doi[1]}"
        tokens[index].attrs["rel"] = "external noopener noreferrer"
    return renderer.renderToken(tokens, index, options, _env)


def _html(text: str, name: str, first_line: int) -> str:
    markdown = _markdown()
    if not text.strip():
        raise InputError("the article has no text", f"{name}, line {first_line}", "write it below the head")
    for number, line in enumerate(text.splitlines(), first_line):
        for target in re.findall(r"\]\(([^)\s]*)\)", line):
            if not (_DOI.match(target) or _OWN_PAGE.match(target)):
                remedy = "link by doi:10.… or to a page of the app such as /lessons/name"
                raise InputError(f"the link to {target!r} is refused", f"{name}, line {number}", remedy)
    return str(markdown.render(text))
