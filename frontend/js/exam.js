// An exam: the time left by the server's clock, and answers saved as they are given. Without it the buttons save.
const SOON_SECONDS = 300;
const WAIT_MS = 800;

function clockOf(box) {
  const shift = Date.parse(box.dataset.now) - Date.now();
  const ends = Date.parse(box.dataset.ends);
  const show = box.querySelector("[data-left]");
  const tick = () => {
    const left = Math.max(0, Math.round((ends - Date.now() - shift) / 1000));
    const two = (value) => String(value).padStart(2, "0");
    show.textContent = `${two(Math.floor(left / 3600))}:${two(Math.floor((left % 3600) / 60))}:${two(left % 60)}`;
    box.classList.toggle("soon", left <= SOON_SECONDS);
    if (left === 0) {
      clearInterval(timer);
      setTimeout(() => window.location.reload(), 1500);
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}

async function save(form, said) {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Autosave": "1" },
      credentials: "same-origin",
    });
    const told = await answer.json();
    said.textContent = told.message;
    said.classList.toggle("wrong", !answer.ok);
    if (told.next) window.location.assign(told.next);
  } catch {
    said.textContent = form.dataset.offline;
    said.classList.add("wrong");
  }
}

export function exam(root) {
  const box = root.querySelector("[data-exam-clock]");
  if (box) clockOf(box);
  const form = root.querySelector("form[data-autosave]");
  if (!form) return;
  const said = form.querySelector("[data-saved]");
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form, said), WAIT_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
