"""Texts to a one-page .pdf with a text layer, or without one (a scan)."""

from __future__ import annotations

import unicodedata

from pipelines.generate.shape import Text

_WRAP = 88


def write(texts: list[Text]) -> bytes:
    """A .pdf page whose text layer holds the texts, NFC."""
    lines = [line for text in texts for line in _wrapped(unicodedata.normalize("NFC", text.text))]
    shown = [line.encode("utf-16-be").hex() for line in lines]
    stream = "BT /F1 12 Tf 16 TL 72 780 Td " + " ".join(f"<{line}> Tj T*" for line in shown) + " ET"
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /TimesNewRomanPSMT /Encoding /Identity-H /ToUnicode 6 0 R "
        "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /TimesNewRomanPSMT /DW 500 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/FontDescriptor << /Type /FontDescriptor /FontName /TimesNewRomanPSMT /Flags 32 "
        "/FontBBox [-568 -307 2000 1007] /ItalicAngle 0 /Ascent 891 /Descent -216 /CapHeight 662 "
        "/StemV 80 >> >>] >>"
    )
    letters = sorted({ord(letter) for line in lines for letter in line})
    groups = [letters[n : n + 100] for n in range(0, len(letters), 100)]
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /V def /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        + " ".join(
            f"{len(group)} beginbfchar {' '.join(f'<{code:04X}> <{code:04X}>' for code in group)} endbfchar"
            for group in groups
        )
        + " endcmap end end"
    )
    return _file(["/Font << /F1 5 0 R >>", stream, font, cmap])


def scan() -> bytes:
    """A .pdf page with drawn strokes and no text: what a scanner leaves."""
    strokes = " ".join(f"72 {760 - 18 * n} m {300 + 37 * n % 190} {760 - 18 * n} l S" for n in range(30))
    return _file(["", f"0.6 w {strokes}"])


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= _WRAP:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _file(contents: list[str]) -> bytes:
    """Assemble catalogue, page and the page's stream; then font and its Unicode map where given."""
    resources, stream, *rest = contents
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        f"/Resources << {resources} >> /Contents 4 0 R >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    if rest:
        font, cmap = rest
        objects += [font, f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream"]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    tail = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + tail.encode("ascii")
