"use strict";
// Headers of a sortable table become buttons; without scripts the table stands in the order of names.
(() => {
  const words = new Intl.Collator("vi");
  const key = cell => cell.dataset.key;
  const order = (one, other) => isNaN(one) || isNaN(other) ? words.compare(one, other) : one - other;
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
        const rows = [...body.rows].sort((a, b) => order(key(a.cells[column]), key(b.cells[column])));
        body.append(...(up ? rows : rows.reverse()));
      });
    });
  }
})();
