// Buttons and keys of the player.
import { nearestFrame } from "./clock";
import { find, maybe } from "./dom";
import type { Player } from "./player";
import type { Layers } from "./overlay";
import type { Stage } from "./stage";
import { neighbour, strideAround } from "./steps";
import type { Event } from "./steps";
import type { Moment } from "./track";

export const PACES = [0.1, 0.25, 0.5, 1];

export class Controls {
  constructor(
    private readonly root: HTMLElement,
    private readonly player: Player,
    private readonly stage: Stage,
    private readonly events: () => readonly Event[],
  ) {
    this.takeButtons();
    this.takeLayers();
    root.addEventListener("keydown", (event) => this.key(event));
    player.listen(() => this.show());
    stage.box.addEventListener("zoomed", () => this.show());
    document.addEventListener("fullscreenchange", () => this.show());
    this.show();
  }

  /** To the next (1) or last (−1) event of a kind. */
  jump(way: 1 | -1, moment?: Moment): void {
    const event = neighbour(this.events(), this.player.frame, way, moment);
    this.player.pause();
    if (event) void this.player.seek(event.frame);
  }

  repeat(): void {
    const { player } = this, { track } = player;
    const stride = player.span ? undefined : strideAround(track, player.time);
    if (!stride) return player.repeat(null);
    const first = nearestFrame(track.time, stride.start), last = nearestFrame(track.time, stride.end);
    player.repeat({ first, last, words: `${stride.side} stride` });
    if (player.frame < first || player.frame > last) void player.seek(first);
  }

  private pace(way: 1 | -1): void {
    const at = PACES.indexOf(this.player.pace);
    this.player.setPace(PACES[Math.min(Math.max(at + way, 0), PACES.length - 1)]!);
  }

  async fullSize(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (this.root.requestFullscreen) await this.root.requestFullscreen();
    else this.root.classList.toggle("filling"); // iPhones let only a bare video fill the screen
    this.show();
  }

  private acts(): Record<string, () => void> {
    const { player, stage } = this;
    return {
      play: () => player.toggle(),
      back: () => void player.step(-1),
      on: () => void player.step(1),
      "contact-back": () => this.jump(-1, "initial_contact"),
      "contact-on": () => this.jump(1, "initial_contact"),
      "midstance-back": () => this.jump(-1, "midstance"),
      "midstance-on": () => this.jump(1, "midstance"),
      repeat: () => this.repeat(),
      closer: () => stage.zoomBy(1.5),
      farther: () => stage.zoomBy(1 / 1.5),
      whole: () => stage.whole(),
      follow: () => {
        stage.following = !stage.following;
        if (stage.following) stage.redraw();
        else stage.whole();
        this.show();
      },
      full: () => void this.fullSize(),
    };
  }

  private takeButtons(): void {
    const acts = this.acts();
    this.root.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-act], [data-pace]");
      if (!button) return;
      if (button.dataset["pace"]) this.player.setPace(Number(button.dataset["pace"]));
      else acts[button.dataset["act"] ?? ""]?.();
    });
  }

  private takeLayers(): void {
    this.root.addEventListener("change", (event) => {
      const box = event.target as HTMLInputElement, layer = box.dataset?.["layer"];
      if (!layer) return;
      this.stage.layers[layer as keyof Layers] = box.checked;
      this.stage.redraw();
    });
  }

  private key(event: KeyboardEvent): void {
    const target = event.target as Element;
    // Keys of one letter act only within the player (WCAG 2.1.4), and never where somebody writes.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], .correct")) return;
    if (event.key === " " && target.closest("button, a, summary, input")) return;
    const { player, stage } = this;
    const acts: Record<string, () => void> = {
      " ": () => player.toggle(),
      k: () => player.toggle(),
      ArrowLeft: () => (event.shiftKey ? this.jump(-1, "initial_contact") : void player.step(-1)),
      ArrowRight: () => (event.shiftKey ? this.jump(1, "initial_contact") : void player.step(1)),
      PageUp: () => void player.step(-10),
      PageDown: () => void player.step(10),
      Home: () => void player.seek(0),
      End: () => void player.seek(player.last),
      ",": () => this.jump(-1, "midstance"),
      ".": () => this.jump(1, "midstance"),
      l: () => this.repeat(),
      "[": () => this.pace(-1),
      "]": () => this.pace(1),
      f: () => void this.fullSize(),
      "+": () => stage.zoomBy(1.5),
      "=": () => stage.zoomBy(1.5),
      "-": () => stage.zoomBy(1 / 1.5),
      "0": () => stage.whole(),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  private show(): void {
    const { root, player, stage } = this;
    const press = (name: string, on: boolean): void => {
      maybe(`[data-act="${name}"]`, root)?.setAttribute("aria-pressed", String(on));
    };
    const play = find('[data-act="play"]', root);
    play.setAttribute("aria-label", player.playing ? "Pause" : "Play");
    play.classList.toggle("playing", player.playing);
    press("repeat", player.span !== null);
    press("follow", stage.following);
    press("full", document.fullscreenElement === root || root.classList.contains("filling"));
    for (const button of root.querySelectorAll<HTMLElement>("[data-pace]"))
      button.setAttribute("aria-pressed", String(Number(button.dataset["pace"]) === player.pace));
    stage.box.classList.toggle("zoomed", stage.zoom > 1);
  }
}
