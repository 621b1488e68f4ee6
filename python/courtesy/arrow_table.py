"""What every table of the package gives: itself as an Arrow stream and as a data frame."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["ArrowTable"]


class ArrowTable(ABC):
    """A table that others take through the Arrow PyCapsule interface; a child says how it is streamed."""

    @abstractmethod
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

    def to_arrow(self) -> pyarrow.Table:
        """The table as a pyarrow Table. Needs pyarrow: ``pip install pyarrow``."""
        try:
            import pyarrow
        except ImportError:
            raise ImportError("to_arrow() needs pyarrow: pip install pyarrow") from None
        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas DataFrame. Needs pandas and pyarrow: ``pip install pandas pyarrow``."""
        try:
            import pandas  # noqa: F401
            import pyarrow
        except ImportError as error:
            raise ImportError(f"to_pandas() needs {error.name}: pip install pandas pyarrow") from None
        return pyarrow.table(self).to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The table as a polars DataFrame. Needs polars: ``pip install polars``."""
        try:
            import polars
        except ImportError:
            raise ImportError("to_polars() needs polars: pip install polars") from None
        return polars.DataFrame(self)
