#!/usr/bin/env python3
"""check_links.py ROOT: every relative link in README.md, CHANGELOG.md and docs/ leads to a file of the source tree."""
import pathlib
import re
import sys

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)|<img [^>]*src=\"([^\"]+)\"")


def broken_links(root):
    pages = [root / "README.md", root / "CHANGELOG.md", *sorted((root / "docs").rglob("*.md"))]
    for page in pages:
        for markdown, html in LINK.findall(page.read_text(encoding="utf-8")):
            target = markdown or html
            if "://" not in target and not (page.parent / target).exists():
                yield f"{page.relative_to(root)}: links {target}, which is not there"


if __name__ == "__main__":
    broken = list(broken_links(pathlib.Path(sys.argv[1])))
    print("\n".join(broken))
    sys.exit(1 if broken else 0)
