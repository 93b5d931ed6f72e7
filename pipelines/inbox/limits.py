"""How much a file may ask of this machine; beyond it: quarantine with RD-QUA-LON or RD-BOM-NEN.

A list of a whole province is some 100,000 rows of 13 columns, a few megabytes. The limits stand well
above that and far below what would fill memory (500 MB for one file) or hold up the night.
"""

from __future__ import annotations

from typing import Final

FILE_BYTES: Final = 60_000_000
"""Largest file that is read at all; scanned PDF files of many pages come close."""

XLS_BYTES: Final = 20_000_000
"""Old workbooks are not compressed and are read in Python: 50,000 rows stay under 10 MB."""

TEXT_BYTES: Final = 50_000_000
"""Largest CSV file."""

UNPACKED_BYTES: Final = 200_000_000
"""Sum of all parts of a .xlsx, .ods, .docx or .zip after unpacking."""

PART_BYTES: Final = 80_000_000
"""One part after unpacking: a sheet of a million empty formatted rows is 50 MB."""

UNPACK_RATIO: Final = 300
"""Unpacked to packed of one large part; deflate cannot exceed 1032, real sheets stay under 60."""

RATIO_FREE_BYTES: Final = 60_000_000
"""Below this unpacked size the ratio does not matter (empty formatted rows pack 500 to 1)."""

PACKAGE_PARTS: Final = 5_000
"""Parts inside one .xlsx, .ods or .docx."""

ZIP_MEMBERS: Final = 1_000
"""Files inside one .zip that a unit sends."""

DEFLATE_LIMIT: Final = 1_040
"""Deflate never unpacks one byte to more than this."""

ROWS: Final = 200_000
"""Rows of one sheet, table or CSV file up to its last filled row."""

COLUMNS: Final = 1_000
"""Columns up to the last filled one."""

CELLS: Final = 3_000_000
"""Rows times columns of one sheet; about 300 MB as Python objects at worst."""

FILE_CELLS: Final = 4_000_000
"""Rows times columns of all sheets of one file together."""

MERGES: Final = 200_000
"""Mentions of merged ranges in one large sheet."""

XML_NODES: Final = 3_000_000
"""Tags and attributes of one part that is read as a tree, some 450 MB."""

SHEETS: Final = 300
"""Sheets of one workbook."""

BLOCKS: Final = 200_000
"""Paragraphs and table cells of one Word file."""

NESTING: Final = 20
"""Tables within tables of a Word file; depth of folders within a zip."""

PDF_PAGES: Final = 1_000
"""Pages of a PDF file whose text is read."""

PDF_CHARACTERS: Final = 10_000_000
"""Characters of a PDF file's text."""

CELL_CHARACTERS: Final = 1_000_000
"""Characters of one cell of a CSV file (a spreadsheet allows 32,767)."""

OFFICE_SECONDS: Final = 90
"""How long LibreOffice may take for one .doc, .rtf or .odt; a paper of some pages takes two."""

OFFICE_BYTES: Final = 4_000_000_000
"""Address space LibreOffice may ask for; its libraries alone take one and a half gigabytes of it."""
