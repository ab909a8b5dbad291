// A form is sent once; leaving a form with unsaved input asks first; a refusal is brought into view.
const AGAIN_MS = 10_000; // an answer that is a download leaves the page as it is: let the form be sent again

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[data-held]")) {
    button.disabled = false;
    delete button.dataset.held;
  }
}

function hold(form) {
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  for (const button of form.querySelectorAll("button:not([type=button]):not(:disabled)")) {
    button.disabled = true;
    button.dataset.held = "yes";
  }
  setTimeout(() => release(form), AGAIN_MS);
}

export function forms(document) {
  const changed = new Set();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      return;
    }
    changed.delete(form);
    form.dataset.sent = "yes";
    setTimeout(() => hold(form)); // after the browser has read the pressed button's name and value
  });

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.hasAttribute("data-guard") && form.method === "post") changed.add(form);
  });

  window.addEventListener("beforeunload", (event) => {
    for (const form of changed) if (!form.isConnected) changed.delete(form);
    if (changed.size) event.preventDefault();
  });

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  // Filters that act at once.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form?.requestSubmit();
  });

  const wrong = document.querySelector(".field.wrong :is(input, select, textarea), .refusal[tabindex]");
  wrong?.focus({ preventScroll: false });
}
