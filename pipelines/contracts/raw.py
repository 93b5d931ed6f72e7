"""The raw tables: what reading leaves in the staging file, for dbt to count. Grain in each comment.

Everything that is read keeps its place (``source_sheet``, ``source_row``, cell addresses) and the
text as written (``*_raw``). Nothing here is filtered by date or superseded: dbt decides that.
"""

from __future__ import annotations

# column name -> DuckDB type; the order is the order of the table.
Table = dict[str, str]

RAW: dict[str, Table] = {
    # one row per file (and per member of a zip) ever seen
    "submissions": {
        "submission_id": "VARCHAR",  # SHA-256 of the bytes with the path
        "source_file": "VARCHAR",  # relative to RAW, "/", NFC; zip members: <zip>!<member>
        "programme_id": "VARCHAR",
        "unit_code": "VARCHAR",
        "received_on": "DATE",
        "file_name": "VARCHAR",  # the last part, with extension
        "content_sha256": "VARCHAR",
        "byte_size": "BIGINT",
        "intake": "VARCHAR",  # read | quarantined | unrecognised | container (a zip with members)
        "rule_id": "VARCHAR",  # key of reading_rules when not read
        "reason": "VARCHAR",  # Vietnamese, for people
        "params": "VARCHAR",  # JSON for the words of the rule; names the rule itself
        "form_id": "VARCHAR",  # form of the first part
        "rows_read": "INTEGER",
        "is_present": "BOOLEAN",  # still in the raw folder tonight
    },
    # one row per recognised form in a file (a sheet, a table, or the whole document)
    "parts": {
        "submission_id": "VARCHAR",
        "part_no": "INTEGER",
        "form_id": "VARCHAR",
        "part_key": "VARCHAR",  # superseding key; NULL where the rows carry their own
        "source_sheet": "VARCHAR",
        "title": "VARCHAR",
        "title_year": "INTEGER",
        "title_decision_no": "VARCHAR",
        "title_decision_date": "DATE",
        "score": "DOUBLE",  # of recognition, 0-1
        "score_reasons": "VARCHAR",
        "rows_read": "INTEGER",
        "is_signed": "BOOLEAN",  # NULL where the form has no signature label
        "signature_cell": "VARCHAR",
        "document_date": "DATE",
        "document_year": "INTEGER",
    },
    # one row per row of an award list (KT-DS) or proposal list (LS-DSDN)
    "award_rows": {
        "submission_id": "VARCHAR",
        "part_no": "INTEGER",
        "form_id": "VARCHAR",
        "part_key": "VARCHAR",  # superseding key, see docs/contract.md#superseding
        "source_sheet": "VARCHAR",
        "source_row": "INTEGER",  # one-based row of the sheet or table
        "row_item": "INTEGER",  # 1; 2 for a second award in the row, or that row of another sheet of the part
        "salutation": "VARCHAR",
        "recipient_name": "VARCHAR",  # as written, blanks trimmed, NFC
        "position": "VARCHAR",
        "workplace": "VARCHAR",
        "kind_raw": "VARCHAR",
        "recipient_kind": "VARCHAR",  # tap_the | ca_nhan | gia_dinh | NULL
        "award_raw": "VARCHAR",
        "award_key": "VARCHAR",  # match key after the droppings docs/contract.md#values allows
        "award_rank": "VARCHAR",  # Nhất | Nhì | Ba
        "sub_kind_raw": "VARCHAR",
        "sub_kind": "VARCHAR",
        "object_class_raw": "VARCHAR",
        "object_class": "VARCHAR",  # code of object_classes, NULL when empty or unknown text
        "activity_field": "VARCHAR",
        "decision_no": "VARCHAR",
        "decision_date_raw": "VARCHAR",
        "decision_date": "DATE",
        "year_raw": "VARCHAR",
        "award_year": "INTEGER",  # Năm, else decision date, else the title's decision; NULL = ask
        "year_source": "VARCHAR",  # nam | ngay_quyet_dinh | tieu_de
        "name_key": "VARCHAR",
        "workplace_key": "VARCHAR",
        "event_key": "VARCHAR",  # number within the list: rows equal in every value read are one
        "cells": "VARCHAR",  # JSON field -> cell address, only where not derivable (else NULL)
        "columns": "VARCHAR",  # JSON field -> column letter of the part (same text for all its rows)
        "extra": "VARCHAR",  # JSON header -> text of columns the form does not know
        "withdrawn": "VARCHAR",  # the remark that takes the row out of its list; told
    },
    # one row per year row of a headcount table (QS)
    "headcount_rows": {
        "submission_id": "VARCHAR",
        "part_no": "INTEGER",
        "part_key": "VARCHAR",
        "source_sheet": "VARCHAR",
        "source_row": "INTEGER",
        "year_raw": "VARCHAR",
        "year": "INTEGER",
        "collectives": "BIGINT",
        "individuals": "BIGINT",
        "direct_individuals": "BIGINT",
        "leader_individuals": "BIGINT",
        "households": "BIGINT",
        "columns": "VARCHAR",
        "extra": "VARCHAR",
    },
    # every other form: one row per record (the form's head, a table row, a person's report, a document)
    "records": {
        "record_id": "VARCHAR",  # submission_id:part_no:record_no
        "submission_id": "VARCHAR",
        "part_no": "INTEGER",
        "form_id": "VARCHAR",
        "part_key": "VARCHAR",
        "record_no": "INTEGER",
        "record_kind": "VARCHAR",  # head | row
        "recipient_kind": "VARCHAR",  # tap_the | ca_nhan | gia_dinh | NULL
        "recipient_name": "VARCHAR",
        "name_key": "VARCHAR",
        "record_year": "INTEGER",
        "source_sheet": "VARCHAR",
        "source_row": "INTEGER",
        "source_cell": "VARCHAR",
    },
    # one row per value of a record; repeated values (year tables, award lines) have item 1, 2, …
    "fields": {
        "record_id": "VARCHAR",
        "submission_id": "VARCHAR",
        "field": "VARCHAR",  # id of the form's field, sub-fields as parent.child
        "item": "INTEGER",  # 0 for single values
        "text_raw": "VARCHAR",
        "value_text": "VARCHAR",
        "value_number": "DOUBLE",
        "value_date": "DATE",
        "value_code": "VARCHAR",  # normalised code (award, rating, field, kind …)
        "cell": "VARCHAR",
    },
    # one row per thing the reader could not take as it stood
    "reading_findings": {
        "submission_id": "VARCHAR",
        "part_no": "INTEGER",
        "form_id": "VARCHAR",
        "rule_id": "VARCHAR",  # key of reading_rules
        "record_id": "VARCHAR",
        "recipient_name": "VARCHAR",
        "field": "VARCHAR",
        "params": "VARCHAR",  # JSON for the message's placeholders
        "source_sheet": "VARCHAR",
        "source_row": "INTEGER",
        "source_cell": "VARCHAR",
    },
    # one row per group of cells passed over on purpose, so that every cell is accounted for
    "ignored_cells": {
        "submission_id": "VARCHAR",
        "part_no": "INTEGER",
        "source_sheet": "VARCHAR",
        "reason": "VARCHAR",  # tieu_de | dong_danh_so | dong_tong | chu_ky | trang_huong_dan | …
        "cells": "INTEGER",
    },
    # one row per sheet, table, run of paragraphs, text box, page or print header of a file that was read
    "file_parts": {
        "submission_id": "VARCHAR",
        "part": "VARCHAR",  # its name as a person finds it: the sheet, «Bảng 2», «Đoạn văn», «Đầu trang»
        "part_kind": "VARCHAR",  # form | continuation | reference | signature | notes | blank | not_read
        "form_id": "VARCHAR",  # of form and continuation
        "evidence": "VARCHAR",  # Vietnamese: what tells that it is of this kind
        "cells": "INTEGER",  # non-empty cells, or paragraphs; counted apart from what follows
        "cells_read": "INTEGER",
        "cells_ignored": "INTEGER",
        "cells_reported": "INTEGER",  # cells = cells_read + cells_ignored + cells_reported
        "rows_read": "INTEGER",
    },
}


