"""The Word file in another program than ours."""

import re
import shutil
import subprocess

import pytest

from exports.full_session import full_material
from kring.report.content import report_of
from kring.report.word.document import written


@pytest.mark.slow
def test_libreoffice_opens_it_and_finds_the_words_and_the_pictures(tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None or shutil.which("pdftotext") is None:
        pytest.skip("no LibreOffice or no pdftotext on this machine")
    file = tmp_path / "report.docx"
    file.write_bytes(written(report_of(full_material("het is gedoe"))))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pdf = file.with_suffix(".pdf")
    words = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True, timeout=60).stdout
    assert "Question by question" in words
    assert re.search(r"\b1 ?/ ?\d+\b", words)
    assert "het is gedoe" in words
    images = subprocess.run(["pdfimages", "-list", pdf], check=True, capture_output=True, text=True, timeout=60).stdout
    assert len(images.splitlines()) > 3
