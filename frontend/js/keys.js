// Keyboard: an element with data-key="s" is pressed (a field: focused) by that key, unless someone is typing.
export function keys(document) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    if (field?.getClientRects().length) return; // a field that was just put away still has the focus for a moment
    const wanted = event.key.toLowerCase();
    const open = document.querySelector("dialog[open]"); // while one is open, only its own keys count
    const scope = open ?? document.activeElement?.closest("[data-keys]") ?? document;
    const near = [...scope.querySelectorAll("[data-key]")];
    const all = open ? near : [...near, ...document.querySelectorAll("[data-key]")];
    const found = all.find((element) => element.dataset.key === wanted && element.offsetParent !== null);
    if (!found) return;
    event.preventDefault();
    if (found.matches("input, textarea, select")) found.focus();
    else found.click();
  });
}
