"use strict";
// Draws the figures of the page; colours are tokens until the reader's light or dark is known.
(async () => {
  await THIDUA.whole.catch(() => {});
  const night = await THIDUA.ofNight;
  const {theme, texts} = THIDUA;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const months = [...Array(12).keys()].map(month => `Tháng ${month + 1}`);
  const config = {displayModeBar: false, responsive: false, locale: "vi", scrollZoom: false, doubleClick: false, showTips: false};
  const plots = [...document.querySelectorAll(".plot")];
  let printing = false;

  const coloured = (value, tokens, key = "") => {
    if (Array.isArray(value)) return value.map(one => coloured(one, tokens, key));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, coloured(one, tokens, name)]));
    if (typeof value !== "string" || value[0] !== "@") return value;
    return key.includes("color") ? tokens[value.slice(1)] : key === "x" ? ofNight(value) : value;
  };
  const ofNight = value => {
    const [, keys, column] = value.split("@"), said = night[keys]?.[column];
    return said === undefined ? null : Number(said.replace("%", "").replace(",", "."));
  };
  const failed = plot => {
    plot.hidden = true;
    plot.parentNode.querySelector(".failed").hidden = false;
    plot.parentNode.querySelector("details").open = true;
  };
  const draw = plot => {
    const [wide, narrow] = figures[plot.dataset.chart];
    const figure = coloured(narrow && plot.clientWidth < 500 ? narrow : wide, theme[dark.matches && !printing ? "dark" : "light"]);
    figure.layout.width = plot.clientWidth;
    plot.style.height = `${figure.layout.height}px`;
    return Plotly.react(plot, figure.data, figure.layout, config);
  };
  const leads = plot => {
    plot.on("plotly_hover", event => plot.classList.toggle("leads", Boolean(event.points[0].customdata)));
    plot.on("plotly_unhover", () => plot.classList.remove("leads"));
    plot.on("plotly_click", event => {
      const link = event.points[0].customdata;
      if (typeof link !== "string" || !link) return;
      const [kind, key] = link.split("=");
      if (kind === "#ds") THIDUA.open(plot.dataset.list, key);
      else location.href = link[0] === "#" ? link : THIDUA.root + link;
    });
  };
  if (typeof Plotly === "undefined") { plots.forEach(failed); return; }
  let figures;
  try { figures = await THIDUA.unpack(THIDUA.figures); } catch { plots.forEach(failed); return; }
  Plotly.register({moduleType: "locale", name: "vi", dictionary: {}, format: {
    days: ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
    shortDays: ["CN", "T2", "T3", "T4", "T5", "T6", "T7"], months, shortMonths: months,
    date: "%d/%m/%Y", decimal: ",", thousands: ".",
  }});
  const all = () => plots.forEach(plot => { if (!plot.hidden && plot.clientWidth) draw(plot); });
  const ready = new Set();
  const first = plot => {
    if (ready.has(plot) || !plot.clientWidth) return;
    ready.add(plot);
    Promise.resolve().then(() => draw(plot)).then(() => leads(plot)).catch(() => failed(plot));
  };
  plots.forEach(first);
  document.addEventListener("thidua:shown", () => plots.forEach(first));
  dark.addEventListener("change", all);
  let timer;
  addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(all, 120); });
  const paper = on => { printing = on; all(); };
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));
  matchMedia("print").addEventListener("change", event => paper(event.matches));
})();
