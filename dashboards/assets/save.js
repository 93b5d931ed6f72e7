"use strict";
// A list of a page as a file: cells are text and numbers, never formulas. The workbook is a zip of stored parts.
(() => {
  const BOM = "\ufeff", FORMULA = /^[=+\-@\t\r]/, DATE_LIKE = /^\d+\/\d+$/, NOT_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
  const NUMBER = /^-?\d{1,3}(\.\d{3})*(,\d+)?%?$/;
  const bytes = text => new TextEncoder().encode(text);

  // what a cell says, folded or not; what no screen of this width shows is left out
  const APART = new Set(["BR", "DIV", "LI", "P", "SMALL", "SUMMARY", "UL"]);
  const words = node => node.nodeType === Node.TEXT_NODE ? node.data
    : node.nodeType !== Node.ELEMENT_NODE || getComputedStyle(node).display === "none" ? ""
      : APART.has(node.tagName) ? ` ${[...node.childNodes].map(words).join("")} ` : [...node.childNodes].map(words).join("");

  // a value is a text, or a number with how it is shown
  const value = cell => {
    const text = [...cell.childNodes].map(words).join("").replace(/\s+/g, " ").trim(), counts = cell.classList.contains("num") || cell.cellIndex > 1 && cell.closest("table.form");
    if (!counts || !NUMBER.test(text)) return text;
    const plain = text.replace(/\./g, "").replace(",", ".").replace("%", "");
    return {number: Number(plain), style: text.includes("%") ? 4 : text.includes(",") ? 3 : 2};
  };

  const csv = rows => {
    const said = one => {
      const text = typeof one === "object" ? String(one.number).replace(".", ",") : FORMULA.test(one) || DATE_LIKE.test(one) ? `'${one}` : one;
      return /[";\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
    };
    return new Blob([BOM + rows.map(row => row.map(said).join(";") + "\r\n").join("")], {type: "text/csv"});
  };

  const xml = text => text.replace(NOT_XML, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const letters = column => (column > 25 ? letters(Math.floor(column / 26) - 1) : "") + String.fromCharCode(65 + column % 26);
  const sheet = rows => {
    const cell = (one, column, row) => typeof one === "object"
      ? `<c r="${letters(column)}${row + 1}" s="${one.style}"><v>${one.number}</v></c>`
      : `<c r="${letters(column)}${row + 1}" s="${row ? 0 : 1}" t="inlineStr"><is><t xml:space="preserve">${xml(one)}</t></is></c>`;
    const widths = rows[0].map((_, column) => `<col min="${column + 1}" max="${column + 1}" width="${column ? 18 : 40}" customWidth="1"/>`).join("");
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
      + `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
      + `<cols>${widths}</cols><sheetData>${rows.map((row, at) => `<row r="${at + 1}">${row.map((one, column) => cell(one, column, at)).join("")}</row>`).join("")}</sheetData>`
      + `<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`;
  };

  const TABLE = Uint32Array.from({length: 256}, (_, at) => { let left = at; for (let bit = 0; bit < 8; bit++) left = left & 1 ? left >>> 1 ^ 0xedb88320 : left >>> 1; return left; });
  const crc = data => { let sum = -1; for (const one of data) sum = sum >>> 8 ^ TABLE[(sum ^ one) & 255]; return ~sum >>> 0; };
  const zip = parts => {
    const out = [], listed = [];
    let at = 0;
    for (const [name, content] of parts) {
      const told = bytes(name), data = bytes(content);
      const head = (signature, ...more) => {
        const view = new DataView(new ArrayBuffer(signature === 0x04034b50 ? 30 : 46));
        let place = 0;
        const put = (size, number) => { size === 2 ? view.setUint16(place, number, true) : view.setUint32(place, number, true); place += size; };
        put(4, signature);
        if (signature === 0x02014b50) put(2, 20);
        [20, 0x800, 0, 0, 33].forEach(one => put(2, one));
        [crc(data), data.length, data.length].forEach(one => put(4, one));
        [told.length, 0].forEach(one => put(2, one));
        more.forEach(([size, number]) => put(size, number));
        return new Uint8Array(view.buffer);
      };
      listed.push(head(0x02014b50, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), told);
      out.push(head(0x04034b50), told, data);
      at += 30 + told.length + data.length;
    }
    const size = listed.reduce((sum, one) => sum + one.length, 0), end = new DataView(new ArrayBuffer(22));
    [[0, 0x06054b50], [12, size], [16, at]].forEach(([place, number]) => end.setUint32(place, number, true));
    [8, 10].forEach(place => end.setUint16(place, parts.length, true));
    return new Blob([...out, ...listed, end], {type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"});
  };

  THIDUA.list = (kind, title, rows) => kind === "csv" ? csv(rows)
    : zip([...THIDUA.workbook.map(([name, content]) => [name, content.replaceAll("{title}", xml(title.replace(/[[\]:*?/\\']/g, " ").slice(0, 31)))]), ["xl/worksheets/sheet1.xml", sheet(rows)]]);
  THIDUA.cell = value;
})();
