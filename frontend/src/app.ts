// What every page loads.
import htmx from "htmx.org";
import { liveJobs } from "./pages/jobs";
import { toasts } from "./pages/toasts";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

type Part = (within: ParentNode) => void;
const parts: Part[] = [liveJobs, toasts];

async function furnish(within: ParentNode): Promise<void> {
  for (const part of parts) part(within);
  if (within.querySelector("[data-drop]")) (await import("./pages/film")).drops(within);
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-save-at-once]")) {
  form.querySelector("button")?.setAttribute("hidden", "");
  form.addEventListener("change", () => form.requestSubmit());
}
void furnish(document);
document.addEventListener("htmx:after:swap", () => void furnish(document));
document.addEventListener("keydown", (event) => {
  const open = document.querySelector<HTMLDetailsElement>(".tabs details[open]");
  if (event.key === "Escape" && open) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
});
document.addEventListener("click", (event) => {
  const open = document.querySelector<HTMLDetailsElement>(".tabs details[open]");
  if (open && event.target instanceof Node && !open.contains(event.target)) open.open = false;
});
