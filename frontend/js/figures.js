// Draws <figure data-chart="id of a json_script"> with ECharts, which is fetched only where a page has a chart.
// The table inside the figure stays for screen readers, and shows when this script does not run.
let library;

function load() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.charts;
    script.onload = () => resolve(window.yinxianCharts);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

export async function charts(root) {
  const figures = root.querySelectorAll("figure[data-chart]:not([data-drawn])");
  if (!figures.length) return;
  for (const figure of figures) figure.dataset.drawn = "yes"; // before waiting: the page may be prepared twice
  const { draw } = await load();
  for (const figure of figures) {
    const canvas = document.createElement("div");
    canvas.className = "chart-canvas";
    canvas.setAttribute("aria-hidden", "true");
    const table = figure.querySelector("table");
    const aside = document.createElement("div"); // a table itself ignores the height that hides it
    aside.className = "visually-hidden";
    table.before(canvas, aside);
    aside.append(table);
    draw(canvas, JSON.parse(document.getElementById(figure.dataset.chart).textContent));
  }
}
