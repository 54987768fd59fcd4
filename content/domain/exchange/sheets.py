"""What an app says about one of its lists: its columns, the rows that a user may change, and what else a row needs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.text import slugify

from content.domain.exchange.columns import Column
from content.domain.exchange.plans import PlannedRow


class Sheet:
    """One list, for one user. Subclasses say what is special about a model."""

    model: ClassVar[type[models.Model]]
    key: ClassVar[str]  # the column that says which row is meant
    names_itself_by: ClassVar[str] = ""  # a new row gets its key from this column
    takes_new_keys: ClassVar[bool] = False  # an unknown key is a new row, and not a mistake
    part_columns: ClassVar[Mapping[str, str]] = {}  # where a field of the rows below it is told
    follows: ClassVar[Sequence[str]] = ()  # relations that the columns read

    def __init__(
        self,
        *,
        rows: models.QuerySet,
        columns: Sequence[Column],
        closed: Callable[[], Mapping[int, str]] = dict,
        may_add: bool = True,
    ) -> None:
        """`rows` are those that the user manages; `closed` says why a file may not change some of them, by key.

        It is asked once the rows are locked: what is published meanwhile is closed too.
        """
        self.rows = rows
        self.columns = list(columns)
        self.closed = closed
        self.may_add = may_add

    @property
    def key_column(self) -> Column:
        return next(column for column in self.columns if column.name == self.key)

    def ready(self, rows: models.QuerySet) -> models.QuerySet:
        """With everything that the columns read, in a fixed number of queries."""
        single = [name for name in self.follows if self.model._meta.get_field(name).many_to_one]
        return rows.select_related(*single).prefetch_related(*(name for name in self.follows if name not in single))

    def existing(self, keys: Iterable[Any], *, locked: bool = False) -> dict[str, Any]:
        """The rows that are meant, by how their key shows; in a transaction they can be locked before they are read."""
        meant = self.rows.filter(**{f"{self.key}__in": list(keys)})
        if locked:
            rows = self.model._base_manager.filter(pk__in=meant.values("pk")).order_by("pk")
            list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))
        found = self.ready(meant)
        return {self.key_column.shown(row): row for row in found}

    def start(self) -> models.Model:
        """A new row, before its cells are read."""
        return self.model()

    def complete(self, row: PlannedRow) -> None:
        """Reads cells that only mean something together, before they are compared."""

    def hold(self, rows: Sequence[PlannedRow]) -> None:
        """Keeps others from making the same new rows until the end of the transaction; ahead of `check`."""

    def check(self, rows: Sequence[PlannedRow]) -> None:
        """What no single row shows. A fixed number of queries."""
        if self.names_itself_by:
            self._name(row for row in rows if row.is_new)

    def save_along(self, rows: Sequence[PlannedRow], author: Any) -> None:
        """What belongs to rows that were just saved."""

    def _name(self, rows: Iterable[PlannedRow]) -> None:
        """The last part of the web address, from the title; with a number where another has it."""
        taken = set(self.model._base_manager.values_list(self.key, flat=True))
        field: Any = self.model._meta.get_field(self.key)
        for row in rows:
            base = (
                slugify(str(getattr(row.subject, self.names_itself_by)))[: field.max_length - 5]
                or self.model._meta.model_name
            )
            slug, number = base, 2
            while slug in taken:
                slug, number = f"{base}-{number}", number + 1
            taken.add(slug)
            setattr(row.subject, self.key, slug)
