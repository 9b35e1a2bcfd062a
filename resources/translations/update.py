"""Bring the translations up to date with the texts in `app/`, and compile them.

    python resources/translations/update.py

Every literal text in a `tr()` call gets its place in each `papo_*.ts`; texts that are gone leave. What
is translated stays. Then `lrelease` (Qt's own, from the Linguist tools) makes the `.qm` files.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
APP = HERE.parent.parent / "app"
CONTEXT = "papo"


@dataclass(frozen=True, order=True)
class Text:
    """One text of the program. `plural`: it has a form for each kind of number."""

    source: str
    plural: bool


def texts_in(root: Path) -> Iterator[Text]:
    """Yield every literal text that goes through `tr()` below `root`.

    Raises TypeError for a `tr()` whose text is no literal: nobody could translate it.
    """
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tr"):
                continue
            text = node.args[0]
            if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                raise TypeError(f"{path}:{node.lineno}: the text of a tr() is no literal")
            yield Text(text.value, any(keyword.arg == "n" for keyword in node.keywords))


def update(path: Path, texts: set[Text]) -> int:
    """Write `texts` into a .ts file, keeping what is translated; returns how many are not."""
    tree = ET.parse(path)
    context = tree.getroot().find("context")
    assert context is not None
    known = {message.findtext("source", ""): message for message in context.findall("message")}
    for message in known.values():
        context.remove(message)
    unfinished = 0
    for text in sorted(texts):
        old = known.get(text.source)
        fits = old is not None and (old.get("numerus") == "yes") == text.plural
        message = old if old is not None and fits else _blank(text)
        context.append(message)
        translation = message.find("translation")
        unfinished += translation is not None and translation.get("type") == "unfinished"
    ET.indent(tree)
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
        + ET.tostring(tree.getroot(), encoding="unicode")
        + "\n",
        "utf-8",
    )
    return unfinished


def _blank(text: Text) -> ET.Element:
    message = ET.Element("message", {"numerus": "yes"} if text.plural else {})
    ET.SubElement(message, "source").text = text.source
    translation = ET.SubElement(message, "translation", {"type": "unfinished"})
    if text.plural:
        ET.SubElement(translation, "numerusform")
        ET.SubElement(translation, "numerusform")
    return message


def main() -> int:
    """Update and compile every language; the exit status says whether all is translated."""
    texts = set(texts_in(APP))
    plural = {text for text in texts if text.plural}
    missing = 0
    for path in sorted(HERE.glob("papo_*.ts")):
        # English is the language of the sources: only its plural forms need a file.
        unfinished = update(path, plural if path.stem == "papo_en" else texts)
        print(f"{path.name}: {unfinished} to translate")
        missing += unfinished
    tool = next(filter(None, map(shutil.which, ("lrelease", "lrelease6", "lrelease-qt6"))), None)
    tool = tool or shutil.which("lrelease", path="/usr/lib/qt6/bin")
    if tool is None:
        print("lrelease was not found: install Qt's Linguist tools to compile the translations")
        return 1
    for path in sorted(HERE.glob("papo_*.ts")):
        subprocess.run([tool, "-silent", path, "-qm", path.with_suffix(".qm")], check=True)
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(main())
