"""The changes: judge, withdraw, tell one's name, take judgements in; and the file of judgements to pass on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Form, HTTPException, Request, UploadFile
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from pydantic import Field
from starlette.background import BackgroundTask

from communique.archive import Archive
from communique.errors import SettingsError
from communique.export.jsonlines import line
from communique.linking.judgements import after, question, read_judgement
from communique.linking.records import ClaimKey, Judgement
from communique.relinking import rebuild_lives
from communique.web.accounts.entrance import local, note
from communique.web.judging import wishes
from communique.web.judging.who import named, remember
from communique.web.judging.wishes import Saying, Values
from communique.web.keys import id_of, key_of

Words = Annotated[str, Form(max_length=2000)]
Do = Literal["right", "wrong", "correct", "not_same", "same", "split", "rename"]
_TOLD: Final = 40
"""So many judgements are named in an address, so that they can be undone together."""
_LARGEST: Final = 20_000_000


class Wish(Values):
    """What a form asks for: what to do, with which claim (and which other), who says so and why, where to go then.

    `other` without `other_doc` is any id of a claim or an event; for `rename` it is the code that `was` is to be.
    """

    do: Do
    doc: str = Field("", max_length=1000)
    claim: str = Field("", max_length=200)
    other_doc: str = Field("", max_length=1000)
    other: str = Field("", max_length=1000)
    was: str = Field("", max_length=200)
    who: str = Field("", max_length=200)
    why: str = Field("", max_length=2000)
    next: str = Field("/review", max_length=4000)


def judge(request: Request, wish: Annotated[Wish, Form()]) -> Response:
    """Judge a claim, or whether two are one event, and go back to where the form stood."""
    archive = _archive(request)
    said = Saying(named(request, wish.who), wish.why, datetime.now(UTC).date())
    try:
        made = _keep(archive, _wanted(archive, wish, said))
    except SettingsError as error:
        raise HTTPException(422, f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
    note(request, f"judged {wish.do}: {_in_brief(made)}")
    response = _gone(_back(archive, wish.next, made), made, archive)
    remember(request, response, said.who)
    return response


def _wanted(archive: Archive, wish: Wish, said: Saying) -> list[Judgement]:
    """The judgements that a form asks for. Raises SettingsError where it asks for nothing that can be."""
    claim = ClaimKey(doc_id=wish.doc, id=wish.claim)
    if wish.do == "correct":
        return wishes.corrections(archive, claim, wish, said)
    if wish.do == "split":
        return wishes.split_off(archive, claim, said)
    if wish.do == "rename":
        return wishes.renamed(archive, wish.was, wish.other, said)
    if wish.do in ("right", "wrong"):
        return wishes.on_claim(archive, claim, wish.do, said)
    other = (
        ClaimKey(doc_id=wish.other_doc, id=wish.other)
        if wish.other_doc
        else wishes.named_claim(archive, wish.other)
    )
    decide = wishes.together if wish.do == "same" else wishes.apart
    return decide(archive, claim, other, said)


def withdraw(request: Request, id: Annotated[list[str], Form()], next: Words = "/judgements") -> Response:
    """Withdraw judgements; they stay on record."""
    archive = _archive(request)
    known = {j.id for j in archive.judgements()}
    if missing := [one for one in id if one not in known]:
        raise HTTPException(404, f"There is no judgement {missing[0]}.")
    withdrawn = [archive.withdraw(one) for one in id]
    note(request, f"withdrew {', '.join(id)}")
    return _gone(_back(archive, next, withdrawn), [], archive)


def tell_name(request: Request, who: Words, next: Words = "/review") -> Response:
    """Keep the name under which is judged, on a laptop."""
    response = RedirectResponse(local(next), status_code=303)
    remember(request, response, named(request, who))
    return response


def take_in(request: Request, file: UploadFile, next: Words = "/judgements") -> Response:
    """Take judgements in from a file of lines, as `communique judge export` and the download write them."""
    archive = _archive(request)
    content = file.file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise HTTPException(413, f"A file of judgements has at most {_LARGEST:,} bytes.")
    made = list(_read(content))
    new = archive.judge(*made) if made else 0
    note(request, f"took in {new} new judgements of {len(made)}")
    return _gone(local(next), [], archive)


def pass_on(request: Request) -> Response:
    """All judgements as lines of JSON, for others to take in."""
    lines = (line(j.model_dump(mode="json")) for j in _archive(request).judgements())
    headers = {"content-disposition": 'attachment; filename="judgements.jsonl"', "cache-control": "no-cache"}
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)


def _read(content: bytes) -> Iterator[Judgement]:
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise HTTPException(422, "This is no text in UTF-8.") from error
    for number, told in enumerate(lines, 1):
        if told.strip():
            try:
                yield read_judgement(told)
            except SettingsError as error:
                raise HTTPException(422, f"Line {number}: {error}.") from error


def _keep(archive: Archive, wanted: list[Judgement]) -> list[Judgement]:
    """Keep the judgements, each with a turn after those of the same day on the same question."""
    asked = {question(j) for j in wanted}
    held = [j for j in archive.judgements() if question(j) in asked]
    made = [after(j, held) for j in wanted]
    archive.judge(*made)
    return made


def _in_brief(made: list[Judgement]) -> str:
    told = [
        f"{j.id} {j.claim.doc_id} {j.claim.claim}{f' {j.field} = {j.value}' if j.field else ''}"
        for j in made[:5]
    ]
    return "; ".join(told) + (f" and {len(made) - 5} more" if len(made) > 5 else "")


def _back(archive: Archive, next: str, made: Iterable[Judgement]) -> str:
    """Where the form stood; where that was an event that is no more, the event of one of the judged claims."""
    path = local(next)
    parts = urlsplit(path).path.split("/")
    if parts[1:2] != ["events"] or len(parts) < 3 or archive.event(id_of(parts[2])):
        return path
    anchors = [a for j in made for a in (j.claim, j.other) if a is not None and a.claim]
    keys = [ClaimKey(doc_id=a.doc_id, id=a.claim or "") for a in anchors]
    events = archive.events_of(keys)
    found = [events[key] for key in keys if key in events]
    return f"/events/{key_of(found[0])}" if found else "/judgements"


def _gone(path: str, made: list[Judgement], archive: Archive) -> Response:
    """Go there, told what was done; deals and the like are made anew once the answer is sent."""
    parts = urlsplit(path)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "done"]
    if 0 < len(made) <= _TOLD:
        query.append(("done", ",".join(j.id for j in made)))
    target = parts.path + (f"?{urlencode(query)}" if query else "")
    return RedirectResponse(target, status_code=303, background=BackgroundTask(rebuild_lives, archive))


def _archive(request: Request) -> Archive:
    archive: Archive = request.app.state.desk.archive
    return archive
