// Menus (<details class="drop">) close on Escape and outside; dialogs open by data-dialog="id"; data-copy copies its text.
export function popups(document) {
  const close = (keep) => {
    for (const menu of document.querySelectorAll("details.drop[open]")) if (!menu.contains(keep)) menu.open = false;
  };

  document.addEventListener("click", async (event) => {
    close(event.target);
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog?.showModal) {
        event.preventDefault();
        opener.focus(); // where the focus goes back to when the slip is closed, also when a key opened it
        dialog.showModal();
        dialog.querySelector("[autofocus], textarea, input:not([type=hidden]), select")?.focus();
      }
    }
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
    if (event.target.matches("dialog[open]")) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside && (event.clientX || event.clientY)) event.target.close();
    }
    if (event.target.closest("[data-back]") && document.referrer.startsWith(location.origin) && history.length > 1) {
      event.preventDefault();
      history.back();
    }
    if (event.target.closest("[data-print]")) window.print();
    const copier = event.target.closest("[data-copy]");
    if (copier) {
      const before = copier.textContent;
      try {
        await navigator.clipboard.writeText(copier.dataset.copy);
        copier.textContent = copier.dataset.copied ?? (document.documentElement.lang === "en" ? "Copied" : "已复制");
      } catch {
        window.prompt(before.trim(), copier.dataset.copy); // no clipboard without https: show it to be copied by hand
      }
      setTimeout(() => (copier.textContent = before), 2000);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details.drop[open]");
    close(null);
    menu?.querySelector("summary").focus();
  });
}
