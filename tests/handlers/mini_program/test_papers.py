"""Papers from the customer's phone."""

import pytest

from tests.handlers.mini_program.conftest import NewCustomer
from tests.support.mini_program import PNG, MiniProgram, refusal

_TEN_MEGABYTES = 10 * 1024 * 1024
_HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 20


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 20, "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (_HEIC, "image/heic"),
        (b"%PDF-1.7\n", "application/pdf"),
    ],
)
def test_a_file_is_what_its_content_says(mine: MiniProgram, content: bytes, content_type: str) -> None:
    answer = mine.upload("identity", content)

    assert answer.status_code == 200
    assert answer.json()["content_type"] == content_type


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<svg/>", b"GIF89a", b"PK\x03\x04", b"%PD"])
def test_other_files_are_refused(mine: MiniProgram, content: bytes) -> None:
    assert refusal(mine.upload("identity", content)) == (415, "unsupported_type")


def test_ten_megabytes_fit_and_a_byte_more_does_not(mine: MiniProgram) -> None:
    whole = PNG.ljust(_TEN_MEGABYTES, b"\0")

    assert mine.upload("identity", whole).status_code == 200
    assert refusal(mine.upload("identity", whole + b"\0")) == (413, "too_large")
    assert refusal(mine.upload("identity", whole * 2)) == (413, "too_large")


@pytest.mark.parametrize("kind", ["", "photo", "evidence", "../identity", "😀", "x" * 500])
def test_a_paper_nobody_asks_for_is_refused(mine: MiniProgram, kind: str) -> None:
    assert refusal(mine.upload(kind)) == (422, "invalid_request")


def test_an_attached_paper_is_no_longer_missing(mine: MiniProgram) -> None:
    number = mine.filed()["number"]
    paper = mine.upload("identity").json()["id"]

    answer = mine.act(number, "documents", document_ids=[paper])

    assert [missing["key"] for missing in answer.json()["missing_documents"]] == ["title_or_lease"]
    assert "收到资料" in [line["title"] for line in answer.json()["timeline"]]


def test_papers_brought_while_filing_count(mine: MiniProgram) -> None:
    papers = [mine.upload(kind).json()["id"] for kind in ("identity", "title_or_lease")]

    assert mine.filed(document_ids=papers)["missing_documents"] == []


def test_another_persons_paper_cannot_be_attached(mine: MiniProgram, new_customer: NewCustomer) -> None:
    number = mine.filed()["number"]
    theirs = new_customer().upload("identity").json()["id"]

    answer = mine.act(number, "documents", document_ids=[theirs])

    assert refusal(answer) == (422, "invalid_request")
    assert "identity" in [paper["key"] for paper in mine.look(number)["missing_documents"]]
