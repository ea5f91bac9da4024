"""Taguette's own reading of a codebook and of a text, as its server does it with what is sent in."""

import asyncio
import json
import sys
from pathlib import Path

from taguette import convert, import_codebook, validate

codebook, *texts = map(Path, sys.argv[1:])
with codebook.open("rb") as file:
    tags = list(import_codebook.list_tags_csv(file))
for tag in tags:
    validate.tag_path(tag["path"])
    validate.description(tag["description"])
pages = [asyncio.run(convert.to_html(file.read_bytes(), "text/plain", file.name, {})) for file in texts]
print(json.dumps({"tags": [tag["path"] for tag in tags], "pages": pages}))
