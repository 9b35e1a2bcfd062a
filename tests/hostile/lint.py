"""What app code may not do, because it might show, load, open or run what a stranger sent."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_CALLS = {
    "setHtml": "it shows markup",
    "insertHtml": "it shows markup",
    "appendHtml": "it shows markup",
    "setMarkdown": "it shows markup",
    "insertMarkdown": "it shows markup",
    "setSource": "it loads what a text names",
    "loadResource": "it loads what a text names",
    "setOpenLinks": "links would be opened",
    "setOpenExternalLinks": "links would be opened",
    "openUrl": "another program would open it",
    "startDetached": "it runs a program",
    "startfile": "another program would open it",
    "loadFromData": "a picture of anybody's is decoded",
    "setWhatsThis": "it guesses what is markup",
    "evaluate": "it runs scripts",
    "loadUrl": "it loads what a text names",
}
_NAMES = {
    "QTextBrowser": "it shows markup",
    "QMessageBox": "it guesses what is markup",
    "QErrorMessage": "it shows markup",
    "QWhatsThis": "it guesses what is markup",
    "QProcess": "it runs programs",
    "QMovie": "it plays files",
    "QImageReader": "it decodes files",
    "QNetworkAccessManager": "it fetches",
    "QNetworkRequest": "it fetches",
    "QPluginLoader": "it loads code",
    "RichText": "it is markup",
    "AutoText": "it guesses what is markup",
    "MarkdownText": "it is markup",
}
_MODULES = {
    "subprocess": "it runs programs",
    "webbrowser": "another program would open it",
    "pickle": "it runs what it reads",
    "marshal": "it runs what it reads",
    "shelve": "it runs what it reads",
    "dill": "it runs what it reads",
    "urllib.request": "it fetches",
    "http.client": "it fetches",
    "PyQt6.QtWebEngineWidgets": "it is a browser",
    "PyQt6.QtWebEngineCore": "it is a browser",
    "PyQt6.QtQml": "it runs scripts",
    "PyQt6.QtQuick": "it runs scripts",
    "PyQt6.QtMultimedia": "it plays files",
    "PyQt6.QtPdf": "it decodes files",
}
_BUILTINS = {"eval", "exec", "compile", "__import__"}
_OS = {"system", "popen", "startfile"}
_OS_STARTS = ("exec", "spawn", "posix_spawn")
_MAY_OPEN = "ui/opening.py"
_MAY_START = "ui/files/desktop.py"
"""Starts the file manager: a program that is named there, with the path as an argument of its own."""
_MAY_NAME = {
    "QProcess": {_MAY_START, "pictures/process.py", "system/programs.py"},
    "QImageReader": {"ui/files/room_thumbnails.py", "pictures/decoding.py"},
    "QMovie": {"ui/files/moving.py"},
}
"""What shows folders, what asks programs that are listed there, what decodes small pictures after a look
at their first bytes and size, and the process in which all other pictures are decoded."""
_MAY_SPEAK = "ui/screen_reader.py"
"""Makes one item of Qt Quick, of a constant without a script."""
_MAY_DERIVE_FROM_LABEL = {"ui/widgets/labels.py", "ui/widgets/info_bar.py"}


def violations(tree: ast.AST, place: str) -> list[str]:
    """Return what is forbidden in a module, each with its line. `place`: its path within `app`."""
    return [
        f"{place}:{getattr(node, 'lineno', 0)}: {why}"
        for node in ast.walk(tree)
        for why in _wrong(node, place)
    ]


def _wrong(node: ast.AST, place: str) -> Iterator[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from _wrong_imports(node, place)
    elif isinstance(node, ast.Call):
        yield from _wrong_call(node, place)
    elif (
        isinstance(node, ast.Attribute)
        and node.attr in _NAMES
        and place not in _MAY_NAME.get(node.attr, ())
    ):
        yield f"{node.attr}: {_NAMES[node.attr]}"
    elif isinstance(node, ast.ClassDef):
        yield from _wrong_class(node)


def _wrong_imports(node: ast.Import | ast.ImportFrom, place: str) -> Iterator[str]:
    names = [alias.name for alias in node.names]
    origin = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
    whole = [f"{origin}.{name}" for name in names] if origin else names
    for module, why in _MODULES.items():
        if module == "PyQt6.QtQml" and place == _MAY_SPEAK:
            continue
        if any(name == module or name.startswith(f"{module}.") for name in (*whole, origin)):
            yield f"{module}: {why}"
    for name in names:
        if name in _NAMES and place not in _MAY_NAME.get(name, ()):
            yield f"{name}: {_NAMES[name]}"
        if name == "QLabel" and place not in _MAY_DERIVE_FROM_LABEL:
            yield "QLabel: it guesses what is markup; take PlainLabel"


def _wrong_call(node: ast.Call, place: str) -> Iterator[str]:
    function = node.func
    if isinstance(function, ast.Name):
        if function.id in _BUILTINS:
            yield f"{function.id}: it runs what it is given"
        yield from _wrong_picture(function.id, node)
        return
    if not isinstance(function, ast.Attribute):
        return
    name = function.attr
    if name == "setData" and place == _MAY_SPEAK and not _is_name(node, "_ITEM"):
        yield "setData: only the constant"
    if name == "startDetached" and place == _MAY_START and not _names_its_program(node):
        yield "startDetached: only a program that is named there"
    allowed = {"openUrl": _MAY_OPEN, "startDetached": _MAY_START}.get(name)
    if name in _CALLS and place != allowed:
        yield f"{name}: {_CALLS[name]}"
    of_os = isinstance(function.value, ast.Name) and function.value.id == "os"
    if of_os and (name in _OS or name.startswith(_OS_STARTS)):
        yield f"os.{name}: it runs programs"
    if name == "setToolTip" and not all(_is_plain_tip(one) for one in node.args):
        yield "setToolTip: without plain_tooltip it guesses what is markup"
    if name == "setTextFormat" and not (
        len(node.args) == 1
        and isinstance(node.args[0], ast.Attribute)
        and node.args[0].attr == "PlainText"
    ):
        yield "setTextFormat: only PlainText"
    if name == "setAcceptRichText" and not _is_constant(node, False):
        yield "setAcceptRichText: only False"


def _names_its_program(node: ast.Call) -> bool:
    """Tell whether a call has a program by its name, and a list of arguments."""
    return (
        len(node.args) == 2
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[1], ast.List)
    )


def _is_name(node: ast.Call, name: str) -> bool:
    return bool(node.args) and isinstance(node.args[0], ast.Name) and node.args[0].id == name


def _is_plain_tip(argument: ast.expr) -> bool:
    if isinstance(argument, ast.IfExp):
        return _is_plain_tip(argument.body) and _is_plain_tip(argument.orelse)
    if isinstance(argument, ast.Constant):
        return argument.value == ""
    return (
        isinstance(argument, ast.Call)
        and isinstance(argument.func, ast.Name)
        and argument.func.id == "plain_tooltip"
    )


def _wrong_picture(name: str, node: ast.Call) -> Iterator[str]:
    """A picture is drawn here, or one of our own files: a path from elsewhere looks like neither."""
    if name not in {"QPixmap", "QImage", "QIcon", "QPicture", "QSvgRenderer"} or not node.args:
        return
    first = node.args[0]
    drawn = len(node.args) > 1 or (
        isinstance(first, ast.Call)
        and isinstance(first.func, ast.Name)
        and first.func.id in {"QSize", "QPixmap", "QImage", "QByteArray"}
    )
    ours = any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "resource"
        for one in ast.walk(first)
    )
    if not drawn and not ours:
        yield f"{name}: of a file that a stranger may have named"


def _wrong_class(node: ast.ClassDef) -> Iterator[str]:
    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    if "QTextEdit" in bases and not _calls(calls, "setAcceptRichText"):
        yield f"{node.name}: a QTextEdit takes markup unless it is told not to"
    if "QLabel" in bases and not _calls(calls, "setTextFormat"):
        yield f"{node.name}: a QLabel guesses what is markup unless it is told not to"


def _calls(calls: list[ast.Call], name: str) -> bool:
    return any(isinstance(one.func, ast.Attribute) and one.func.attr == name for one in calls)


def _is_constant(node: ast.Call, value: object) -> bool:
    return (
        len(node.args) == 1
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value is value
    )
