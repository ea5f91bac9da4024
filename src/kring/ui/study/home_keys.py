"""What the keys of the screen of a study do."""

from __future__ import annotations

from kring.domain.text import N_
from kring.ui.desk import keys
from kring.ui.desk.keys import DeskKey

TABLE = (
    DeskKey("open", ("enter",), N_("open"), N_("Open a group: its session, or its plan; of all else its card.")),
    DeskKey("state", ("space",), N_("next state"),
            N_("Give a hypothesis its next verdict, an action its next state, in the text of the study.")),
    DeskKey("to do", ("t",), N_("to do"), N_("Go to what is to be done."), "go"),
    DeskKey("groups", ("g",), N_("groups"), N_("Go to the groups."), "go"),
    DeskKey("segments", ("s",), N_("segments"), N_("Go to the segments."), "go", dutch="k"),
    DeskKey("personas", ("p",), N_("personas"), N_("Go to the personas."), "go"),
    DeskKey("surveys", ("n",), "KTO", N_("Go to the surveys: KTO and NPS."), "go"),
    DeskKey("findings", ("f",), N_("findings"), N_("Go to the findings."), "go", dutch="b"),
    DeskKey("hypotheses", ("h",), N_("hypotheses"), N_("Go to the hypotheses."), "go"),
    DeskKey("actions", ("a",), N_("actions"), N_("Go to the actions."), "go"),
    DeskKey("search", ("slash",), N_("search"), N_("Search all that was said and written, and see the themes.")),
    DeskKey("recruit", ("i",), N_("recruitment"), N_("See whom to call and who said yes.")),
    DeskKey("codes", ("o",), N_("codes"), N_("See the codes of all groups; merge, split and rename them everywhere.")),
    DeskKey("saturation", ("v",), N_("saturation"), N_("See what each group brought that no group before it had.")),
    DeskKey("carry", ("c",), N_("questions left"),
            N_("See what earlier groups left for the next plan; Enter writes it there.")),
    DeskKey("warnings", ("w",), N_("warnings"), N_("Read what may go wrong.")),
    DeskKey("edit", ("e",), N_("edit the text"), N_("Open the text in the editor of this computer."), "program"),
    DeskKey("again", ("r",), N_("read again"), N_("Read the folder of the study again."), "program",
            in_bar=False),  # it is read again by itself where a file changed
    *keys.MOVES,
    keys.EVERYTHING,
    keys.HELP,
    DeskKey("leave", ("escape", "q"), N_("close"), N_("Go back, and out."), "program"),
)  # fmt: skip
