"use strict";
// Works from file:// without a network: every file it opens lies beside the page and registers itself with put().
(() => {
  const texts = window.THIDUA_TEXTS, body = document.body, root = body.dataset.root;
  const version = document.currentScript.src.split("?")[1];
  const words = new TextEncoder().encode(window.THIDUA_WORDS);
  const waiting = {}, loaded = {};
  document.documentElement.classList.add("js");

  // pages of units are many: what surrounds them is said once
  const ways = body.dataset.ways;
  if (ways) {
    document.querySelector("header").outerHTML = texts.top;
    document.querySelector("main").insertAdjacentHTML("afterend", texts.foot);
  }

  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  // the parts of a page within which alike tables are one list
  const parted = page => page.querySelectorAll("section, .card").forEach(addSaving);
  const number = value => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  const plain = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[đð]/g, "d").replace(/\s+/g, " ").trim();

  // what is packed looks back on words that all pages share: they come first, as a block that is stored
  const size = words.length, stored = [0, size & 255, size >> 8, ~size & 255, ~size >> 8 & 255];
  const unpack = async packed => {
    const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0));
    const stream = new Blob([Uint8Array.from(stored), words, bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await (await new Response(stream).blob()).slice(size).text());
  };
  const load = name => loaded[name] ? Promise.resolve(loaded[name]) : new Promise((resolve, reject) => {
    (waiting[name] ||= []).push(resolve);
    const script = make("script", undefined, {src: `${root}data/${encodeURIComponent(name)}.js?${version}`});
    script.onerror = () => reject(new Error(name));
    document.head.append(script);
  });
  // every list can be saved: tables of one header in one part of a page are one list, folded or not; lists of lines too.
  // Those of which the page shows a part are kept whole beside it, by the night.
  const LISTS = "ul.names, ol.todo, ol.steps";
  const header = table => table.tHead ? [...table.tHead.rows].map(row => row.textContent).join("|") : "";
  const addSaving = part => {
    const found = new Map();
    part.querySelectorAll(`table, ${LISTS}`).forEach(one => {
      if (one.closest("[data-kept]") || one.dataset.saved) return;
      const key = one.tagName === "TABLE" ? header(one) : one.className;
      found.set(key, [...found.get(key) || [], one]);
      one.dataset.saved = "1";
    });
    found.forEach(lists => {
      const line = make("p", `${texts.save}: `, {class: "save"});
      for (const kind of ["xlsx", "csv"]) {
        const link = make("button", `.${kind}`, {type: "button", class: "link"});
        link.addEventListener("click", () => save(kind, lists));
        line.append(link, " ");
      }
      (lists[0].closest(".scroll") || lists[0]).after(line);
    });
  };
  const save = async (kind, lists) => {
    if (!THIDUA.list) await new Promise((resolve, reject) => {
      const script = make("script", undefined, {src: `${root}assets/save.js?${version}`});
      Object.assign(script, {onload: resolve, onerror: reject});
      document.head.append(script);
    });
    const [first] = lists, title = first.caption?.textContent || first.closest("section, dialog")?.querySelector("h2, h3")?.textContent || document.title;
    const link = make("a", undefined, {href: URL.createObjectURL(THIDUA.list(kind, title, lists.flatMap(rowsOf))), download: `${plain(title).replace(/[^a-z0-9]+/g, "-").slice(0, 60)}.${kind}`});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const rowsOf = (list, place) => {
    if (list.tagName !== "TABLE") {
      const lines = [...list.children].map(line => line.children.length > 1 ? [...line.children].map(THIDUA.cell) : [THIDUA.cell(line)]);
      const wide = Math.max(0, ...lines.map(line => line.length)), heads = texts.lists[list.classList[0]];
      return [...place ? [] : [heads.slice(0, wide)], ...lines];
    }
    const heads = place ? [] : [headsOf(list)];
    return [...heads, ...[...list.tBodies].flatMap(body => [...body.rows].map(row => [...row.cells].map(THIDUA.cell)))];
  };
  // one row of words above the columns, however many the header has
  const headsOf = table => {
    const grid = [];
    [...table.tHead.rows].forEach((row, at) => {
      let column = 0;
      for (const one of row.cells) {
        while (grid[at]?.[column] !== undefined) column++;
        for (let down = 0; down < one.rowSpan; down++) for (let right = 0; right < one.colSpan; right++) (grid[at + down] ||= [])[column + right] = down ? "" : one.textContent.replace(/\s+/g, " ").trim();
        column += one.colSpan;
      }
    });
    return grid[0].map((_, column) => grid.map(row => row[column]).filter(Boolean).join(", "));
  };

  // figures that are said of the night, by what names them; none where its file cannot be read
  let tell;
  const ofNight = new Promise(resolve => { tell = resolve; });

  // what a page of a unit says beside its table is packed
  const whole = Promise.all([...document.querySelectorAll("[data-packed]")].map(async part => {
    part.innerHTML = await unpack(part.dataset.packed);
    ofNight.then(told => part.querySelectorAll("[data-night]").forEach(one => {
      one.textContent = told[one.dataset.keys]?.[one.dataset.column] ?? one.textContent;
    }));
    part.querySelectorAll(".scroll").forEach(drag);
    parted(part);
    wide();
  }));
  window.THIDUA = {
    whole,
    put(name, value) { loaded[name] = unpack(value); (waiting[name] || []).splice(0).forEach(resolve => resolve(loaded[name])); },
    unpack: value => unpack(value),
    open: (list, key) => openList(list, key),
    draw(figures) {
      THIDUA.figures = figures;
      for (const name of [`theme.js?${version}`, "plotly.min.js", `charts.js?${version}`]) {
        // one after the other
        document.body.append(Object.assign(make("script", undefined, {src: `${root}assets/${name}`}), {async: false}));
      }
    },
    async reasons(packed) {
      for (const [id, lines] of await unpack(packed)) {
        const part = make("details", undefined, {class: "long"}), told = make("div", undefined, {class: "why"});
        told.append(...lines.map(([deep, line]) => make("p", line, {class: `d${deep}`})));
        part.append(make("summary", texts.open), told);
        document.getElementById(id).append(part);
      }
      unfold();
    },
    ofNight,
    night(told) {
      tell(told.figures);
      document.getElementById("dem").textContent = told.line;
      document.getElementById("dem-chan").textContent = told.footer;
      if (ways) [".nav nav", ".programmes"].forEach((one, at) => { document.querySelector(one).innerHTML = told.ways[ways][at]; });
      const days = Math.floor((Date.now() - Date.parse(told.published)) / 864e5);
      if (days < told.staleDays) return;
      const warning = document.getElementById("cu");
      warning.textContent = told.stale.replace("{n}", number(days));
      warning.hidden = false;
    },
    texts, root,
  };

  // the night stands in one small file, so that pages stay as they are when only the date changes; never from a cache
  const night = make("script", undefined, {src: `${root}dem.js?${Date.now()}`});
  night.onerror = () => tell({});
  document.head.append(night);

  // each cell knows the head of its column: on narrow screens a row is a card
  document.querySelectorAll("table.cards").forEach(table => {
    const heads = [...table.tHead.rows[0].cells].map(head => head.textContent);
    for (const body of table.tBodies) for (const row of body.rows) for (const one of row.cells) if (one.tagName === "TD") one.dataset.head = heads[one.cellIndex];
  });

  // mẫu 02: a number leads to the rows behind it; lines in which nothing is counted are the same in every table
  const NOTHING = ["0", "-"];
  const forms = [...document.querySelectorAll("table.form")];
  forms.forEach(form => {
    const columns = texts.columns;
    form.dataset.columns = columns.join();
    for (const row of form.tBodies[0].rows) columns.forEach((column, at) => {
      const one = row.cells[at + 2], said = one.textContent.trim();
      if (column.endsWith("_pct") || NOTHING.includes(said)) return;
      one.replaceChildren(make("button", said, {class: "n", "data-key": `${row.dataset.row}|${column}`}));
    });
  });
  if (forms.length) load("mau-02").then(({lines}) => forms.forEach(form => {
    const counted = Object.fromEntries([...form.tBodies[0].rows].map(row => [row.dataset.row, row]));
    const empty = ([id, kind, place, label]) => {
      const row = make("tr", undefined, {"data-row": id, class: `r-${kind} zero`});
      row.append(make("td", place), make("th", label, {scope: "row"}));
      texts.columns.forEach(column => row.append(make("td", column.endsWith("_pct") ? "-" : "0")));
      return row;
    };
    form.tBodies[0].append(...lines.map(line => counted[line[0]] || empty(line)));
  })).catch(() => {});

  // rows behind a number
  const listOf = button => button.closest("[data-list]").dataset.list;
  const dialog = make("dialog", undefined, {"aria-labelledby": "danh-sach-ten"}), inside = make("div", undefined, {id: "danh-sach-than", tabindex: "0"});
  const above = make("div", undefined, {class: "dialog-head"});
  above.append(make("h2", "", {id: "danh-sach-ten"}), make("button", texts.close, {type: "button", class: "close"}));
  dialog.id = "danh-sach";
  dialog.append(above, inside);
  body.append(dialog);
  const ofTable = (key, [counted, rows, total, note], {unit, code, scope}, {lines, columns}) => {
    const [row, column] = key.split("|");
    return {
      title: `${unit}. ${lines.find(line => line[0] === row)[3]}: ${number(counted)} ${columns[column]}`,
      command: `thidua trace --unit ${code} --row ${row} --column ${column} --scope ${scope}`, rows, total, note,
    };
  };
  const cell = (value, [name, kind], place, files) => {
    const text = kind === "file" ? files[value] : kind === "number" ? number(value) : kind === "link" ? value[0] : value;
    const made = make(place ? "td" : "th", "", place ? {"data-head": name} : {scope: "row"});
    if (kind === "number" || kind === "short") made.className = kind === "number" ? "num" : "short";
    made.append(kind === "link" && value[1] ? make("a", text, {href: root + value[1]}) : text);
    return made;
  };
  const openList = async (list, key) => {
    const heading = document.getElementById("danh-sach-ten");
    heading.textContent = texts.loading;
    inside.replaceChildren();
    if (!dialog.open) dialog.showModal();
    let data, found;
    try {
      data = await load(list);
      found = data.table ? ofTable(key, data.sets[key], data.table, await load("mau-02")) : data.sets[key];
    } catch {}
    if (!found) { heading.textContent = texts.load_failed; return; }
    heading.textContent = found.title;
    if (found.note) inside.append(make("p", found.note, {class: "unit"}));
    if (found.rows.length) {
      const table = make("table", undefined, {class: data.columns.length > 2 ? "cards" : ""}), head = make("tr"), lines = make("tbody");
      table.append(make("caption", found.title, {class: "hidden"}));
      data.columns.forEach(([name, kind]) => head.append(make("th", name, {scope: "col", class: kind === "number" ? "num" : ""})));
      found.rows.forEach(at => {
        const line = make("tr");
        data.columns.forEach((column, place) => line.append(cell(data.rows[at][place], column, place, data.files)));
        lines.append(line);
      });
      const thead = make("thead");
      thead.append(head);
      table.append(thead, lines);
      inside.append(table);
      addSaving(inside);
      const left = found.total - found.rows.length;
      if (left > 0) inside.append(make("p", texts.more.replace("{n}", number(left)), {class: "unit"}));
    }
    if (found.command) {
      const operator = make("details");
      operator.append(make("summary", texts.trace), make("code", found.command));
      inside.append(operator);
    }
  };
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("click", event => {
    const button = event.target.closest("button.n");
    if (button) openList(listOf(button), button.dataset.key);
  });

  // an address may name the number to open: khen-thuong/x.html#so=I.1|collectives
  const fromAddress = () => {
    const key = decodeURIComponent(location.hash.slice(1));
    if (!key.startsWith("so=")) return;
    const wanted = [...document.querySelectorAll("button.n")].filter(one => one.dataset.key === key.slice(3));
    const button = wanted.find(one => listOf(one).endsWith("-own")) || wanted[0];
    if (button) { show(button.closest("[data-of]").dataset.of); openList(listOf(button), button.dataset.key); }
  };

  // own | rollup
  const show = scope => {
    document.querySelectorAll("[data-of]").forEach(part => { part.hidden = part.dataset.of !== scope; });
    document.querySelectorAll("[data-scope]").forEach(one => one.setAttribute("aria-pressed", one.dataset.scope === scope));
  };
  document.querySelectorAll("[data-scope]").forEach(one => one.addEventListener("click", () => { show(one.dataset.scope); wide(); document.dispatchEvent(new Event("thidua:shown")); }));
  document.querySelectorAll(".hide-zero").forEach(box => box.addEventListener("change", () =>
    box.closest(".m02").querySelector("table").classList.toggle("compact", box.checked)));

  // menu, stale data, wide tables
  const menu = document.querySelector(".menu");
  menu.addEventListener("click", () => {
    const open = document.getElementById("muc-luc").classList.toggle("open");
    menu.setAttribute("aria-expanded", open);
  });
  const scrolls = [];
  const drag = one => { scrolls.push(one); one.before(make("p", texts.drag, {class: "pull"})); };
  document.querySelectorAll(".scroll").forEach(drag);
  const wide = () => scrolls.forEach(one => one.classList.toggle("wider", one.scrollWidth > one.clientWidth + 1));
  addEventListener("resize", wide);

  // policies of a page are told in full where they are opened
  document.querySelectorAll("[data-policies]").forEach(part => part.addEventListener("toggle", async () => {
    const told = await load("chinh-sach"), list = make("dl");
    part.dataset.policies.split(" ").forEach(id => list.append(make("dt", told[id][0]), make("dd", told[id][1], {class: "muted"})));
    part.querySelector("p")?.replaceWith(list);
  }));

  // search
  const form = make("form", undefined, {class: "search", role: "search", autocomplete: "off"});
  const box = make("input", undefined, {
    id: "tim", type: "search", placeholder: texts.search, title: texts.search_hint, role: "combobox",
    "aria-expanded": "false", "aria-controls": "tim-ket-qua", "aria-autocomplete": "list",
  });
  const results = make("ul", undefined, {id: "tim-ket-qua", role: "listbox", "aria-label": texts.search, hidden: ""});
  const count = make("p", "", {class: "hidden", role: "status", id: "tim-dem"});
  form.append(make("label", texts.search, {class: "hidden", for: "tim"}), box, results, count);
  document.getElementById("muc-luc").append(form);
  let at = -1;
  const close = () => { results.hidden = true; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); at = -1; };
  const find = async () => {
    const words = plain(box.value).split(" ").filter(Boolean);
    if (!words.length) { close(); return; }
    const entries = await load("search");
    const found = entries.filter(entry => words.every(word => entry[1].includes(word)));
    results.replaceChildren(...found.slice(0, 12).map(([name, , programme, page], place) => {
      const line = make("li", undefined, {role: "option", id: `tim-${place}`, "aria-selected": "false"});
      const link = make("a", name, {href: root + page, tabindex: "-1"});
      link.append(make("small", programme));
      line.append(link);
      return line;
    }));
    if (!found.length) results.append(make("li", texts.none, {class: "none"}));
    count.textContent = found.length ? (found.length === 1 ? texts.one : texts.many.replace("{n}", number(found.length))) : texts.none;
    results.hidden = false;
    box.setAttribute("aria-expanded", "true");
    at = -1;
  };
  const pick = step => {
    const options = [...results.querySelectorAll("[role=option]")];
    if (!options.length) return;
    at = (at + step + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", place === at));
    box.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({block: "nearest"});
  };
  box.addEventListener("input", find);
  box.addEventListener("keydown", event => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); pick(event.key === "ArrowDown" ? 1 : -1); }
    if (event.key === "Escape") close();
  });
  box.form.addEventListener("submit", event => {
    event.preventDefault();
    const links = results.querySelectorAll("a");
    const link = links[Math.max(at, 0)];
    if (link) location.href = link.href;
  });
  document.addEventListener("click", event => { if (!event.target.closest(".search")) close(); });

  // a filter above a table
  document.querySelectorAll("[data-filter]").forEach(input => {
    const lines = [...document.getElementById(input.dataset.filter).tBodies[0].rows].map(row => [row, plain(row.cells[0].textContent)]);
    input.addEventListener("input", () => {
      const wanted = plain(input.value).split(" ");
      lines.forEach(([row, key]) => { row.hidden = !wanted.every(word => key.includes(word)); });
    });
  });

  // paper shows what is folded
  const folded = [];
  addEventListener("beforeprint", () => document.querySelectorAll("details:not([open])").forEach(one => { folded.push(one); one.open = true; }));
  addEventListener("afterprint", () => folded.splice(0).forEach(one => { one.open = false; }));
  // an address that leads to a folded part unfolds it
  const unfold = () => {
    const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    part?.querySelectorAll("details.long").forEach(one => { one.open = true; });
    return part;
  };
  addEventListener("hashchange", () => { fromAddress(); unfold(); });
  parted(document);
  fromAddress();
  unfold();
  wide();
})();
