"""QualCoder's own importer and merger on REFI-QDA projects, without its screens: what it says, and what it then holds.

Its package is the program, which opens windows as it is imported: so only the two modules are.
"""

import ast
import builtins
import importlib.util
import json
import os
import sqlite3
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

from PyQt6 import QtWidgets

FOLDERS = ("audio", "documents", "images", "video")
said = []


class Drawn(ModuleType):
    """What QualCoder draws icons and plays films with: nothing of that is asked for."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


class Message:
    """A message in a window, which nobody closes."""

    def __init__(self, _app, title, text, _icon=None):
        self.told = f"{title}: {text}"

    def exec(self):
        said.append(self.told)


class Log(list):
    """The window in which it tells what it does."""

    def append(self, line):
        super().append(str(line))


class App:
    """An open project, as its modules ask for it."""

    delete_backup = True
    ai_models = ()

    def __init__(self, folder, tables):
        self.project_path, self.project_name = str(folder), folder.name
        self.settings = {"codername": "default", "directory": "", "ai_enable": "False"}
        for name in FOLDERS:
            (folder / name).mkdir(parents=True)
        self.conn = sqlite3.connect(folder / "data.qda")
        for table in tables:
            self.conn.execute(table)
        self.conn.execute("insert into project (databaseversion) values ('v14')")
        self.conn.commit()

    def write_config_ini(self, *_):
        pass

    def save_backup(self, *_, **__):
        return "", ""

    def has(self):
        """Count what the project holds, and the codings that are not at their words."""
        tables = ("source", "cases", "code_name", "code_text", "case_text", "code_av")
        counts = {table: self.conn.execute(f"select count(*) from {table}").fetchone()[0] for table in tables}
        texts = dict(self.conn.execute("select id, fulltext from source"))
        codings = self.conn.execute("select fid, pos0, pos1, seltext from code_text").fetchall()
        return counts | {"wrong": sum(texts[source][begin:end] != words for source, begin, end, words in codings)}

    def coded(self):
        """Return how often each code is on which words, by whom."""
        asked = "select code_name.name, seltext, code_text.owner from code_text join code_name using (cid)"
        return Counter(map(" | ".join, self.conn.execute(asked)))


def tables_of(program):
    """Return how QualCoder makes the tables of a new project."""
    found = {}
    for call in ast.walk(ast.parse(program.read_text("utf-8"))):
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
            text = call.args[0].value
            if isinstance(text, str) and text.startswith("CREATE TABLE "):
                found.setdefault(text.split("(")[0].split()[2], text)
    return list(found.values())


def imported(refi, file, folder, tables):
    """Return a project into which QualCoder read a file."""
    QtWidgets.QFileDialog.getOpenFileName = lambda *_, **__: (file, "qdpx")
    app = App(folder, tables)
    refi.RefiImport(app, Log(), "qdpx")
    app.conn.commit()
    return app


os.environ["QT_QPA_PLATFORM"] = "offscreen"
builtins._ = lambda text: text
(home,) = importlib.util.find_spec("qualcoder").submodule_search_locations
package = ModuleType("qualcoder")
package.__path__ = [home]
sys.modules |= {"qualcoder": package, "qtawesome": Drawn("qtawesome"), "vlc": Drawn("vlc")}
application = QtWidgets.QApplication([])
QtWidgets.QMessageBox.exec = lambda box: said.append(f"{box.windowTitle()}: {box.text()}") or 0
QtWidgets.QDialog.exec = lambda _: 0

from qualcoder import merge_projects, refi  # noqa: E402

refi.Message = merge_projects.Message = Message
place, *files = sys.argv[1:]
tables = tables_of(Path(home) / "__main__.py")
apps = [imported(refi, file, Path(place) / f"{number}.qda", tables) for number, file in enumerate(files)]
alone, coded = [app.has() for app in apps], [app.coded() for app in apps]
messages = list(said)
merge_projects.MergeProjects(apps[0], apps[1].project_path)
told = {
    "imported": alone,
    "merged": apps[0].has(),
    "same codings": apps[0].coded() == coded[0] + coded[1],
    "messages": messages,
}
print(json.dumps(told))
