"""The files of a room that is hosted here, as somebody looks at them and changes how many fit."""

from __future__ import annotations

from app.room.files.quotas import FilesUse, Quotas

MB = 1024**2
GB = 1024**3


class RecordingFiles:
    """Twelve of them."""

    def __init__(self) -> None:
        self.quotas = Quotas(file=4 * GB + 12_345)
        self.chosen: list[Quotas] = []
        self.fails = False

    @property
    def use(self) -> FilesUse:
        if self.fails:
            raise OSError
        return FilesUse(12, 340 * MB, 31 * GB)

    def set_quotas(self, quotas: Quotas) -> None:
        self.quotas = quotas
        self.chosen.append(quotas)
