"""What speaks for a plan to buy, and what against, added up in the database, so that a list can be sorted by it."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, IntegerField


class SignsOf(Func):
    """The sum of a brief's signs that speak for it (``above``) or against it; 0 where there are none."""

    output_field = IntegerField()

    def __init__(self, expression: str, *, above: bool) -> None:
        super().__init__(expression)
        self.sense = ">" if above else "<"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        template = (
            "COALESCE((SELECT SUM(json_extract(sign.value, '$.weight')) "
            f"FROM json_each(%(expressions)s, '$.signs') AS sign "
            f"WHERE json_extract(sign.value, '$.weight') {self.sense} 0), 0)"
        )
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        template = (
            "COALESCE((SELECT SUM((sign.value ->> 'weight')::integer) "
            "FROM jsonb_array_elements(COALESCE(%(expressions)s -> 'signs', '[]'::jsonb)) AS sign(value) "
            f"WHERE (sign.value ->> 'weight')::integer {self.sense} 0), 0)"
        )
        return self.as_sql(compiler, connection, template=template, **extra)
