"use strict";
// Headers of a sortable table become buttons; without scripts the table stands in the order of names.
(() => {
  const words = new Intl.Collator("vi");
  // a cell says its key only where that is not the number that stands first in it; one without a number comes last
  const number = cell => {
    const read = cell.dataset.key ?? cell.textContent.match(/^[\d.]+(,\d+)?/)?.[0].replaceAll(".", "").replace(",", ".");
    return Number(read ?? -1);
  };
  const word = cell => cell.textContent;
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") === "descending" || (column < 2 && !head.hasAttribute("aria-sort"));
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const counts = head.classList.contains("num"), key = counts ? number : word;
        const order = counts ? (one, other) => one - other : words.compare;
        const rows = [...body.rows].map(row => [key(row.cells[column]), row]).sort(([one], [other]) => order(one, other)).map(([, row]) => row);
        body.append(...(up ? rows : rows.reverse()));
      });
    });
  }
})();
