"""The date and time in the headers of written files, set to a fixed moment: the same data, the same checksum."""

import re
from pathlib import Path

SAV_DATE, SAV_TIME = b"01 Jan 22", b"00:00:00"
SAV_DATE_AT, SAV_TIME_AT = 92, 101
DTA_STAMP = b"01 Jan 2022 00:00"


def fix_sav_date(path: Path) -> None:
    """Overwrite the creation date and time of an SPSS system file (bytes 92-100 and 101-108 of its header)."""
    with path.open("r+b") as file:
        head = file.read(SAV_TIME_AT + len(SAV_TIME))
        written = head[SAV_DATE_AT:]
        if head[:4] != b"$FL2" or not re.fullmatch(rb"[ \d]\d \w{3} \d\d[ \d]\d:\d\d:\d\d", written):
            raise ValueError(f"{path.name}: no creation date where an SPSS file has it")
        file.seek(SAV_DATE_AT)
        file.write(SAV_DATE + SAV_TIME)


def fix_dta_date(path: Path) -> None:
    """Overwrite the time stamp of a Stata file of format 117 or later (17 characters in `<timestamp>`)."""
    with path.open("r+b") as file:
        head = file.read(1024)
        stamp = re.search(rb"<timestamp>\x11(.{17})</timestamp>", head, re.DOTALL)
        if stamp is None:
            raise ValueError(f"{path.name}: no time stamp where a Stata file has it")
        file.seek(stamp.start(1))
        file.write(DTA_STAMP)
