// A line of a brief and the words that it was read from light up together: [data-line="l3"] and [data-said="l3 s1"].
const LIT = "lit";

function ids(element) {
  return element.dataset.line ? [element.dataset.line] : element.dataset.said.split(" ");
}

function light(document, element) {
  for (const one of document.querySelectorAll(`.${LIT}`)) one.classList.remove(LIT);
  if (!element) return;
  const wanted = new Set(ids(element));
  for (const one of document.querySelectorAll("[data-line], [data-said]")) {
    if (ids(one).some((id) => wanted.has(id))) one.classList.add(LIT);
  }
  if (element.dataset.line) bringIntoView(document.querySelector(`[data-said].${LIT}`));
}

// The words of a line scroll into sight within their own box; the page itself stays where it is.
function bringIntoView(words) {
  const box = words?.closest(".raw-words");
  if (!box) return;
  const [inside, at] = [box.getBoundingClientRect(), words.getBoundingClientRect()];
  if (at.top < inside.top || at.bottom > inside.bottom) box.scrollTop += at.top - inside.top - box.clientHeight / 3;
}

export function said(document) {
  const find = (event) => event.target.closest?.("[data-line], [data-said]");
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, (event) => light(document, find(event)));
  document.addEventListener("focusout", () => light(document, null));
  document.addEventListener("click", (event) => light(document, find(event))); // a press takes the focus from elsewhere
}