# tables of the other schemas that are kept from night to night
KEPT: dict[str, Table] = {
    # one row per file of the raw folder: what spares hashing and reading it again
    "meta.file_states": {
        "source_file": "VARCHAR",
        "byte_size": "BIGINT",
        "modified_ns": "BIGINT",
        "content_sha256": "VARCHAR",
        "submission_id": "VARCHAR",
    },
    # one row: the digest of the code and form data that read what raw.* holds
    "meta.reader": {"digest": "VARCHAR"},
    # one row per source dbt reads, and one for the code: what models that stand were built with
    "meta.source_digests": {"source": "VARCHAR", "digest": "VARCHAR"},
    # one row per unit: of all that its files tell in raw.*
    "meta.unit_digests": {"unit_code": "VARCHAR", "digest": "VARCHAR"},
    # one row per table of which rows came out other tonight, their unit and recipient; raw.* as «files»
    "meta.changed": {"node": "VARCHAR", "unit_code": "VARCHAR", "recipient_id": "VARCHAR"},
    # one row per dbt node that was built by that code; what is in doubt of its rows, empty where they stand;
    # what they come to, rows and digest, and what they came to when the night began
    "meta.built": {
        "node": "VARCHAR",
        "sql": "VARCHAR",
        "doubt": "VARCHAR",
        "state": "VARCHAR",
        "since": "VARCHAR",
    },
    # one row per night that ended
    "meta.nights": {
        "as_of": "DATE",
        "run_id": "VARCHAR",
        "started_at": "TIMESTAMPTZ",
        "ended_at": "TIMESTAMPTZ",
        "published": "BOOLEAN",
        "reason": "VARCHAR",  # why not published
        "figures": "VARCHAR",  # JSON: files, rows, findings
        "stages": "VARCHAR",  # JSON: name, seconds, peak memory
    },
    # one row per finding and night: the memory behind new, open, fixed, reopened, and the trends
    "quality.finding_nights": {
        "as_of": "DATE",
        "finding_id": "VARCHAR",
        "programme_id": "VARCHAR",
        "unit_code": "VARCHAR",
        "form_id": "VARCHAR",
        "nomination_id": "VARCHAR",
        "recipient_name": "VARCHAR",
        "rule_id": "VARCHAR",
        "severity": "VARCHAR",
        "field": "VARCHAR",
        "message_vi": "VARCHAR",
        "subject_vi": "VARCHAR",
        "fact_vi": "VARCHAR",
        "fix_vi": "VARCHAR",
        "values_vi": "VARCHAR",  # JSON: name → value, as fact, fix or subject print it
        "fact_of_years_vi": "VARCHAR",  # the fact with {years} where it names its year
        "year": "INTEGER",
        "citation": "VARCHAR",
        "submission_id": "VARCHAR",
        "source_file": "VARCHAR",
        "source_sheet": "VARCHAR",
        "source_row": "INTEGER",
        "source_cell": "VARCHAR",
        "row_id": "VARCHAR",  # the verdict row it came from
    },
    # one row per night whose verdicts were asserted
    "quality.nights": {"as_of": "DATE", "verdict_digest": "VARCHAR"},
    # one row per night and check of a suite file (expectations/suites): what Great Expectations found
    "quality.check_nights": {
        "as_of": "DATE",
        "stage": "VARCHAR",  # reading | judging | marts: the checkpoint
        "suite_vi": "VARCHAR",
        "check_id": "VARCHAR",
        "expectation_id": "VARCHAR",
        "what_vi": "VARCHAR",
        "is_blocking": "BOOLEAN",
        "why_vi": "VARCHAR",
        "do_vi": "VARCHAR",
        "checked": "BIGINT",
        "failed": "BIGINT",
        "digest": "VARCHAR",  # of all rows and bounds of the checkpoint
    },
    # one row per night, check and row outside the bounds
    "quality.check_failures": {
        "as_of": "DATE",
        "stage": "VARCHAR",
        "check_id": "VARCHAR",
        "key": "VARCHAR",
        "told_vi": "VARCHAR",
    },
    # one row per night, check and group: what later nights compare with
    "quality.check_counts": {"as_of": "DATE", "check_id": "VARCHAR", "key": "VARCHAR", "n": "BIGINT"},
}


def create_statement(schema: str, name: str, columns: Table) -> str:
    """SQL that makes one table if it is not there."""
    listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    return f'CREATE TABLE IF NOT EXISTS "{schema}"."{name}" ({listed})'
