// Progress of a job, told by the server while it works.
type Told = {
  state: "waiting" | "running" | "done" | "set_aside" | "cancelled";
  sentence: string;
  fraction: number;
  seconds_left: number | null;
};

const ANNOUNCED_EACH = 0.25; // of the whole: a screen reader is told no more often

export function leftWords(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return "";
  if (seconds < 8) return "a few seconds left";
  if (seconds < 90) return `about ${Math.round(seconds / 5) * 5} s left`;
  return `about ${Math.round(seconds / 60)} min left`;
}

function follow(box: HTMLElement): void {
  const id = box.dataset["job"] ?? "";
  const bar = box.querySelector("progress");
  const sentence = box.querySelector("[data-sentence]");
  const left = box.querySelector("[data-left]");
  const live = box.querySelector("[data-live]");
  let announced = -1;
  const source = new EventSource(`/api/v1/jobs/${encodeURIComponent(id)}/events`);
  const show = (event: MessageEvent<string>): void => {
    const told = JSON.parse(event.data) as Told;
    if (bar) bar.value = told.fraction;
    if (sentence && told.sentence) sentence.textContent = told.sentence;
    if (left) left.textContent = told.state === "running" ? leftWords(told.seconds_left) : "";
    const step = Math.floor(told.fraction / ANNOUNCED_EACH);
    if (live && step > announced) {
      announced = step;
      live.textContent = `${Math.round(100 * told.fraction)} percent. ${told.sentence}`;
    }
    if (told.state === "waiting" || told.state === "running") return;
    source.close();
    const next = box.dataset["done"];
    if (told.state === "done" && next) window.location.assign(next);
    else window.location.reload();
  };
  source.addEventListener("message", show);
  source.addEventListener("job", show);
  source.addEventListener("gone", () => window.location.reload());
  window.addEventListener("pagehide", () => source.close());
}

export function liveJobs(within: ParentNode): void {
  for (const box of within.querySelectorAll<HTMLElement>("[data-job]:not([data-followed])")) {
    box.setAttribute("data-followed", "");
    follow(box);
  }
}
