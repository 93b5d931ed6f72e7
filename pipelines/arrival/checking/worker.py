"""The process that checks; its arguments: IN OUT REFERENCE SETTINGS MB SECONDS.

IN and OUT are open pipes. It leaves the network before anything else is loaded, then does one job after the
other, each within its own seconds.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.arrival.checking import fences
from pipelines.arrival.checking.job import Answer, FileTold, Job, MessageTold, Ready

if TYPE_CHECKING:  # loaded once the network is gone: the process must have no threads till then
    from pipelines.arrival.checking.law import CheckingLaw
    from pipelines.check.check import Checked


def main() -> None:
    """Serve until the other end is closed."""
    asked, answers = (
        Connection(int(sys.argv[1]), writable=False),
        Connection(int(sys.argv[2]), readable=False),
    )
    reference, settings = Path(sys.argv[3]), Path(sys.argv[4])
    memory_mb, seconds = int(sys.argv[5]), int(sys.argv[6])
    without_network = fences.cut_network()
    fences.limit(memory_mb)
    from pipelines.arrival.checking.law import CheckingLaw

    law = CheckingLaw(reference, settings)
    confined = fences.shut_in((reference, settings))
    gc.freeze()  # the law stays as long as the process: looking through it again and again frees nothing
    answers.send_bytes(Ready(without_network=without_network, confined=confined).model_dump_json().encode())
    while True:
        try:
            job = Job.model_validate_json(asked.recv_bytes())
        except EOFError:
            return
        fences.limit_processor(seconds)
        answers.send_bytes(_answer(law, job).model_dump_json().encode())


def _answer(law: CheckingLaw, job: Job) -> Answer:
    """Check the files of a job, and write the marked ones."""
    from pipelines.check.check import Place, check_by

    place = Place(job.programme_id, job.unit_code)
    checked = check_by(law.law, [Path(file) for file in job.files], place, job.today)
    return Answer(files=tuple(_told(law, job, number, one) for number, one in enumerate(checked)))


def _told(law: CheckingLaw, job: Job, number: int, one: Checked) -> FileTold:
    from pipelines.check.report import told_of
    from pipelines.reports.returned.give_back import marked
    from pipelines.reports.returned.marks import marks_of_row

    words = told_of(one)
    marks = [mark for row in one.findings.to_dicts() for mark in marks_of_row(row)]
    given_back = marked(one.path.name, one.path.read_bytes(), marks) if marks else None
    if given_back is not None:
        (Path(job.marked) / str(number)).write_bytes(given_back[1])
    return FileTold(
        file=words.file,
        exit_code=one.exit_code,
        read=words.read,
        total=words.total,
        messages=tuple(MessageTold.model_validate(asdict(message)) for message in words.messages),
        due=law.due(job.programme_id, job.unit_code, one.form_ids, job.today),
        marked=given_back[0] if given_back else None,
    )


if __name__ == "__main__":
    main()
