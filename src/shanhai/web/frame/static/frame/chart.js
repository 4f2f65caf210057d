// Pictures: draws a .drawing from ECharts options, in the page's colours, and fills the table beside it.
// The options stand in a <script type="application/json"> of its figure, or come from data-chart as JSON; beside the options
// the JSON may hold "table": {"head": […], "rows": [[…]]}; without it the table is made from the dataset or the series. A table
// that the page has filled stays as it is. A datum with "href" leads there when it is clicked.

const echarts = () => import("./vendor/echarts.js");
const drawn = new Map();

/** Draw one .drawing; draws it anew when the theme or the size changes. */
export async function draw(box) {
  if (box.dataset.drawn) return;
  box.dataset.drawn = "waiting";
  const figure = box.closest(".chart");
  try {
    const told = await optionsOf(box, figure);
    const { table, ...options } = told;
    const shown = figure.querySelector(".as-table table");
    if (!shown.rows.length) fill(shown, table ?? tableOf(options));
    const library = await echarts();
    drawn.set(box, { library, options });
    paint(box);
    sizes.observe(box);
    box.dataset.drawn = "done";
  } catch (error) {
    box.dataset.drawn = "failed";
    const fault = document.createElement("p");
    fault.className = "fault";
    fault.textContent = document.documentElement.lang === "en" ? "The picture could not be loaded. Reload the page." : "图没有载入。请刷新页面。";
    box.replaceChildren(fault);
    console.warn(error);
  }
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const chart = drawn.get(target)?.chart;
    if (!chart) continue;
    if (!target.isConnected) { chart.dispose(); drawn.delete(target); sizes.unobserve(target); }
    else if (chart.getWidth() !== target.clientWidth || chart.getHeight() !== target.clientHeight) paint(target); // resize() fails on flows
  }
});
document.documentElement.addEventListener("theme", () => {
  for (const box of drawn.keys()) if (box.isConnected) paint(box);
});

async function optionsOf(box, figure) {
  if (!box.dataset.chart) return JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const answer = await fetch(box.dataset.chart, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${box.dataset.chart}: ${answer.status}`);
  return answer.json();
}

function paint(box) {
  const kept = drawn.get(box);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const line = { axisLine: { lineStyle: { color: colour("edge") } }, axisLabel: { color: colour("soft") }, splitLine: { lineStyle: { color: colour("rule") } } };
  const theme = {
    color: ["sea", "ochre", "calm", "good", "bad", "wary", "soft"].map(colour),
    backgroundColor: "transparent",
    textStyle: { fontFamily: colour("sans"), color: colour("ink") },
    legend: { textStyle: { color: colour("ink") } },
    label: { color: colour("ink") },
    categoryAxis: { ...line, splitLine: { show: false } }, valueAxis: line, timeAxis: line, logAxis: line,
    tooltip: { backgroundColor: colour("raised"), borderColor: colour("rule"), textStyle: { color: colour("ink") } },
    visualMap: { color: ["sea", "rule"].map(colour), textStyle: { color: colour("soft") } },
    sankey: { label: { color: colour("ink") }, lineStyle: { color: "source", opacity: 0.35 } },
  };
  kept.chart?.dispose();
  kept.chart = kept.library.init(box, theme, { renderer: "canvas" });
  kept.chart.on("click", ({ data }) => { if (data?.href) location.assign(data.href); });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // Tooltips are drawn, not written as HTML with styles, which the page's policy does not let through.
  kept.chart.setOption({ animation: !still, ...kept.options, tooltip: { ...kept.options.tooltip, renderMode: "richText" } });
}

function tableOf({ dataset, xAxis, series = [] }) {
  if (dataset?.source?.length) return { head: dataset.source[0], rows: dataset.source.slice(1) };
  const all = [series].flat();
  const names = [xAxis].flat()[0]?.data;
  if (names) return { head: ["", ...all.map((one) => one.name ?? "")], rows: names.map((name, n) => [name, ...all.map((one) => valueOf(one.data?.[n]))]) };
  const links = all.flatMap((one) => one.links ?? []);
  if (links.length) return { head: ["", "", ""], rows: links.map((link) => [link.source, link.target, link.value]) };
  return { head: ["", ""], rows: all.flatMap((one) => (one.data ?? []).map((point) => [point.name ?? "", valueOf(point)])) };
}

const valueOf = (point) => (Array.isArray(point) ? point.join(", ") : typeof point === "object" && point ? valueOf(point.value) : point ?? "—");

function fill(table, { head, rows }) {
  const row = (cells, tag) => {
    const made = document.createElement("tr");
    cells.forEach((cell) => {
      const one = document.createElement(tag);
      one.textContent = typeof cell === "number" ? cell.toLocaleString("en") : String(cell ?? "—");
      if (typeof cell === "number") one.className = "number";
      made.append(one);
    });
    return made;
  };
  const top = document.createElement("thead");
  const body = document.createElement("tbody");
  if (head.some((cell) => cell !== "")) top.append(row(head, "th"));
  body.append(...rows.map((cells) => row(cells, "td")));
  table.replaceChildren(top, body);
}
