// Each cell learns its column's name, so that a stacked row on a phone still says what a figure is of.
// A table of more than three columns, or too wide for its place, is stacked even where its page does not say so;
// data-keep keeps it as it is.
const PHONE = window.matchMedia("(max-width: 800px)");

function label(table) {
  const heads = [...(table.querySelector("tr")?.children ?? [])];
  if (!heads.length || heads.some((head) => head.tagName !== "TH")) return;
  for (const row of table.querySelectorAll("tr")) {
    let column = 0;
    for (const cell of row.children) {
      const name = heads[column]?.textContent.trim();
      if (cell.tagName === "TD" && cell.dataset.label === undefined && name) cell.dataset.label = name;
      column += cell.colSpan || 1;
    }
  }
}

function fit(table) {
  if (!PHONE.matches || table.classList.contains("stack") || table.hasAttribute("data-keep")) return;
  const columns = table.querySelector("tr")?.children.length ?? 0;
  if (columns > 3 || table.scrollWidth > table.parentElement.clientWidth + 1) table.classList.add("stack");
}

export function tables(root) {
  const all = [...root.querySelectorAll("table.paper")];
  if (root.matches?.("table.paper")) all.push(root);
  for (const table of all) {
    label(table);
    fit(table);
    PHONE.addEventListener("change", () => fit(table));
  }
}
