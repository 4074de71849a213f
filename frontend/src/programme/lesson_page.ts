// The page around the lesson player: buttons, transcript, picture, what is said.
import { find, make, maybe } from "../player/dom";
import { stayAwake } from "./awake";
import { shown } from "./clock";
import { LessonPlayer } from "./lesson_player";
import { showRunner } from "./runner_picture";
import { scriptOf } from "./script";
import { Voice } from "./voice";

export class LessonPage {
  private readonly player: LessonPlayer;
  private readonly transcript: HTMLElement;
  private readonly speaker = new Voice();
  private silent = true;
  private marked: HTMLElement | null = null;

  constructor(private readonly root: HTMLElement) {
    this.transcript = find(".transcript", root);
    this.player = new LessonPlayer(scriptOf(this.transcript, 1));
    this.player.changed = () => this.show();
    this.takeButtons();
    this.takeKeys();
    this.show();
    window.setInterval(() => this.tick(), 250);
    void this.findVoices();
  }

  private button(name: string): HTMLButtonElement {
    return find<HTMLButtonElement>(`[data-act="${name}"]`, this.root);
  }

  private takeButtons(): void {
    const { player } = this;
    const acts: Record<string, () => void> = {
      play: () => (player.playing ? player.pause() : player.play()),
      back: () => player.go(player.index - 1),
      skip: () => player.go(player.index + 1),
      again: () => player.goPart(0),
      part: () => player.goPart(1),
    };
    for (const [name, act] of Object.entries(acts)) {
      const button = this.button(name);
      button.disabled = false;
      button.addEventListener("click", act);
    }
    for (const [k, line] of player.script.lines.entries())
      line.item.addEventListener("click", () => player.go(k));
    find<HTMLSelectElement>('[data-set="pauses"]', this.root).addEventListener("change", (event) => {
      player.script = scriptOf(this.transcript, Number((event.target as HTMLSelectElement).value));
      this.show();
    });
  }

  private takeKeys(): void {
    document.addEventListener("keydown", (event) => {
      const from = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || from.closest("input, textarea, select, button, a")) return;
      const act = { " ": "play", k: "play", ArrowLeft: "back", ArrowRight: "skip" }[event.key];
      if (!act) return;
      event.preventDefault();
      this.button(act).click();
    });
  }

  private async findVoices(): Promise<void> {
    const voices = await Voice.all();
    const box = find<HTMLInputElement>('[data-set="voice"]', this.root);
    const said = find("[data-said]", this.root);
    if (!voices.length) {
      box.checked = false;
      said.textContent = "This browser has no English voice: the words appear here, each for as long as it takes to say it.";
      return;
    }
    const which = find<HTMLSelectElement>('[data-set="which"]', this.root);
    which.replaceChildren(...voices.map(({ name }, k) => make("option", { value: k }, name)));
    find("[data-voices-field]", this.root).hidden = voices.length < 2;
    const use = (): void => {
      const was = this.player.playing;
      if (was) this.player.pause();
      this.speaker.chosen = voices[Number(which.value)] ?? null;
      this.player.voice = box.checked ? this.speaker : null;
      if (was) this.player.play();
    };
    box.disabled = false;
    box.addEventListener("change", use);
    which.addEventListener("change", use);
    use();
    this.silent = false;
  }

  private show(): void {
    const { player } = this, { line } = player;
    this.root.dataset["state"] = player.doing;
    find("[data-now]", this.root).textContent = line.text;
    find("[data-part-title]", this.root).textContent = player.script.titles.get(line.part) ?? "";
    find("[data-total]", this.root).textContent = shown(player.script.seconds);
    const words = player.playing ? "Pause" : player.doing === "ended" ? "Once more" : player.index || player.clock.now ? "Go on" : "Begin";
    this.button("play").textContent = words;
    this.mark(line.item);
    this.picture(line.figure);
    void stayAwake(player.playing);
    if (player.doing === "ended") this.end();
    this.tick();
  }

  private mark(item: HTMLElement): void {
    if (this.marked === item) return;
    this.marked?.removeAttribute("aria-current");
    item.setAttribute("aria-current", "true");
    this.marked = item;
    const box = this.transcript.getBoundingClientRect(), own = item.getBoundingClientRect();
    const top = own.top - box.top + this.transcript.scrollTop - box.height / 3;
    this.transcript.scrollTo({ top, behavior: this.player.clock.speed > 1 ? "instant" : "smooth" });
  }

  private picture(figure: string): void {
    for (const drawn of this.root.querySelectorAll<HTMLElement>("[data-figure].drawn")) drawn.hidden = drawn.dataset["figure"] !== figure;
    const canvas = maybe<HTMLCanvasElement>("[data-runner]", this.root);
    if (canvas) void showRunner(canvas, this.root.dataset["model"] ?? "", figure === "running" && this.player.playing);
  }

  private tick(): void {
    const { player } = this, now = player.clock.now;
    find("[data-gone]", this.root).textContent = shown(now);
    find<HTMLProgressElement>("[data-progress]", this.root).value = now / player.script.seconds;
    const { line } = player, left = line.start + line.spoken + line.pause - now;
    const pause = player.doing === "pausing" ? `silence, ${Math.max(0, Math.round(left))} s` : this.silent && player.doing === "saying" ? "in its own time" : "\u00a0";
    find("[data-pause]:not(li)", this.root).textContent = pause;
  }

  private end(): void {
    const box = maybe<HTMLInputElement>("[data-finished]");
    if (box) box.checked = true;
    find("[data-said]", this.root).textContent = "The lesson is over. Take your time, then say below how you are now.";
    document.querySelector("#after")?.scrollIntoView({ block: "nearest", behavior: this.player.clock.speed > 1 ? "instant" : "smooth" });
  }
}
