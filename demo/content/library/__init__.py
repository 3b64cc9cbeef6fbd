"""The demonstration library: what it holds and, in modules beside, the words of every file.

Everything is the project’s own and about an invented board. The files themselves lie in demo/files and are written from
these words by scripts/make_library_files.py.
"""

from demo.content.library.chronology import CHRONOLOGY
from demo.content.library.early_help import ASSESSMENT
from demo.content.library.escalation import ESCALATION
from demo.content.library.graded_care_guidance import GUIDANCE
from demo.content.library.graded_care_tool import TOOL
from demo.content.library.learning import REVIEW
from demo.content.library.parents import LEAFLET
from demo.content.library.sharing import SHARING
from demo.content.library.strategies import NEGLECT, ONLINE
from demo.content.library.supervision import SUPERVISION
from demo.content.library.workbooks import AUDIT, TRAINING

RESOURCES = (
    GUIDANCE,
    TOOL,
    NEGLECT,
    ONLINE,
    ESCALATION,
    SHARING,
    AUDIT,
    CHRONOLOGY,
    ASSESSMENT,
    LEAFLET,
    REVIEW,
    TRAINING,
    SUPERVISION,
)
