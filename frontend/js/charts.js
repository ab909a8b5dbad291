// ECharts with only what we draw, in our colours. Fetched by figures.js.
import { BarChart, FunnelChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, FunnelChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const INK = { 1: "#22262b", 2: "#565d66", rule: "#e8e3d8" };
const THREAD = ["#b8322a", "#c6584f", "#d37d76", "#e0a39d", "#ecc8c4"]; // red is rare: only the funnel, which is the thread itself
const COLOURS = ["#2d5079", "#a86a12", "#2f7d5d", "#868c93", "#7d94b0", "#c9a25f", "#7fb39b"];

function shape({ kind, labels, series }) {
  if (kind === "pie" || kind === "funnel") {
    const fade = (index) => (kind === "funnel" ? { color: THREAD[Math.min(index, THREAD.length - 1)] } : {});
    const data = labels.map((name, index) => ({ name, value: series[0].values[index], itemStyle: fade(index) }));
    const size = kind === "pie" ? { radius: ["48%", "74%"] } : { sort: "none", top: 8, bottom: 8, left: 0, width: "62%", minSize: "8%", gap: 3 };
    return { series: [{ type: kind, data, ...size, label: { color: INK[1], formatter: "{b} {c}" }, itemStyle: { borderColor: "#fffefb", borderWidth: 2 } }] };
  }
  const category = { type: "category", data: labels, axisLine: { lineStyle: { color: INK.rule } }, axisTick: { show: false }, axisLabel: { color: INK[2] } };
  const value = { type: "value", splitLine: { lineStyle: { color: INK.rule } }, axisLabel: { color: INK[2] } };
  return {
    grid: { left: 8, right: 12, top: series.length > 1 ? 36 : 12, bottom: 4, containLabel: true },
    legend: series.length > 1 ? { top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 8 } : undefined,
    xAxis: category,
    yAxis: value,
    series: series.map(({ name, values }) => ({ name, type: kind, data: values, barMaxWidth: 28, symbolSize: 6, lineStyle: { width: 2 } })),
  };
}

function draw(element, chart) {
  const font = getComputedStyle(document.body).fontFamily;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const instance = init(element);
  instance.setOption({
    color: COLOURS,
    animation: !still,
    textStyle: { fontFamily: font, color: INK[1] },
    tooltip: { trigger: chart.kind === "pie" || chart.kind === "funnel" ? "item" : "axis", renderMode: "richText" }, // HTML tooltips need inline styles
    ...shape(chart),
  });
  new ResizeObserver(() => instance.resize()).observe(element);
}

window.yinxianCharts = { draw };
