"""A migration operation that makes all tables of an app in one step.

Django reads every model that is connected with a new one again, for each new one; all our models are connected through
the person. With 150 of them that took more than a minute; in one step it takes a few seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ModelState, ProjectState


class CreateModels(Operation):
    """``CreateModel`` for each of ``models``, in their order; what one refers to comes before it."""

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = list(models)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add all models first, then read them and their neighbours once."""
        added = ProjectState()
        for model in self.models:
            model.state_forwards(app_label, added)
        for made in added.models.values():
            _add(state, made)
        state.reload_models(list(added.models))

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name: str, app_label: str) -> bool:
        return True

    def describe(self) -> str:
        return "Create models " + ", ".join(model.name for model in self.models)


def _add(state: ProjectState, made: ModelState) -> None:
    """What ``ProjectState.add_model`` does, but for reading the models again."""
    key = made.app_label, made.name_lower
    state.models[key] = made
    if state._relations is not None:  # type: ignore[attr-defined]  # Django's own, not in its stubs
        state.resolve_model_relations(key)
