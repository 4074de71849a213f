// Several clips at once: dropped or chosen, sent one after another, each with its progress and its check.
import { leftWords } from "./jobs";
import { say } from "./toasts";

type Receipt = { recording_id: string; job_id: string; name: string };
type Problem = { title?: string; remedy?: string };

const token = (): string => document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";

class Upload {
  readonly row = document.createElement("li");
  private readonly state = document.createElement("span");
  private readonly bar = document.createElement("progress");
  private readonly act = document.createElement("span");
  private request: XMLHttpRequest | null = null;
  private started = 0;

  constructor(
    readonly file: File,
    private readonly address: string,
  ) {
    const name = document.createElement("b");
    name.textContent = file.name;
    this.row.className = "upload";
    this.state.className = "soft";
    this.state.textContent = "waiting";
    const holder = document.createElement("div");
    holder.className = "progress";
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", `Sending ${file.name}`);
    holder.append(this.bar);
    this.act.append(this.button("Stop", () => this.stop()));
    this.row.append(name, this.act, holder, this.state);
  }

  send(): Promise<void> {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      this.request = request;
      this.started = performance.now();
      request.open("PUT", `${this.address}&name=${encodeURIComponent(this.file.name)}`);
      request.setRequestHeader("X-CSRF-Token", token());
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.addEventListener("progress", (event) => this.show(event.loaded));
      request.addEventListener("load", () => {
        if (request.status < 300) this.arrived(JSON.parse(request.responseText) as Receipt);
        else this.refused(request.responseText);
        resolve();
      });
      request.addEventListener("error", () => {
        this.failed("The connection broke off. Nothing was kept of this file.");
        resolve();
      });
      request.addEventListener("abort", () => {
        this.row.remove();
        resolve();
      });
      request.send(this.file);
    });
  }

  private show(sent: number): void {
    const fraction = sent / Math.max(this.file.size, 1);
    this.bar.value = fraction;
    const spent = (performance.now() - this.started) / 1000;
    const left = fraction > 0.02 ? leftWords((spent * (1 - fraction)) / fraction) : "";
    this.state.textContent = fraction >= 1 ? "looking at it …" : ["sending", left].filter(Boolean).join(", ");
  }

  private arrived(receipt: Receipt): void {
    this.bar.parentElement?.remove();
    this.state.textContent = "Here. It is being checked, which takes seconds.";
    const link = document.createElement("a");
    link.className = "button small primary";
    link.href = `/recordings/${encodeURIComponent(receipt.recording_id)}`;
    link.textContent = "See the check";
    this.act.replaceChildren(link);
    this.row.dataset["recording"] = receipt.recording_id;
  }

  private refused(answer: string): void {
    let problem: Problem = {};
    try {
      problem = JSON.parse(answer) as Problem;
    } catch {
      // not JSON: the general sentence has to do
    }
    this.failed([problem.title ?? "The file was not taken", problem.remedy].filter(Boolean).join(": ") + ".");
  }

  private failed(words: string): void {
    this.bar.parentElement?.remove();
    this.state.textContent = words;
    this.state.className = "errors";
    this.act.replaceChildren(
      this.button("Again", () => {
        const again = new Upload(this.file, this.address);
        this.row.replaceWith(again.row);
        void again.send();
      }),
    );
    say(`${this.file.name} was not taken.`);
  }

  private stop(): void {
    if (this.request) this.request.abort();
    else this.row.remove();
  }

  private button(words: string, act: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = words;
    button.setAttribute("aria-label", `${words}: ${this.file.name}`);
    button.addEventListener("click", act);
    return button;
  }
}

async function sendAll(files: File[], form: HTMLFormElement, list: HTMLElement): Promise<void> {
  const view = new FormData(form).get("view");
  const person = form.dataset["person"] ?? "";
  const address = `/api/v1/uploads?person_id=${encodeURIComponent(person)}&view=${encodeURIComponent(String(view ?? "unknown"))}`;
  const uploads = files.map((file) => new Upload(file, address));
  for (const upload of uploads) list.append(upload.row);
  for (const upload of uploads) if (upload.row.isConnected) await upload.send();
  const here = [...list.querySelectorAll<HTMLElement>("[data-recording]")];
  const only = here[0];
  if (files.length === 1 && list.children.length === 1 && only) {
    window.location.assign(`/recordings/${encodeURIComponent(only.dataset["recording"] ?? "")}`);
  } else if (here.length > 0) say(`${here.length} of ${list.children.length} clips are here.`);
}

export function drops(within: ParentNode): void {
  for (const form of within.querySelectorAll<HTMLFormElement>("form[data-drop]:not([data-ready])")) {
    const zone = form.querySelector<HTMLElement>(".drop");
    const input = form.querySelector<HTMLInputElement>('input[type="file"]');
    const list = document.querySelector<HTMLElement>("[data-uploads]");
    if (!zone || !input || !list) continue;
    form.setAttribute("data-ready", "");
    for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, () => zone.classList.add("over"));
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      input.value = "";
      if (files.length > 0) void sendAll(files, form, list);
    });
  }
}
