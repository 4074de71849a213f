from __future__ import annotations

import pytest

from midstance.web.forms_with_files import boundary_of, parts
from midstance.web.refusals import Refusal

FORM = (
    b'--cut\r\nContent-Disposition: form-data; name="view"\r\n\r\nside\r\n'
    b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n'
    b"Content-Type: video/mp4\r\n\r\n"
    b"first\r\n--cuckoo\r\nlast\r\n--cut--\r\n"
)


def read(chunks):
    return [(part.name, part.filename, b"".join(part.pieces)) for part in parts(chunks, b"cut")]


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_a_form_reads_the_same_however_it_is_cut(size):
    chunks = [FORM[start : start + size] for start in range(0, len(FORM), size)]

    assert read(chunks) == [("view", None, b"side"), ("file", "a.mp4", b"first\r\n--cuckoo\r\nlast")]


def test_a_file_is_given_out_before_the_form_has_ended():
    def chunks():
        yield FORM[:-30]
        pytest.fail("more was asked for than was needed")

    form = parts(chunks(), b"cut")
    next(form)

    assert next(form).filename == "a.mp4"


def test_what_is_not_taken_of_a_part_is_passed_over():
    assert [part.name for part in parts([FORM], b"cut")] == ["view", "file"]


@pytest.mark.parametrize("cut", [20, 60, 150, len(FORM) - 5])
def test_a_form_that_breaks_off_is_refused(cut):
    with pytest.raises(Refusal, match="damaged or broke off"):
        read([FORM[:cut]])


def test_a_form_of_endless_parts_is_refused():
    part = b'--cut\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'

    with pytest.raises(Refusal, match="More than 200"):
        read([part * 300])


def test_a_part_with_endless_headers_is_refused():
    def chunks():
        yield b"--cut\r\nX-Long: "
        while True:
            yield b"a" * 1000

    with pytest.raises(Refusal, match="damaged"):
        read(chunks())


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data", "multipart/mixed; boundary=cut"])
def test_what_is_no_form_with_files_is_refused(kind):
    with pytest.raises(Refusal, match="not a form"):
        boundary_of(kind)
