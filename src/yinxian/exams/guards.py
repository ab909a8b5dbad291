"""What the database refuses about exams, whoever asks: questions are never rewritten, scores stay."""

from yinxian.kernel.guards import Refuse, append_only

VERSION = "exams_questionversion"
KEPT = ("text", "text_en", "options", "key", "explanation", "explanation_en", "article", "article_en", "difficulty")
CHANGED = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in KEPT)

GUARDS = (
    Refuse("exams_version_kept", VERSION, "UPDATE", CHANGED),
    Refuse("exams_version_stays", VERSION, "DELETE"),
    *append_only("exams_blueprint"),
    *append_only("exams_score"),
    *append_only("exams_result"),
)
