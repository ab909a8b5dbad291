// Rows of a Django formset: <div data-rows="prefix"> holds [data-row]s, a <template data-row-template> whose names
// carry __prefix__, a button [data-row-add]; in each row a button [data-row-remove].
export function rows(document) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-add], [data-row-remove]");
    const list = button?.closest("[data-rows]");
    if (!list) return;
    if (button.hasAttribute("data-row-remove")) {
      const row = button.closest("[data-row]");
      const mark = row.querySelector("input[name$='-DELETE']");
      const next = row.nextElementSibling?.querySelector("input, select, textarea") ?? list.querySelector("[data-row-add]");
      if (mark) mark.checked = true;
      else for (const input of row.querySelectorAll("input, select, textarea")) input.value = "";
      row.hidden = true;
      next?.focus();
    } else {
      const total = list.querySelector("input[name$='-TOTAL_FORMS']");
      const holder = document.createElement("div");
      const shape = list.querySelector("template[data-row-template]");
      holder.append(shape.content.cloneNode(true));
      holder.innerHTML = holder.innerHTML.replaceAll("__prefix__", total.value);
      total.value = String(Number(total.value) + 1);
      const row = holder.firstElementChild;
      const existing = [...list.querySelectorAll("[data-row]")];
      if (existing.length) existing.at(-1).after(row);
      else shape.before(row);
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    }
    list.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
