// Keyboard: an element with data-key="s" is pressed (a field: focused) by that key, unless someone is typing.
export function keys(document) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
    const wanted = event.key.toLowerCase();
    const scope = document.activeElement?.closest("[data-keys]") ?? document;
    const all = [...scope.querySelectorAll("[data-key]"), ...document.querySelectorAll("[data-key]")];
    const found = all.find((element) => element.dataset.key === wanted && element.offsetParent !== null);
    if (!found) return;
    event.preventDefault();
    if (found.matches("input, textarea, select")) found.focus();
    else found.click();
  });
}
