// A question of the interview: “none of these” goes without the others, and the others without it.
const form = document.querySelector<HTMLFormElement>("form[data-question]");

function keepApart(boxes: HTMLInputElement[], changed: HTMLInputElement): void {
  if (!changed.checked) return;
  const alone = "none" in changed.dataset;
  for (const box of boxes) if (box !== changed && (alone || "none" in box.dataset)) box.checked = false;
}

/** A number from 0 to 10 by its keys: what is typed is chosen; a ten is a one and a zero, quickly. */
function takeDigits(form: HTMLFormElement): void {
  let last = 0;
  form.addEventListener("keydown", (event) => {
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const ten = event.key === "0" && event.timeStamp - last < 800;
    last = event.key === "1" ? event.timeStamp : 0;
    const radio = form.querySelector<HTMLInputElement>(`input[name="answer"][value="${ten ? "10" : event.key}"]`);
    if (!radio) return;
    radio.checked = true;
    radio.focus();
  });
}

if (form) {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[type="checkbox"][name="answer"]')];
  for (const box of boxes) box.addEventListener("change", () => keepApart(boxes, box));
  if (form.dataset["question"] === "number") takeDigits(form);
  form.addEventListener("submit", (event) => {
    if (form.dataset["question"] !== "many" || boxes.some(({ checked }) => checked)) return;
    event.preventDefault();
    boxes.at(-1)?.setCustomValidity("Choose what is true, or the last line.");
    boxes.at(-1)?.reportValidity();
    boxes.at(-1)?.setCustomValidity("");
  });
}
