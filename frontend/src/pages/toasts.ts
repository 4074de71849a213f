// Short messages at the lower edge: they go by themselves, unless someone is reading or using them.
const STAYS_MS = 7000;

function goLater(toast: Element): void {
  let timer = window.setTimeout(() => toast.remove(), STAYS_MS);
  const wait = (): void => window.clearTimeout(timer);
  const again = (): void => {
    timer = window.setTimeout(() => toast.remove(), STAYS_MS);
  };
  toast.addEventListener("pointerenter", wait);
  toast.addEventListener("pointerleave", again);
  toast.addEventListener("focusin", wait);
  toast.addEventListener("focusout", again);
}

export function toasts(within: ParentNode): void {
  for (const toast of within.querySelectorAll(".toast:not([data-timed])")) {
    toast.setAttribute("data-timed", "");
    goLater(toast);
  }
}

export function say(words: string): void {
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = words;
  document.getElementById("toasts")?.append(toast);
  toasts(document);
}
