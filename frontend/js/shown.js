// What belongs to one choice only shows while it is chosen: data-show-when="fee_kind=rate". A part in which
// something is wrong stays in view, whatever is chosen.
function settle(part) {
  const [name, wanted] = part.dataset.showWhen.split("=");
  const chosen = new FormData(part.closest("form")).getAll(name);
  part.hidden = !chosen.includes(wanted) && !part.querySelector(".wrong");
}

export function settleAll(root) {
  for (const part of root.querySelectorAll("[data-show-when]")) settle(part);
}

export function shown(document) {
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form");
    if (form) settleAll(form);
  });
  addEventListener("pageshow", () => settleAll(document)); // coming back, the browser restores what was chosen
}
