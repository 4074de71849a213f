// The cue player for a run: spells, words that fade, a beat, a screen that stays on.
import { find, maybe } from "../player/dom";
import { stayAwake } from "./awake";
import { Clock, shown } from "./clock";
import { spellsOf } from "./cue_plan";
import type { Spell } from "./cue_plan";
import { Metronome } from "./metronome";
import { Voice } from "./voice";

const EVERY_MS = 200;
const WORDS_S = 3;

export class CuePage {
  private readonly clock = new Clock();
  private readonly beat = new Metronome();
  private readonly voice = new Voice();
  private readonly words: string[];
  private spells: Spell[] = [];
  private inSpell = false;
  private told = 0;
  private timer = 0;
  private speaks = false;

  constructor(private readonly root: HTMLElement) {
    this.words = JSON.parse(root.dataset["words"] ?? "[]") as string[];
    const acts: Record<string, () => void> = { start: () => void this.toggle(), skip: () => this.skip(), end: () => this.end() };
    for (const [name, act] of Object.entries(acts)) this.button(name).addEventListener("click", act);
    this.button("start").disabled = false;
    void Voice.all().then((voices) => {
      this.voice.chosen = voices[0] ?? null;
      this.speaks = voices.length > 0;
      if (!this.speaks) this.say("This browser has no English voice: a tone stands for the words.");
    });
  }

  private button(name: string): HTMLButtonElement {
    return find<HTMLButtonElement>(`[data-act="${name}"]`, this.root);
  }

  private ticked(name: string): boolean {
    return maybe<HTMLInputElement>(`[data-set="${name}"]`, this.root)?.checked ?? false;
  }

  private number(name: string, usual: number): number {
    const given = Number(maybe<HTMLInputElement>(`[data-set="${name}"]`, this.root)?.value);
    return given > 0 ? given : usual;
  }

  private get run(): number {
    return 60 * this.number("minutes", 20);
  }

  private say(words: string): void {
    find("[data-said]", this.root).textContent = words;
  }

  private async toggle(): Promise<void> {
    if (this.clock.running) return this.pause();
    await this.beat.open();
    const data = this.root.dataset;
    this.spells = spellsOf(this.run, Number(data["bouts"]), Number(data["boutS"]), Number(data["everyS"]), this.words);
    this.clock.start();
    this.root.dataset["state"] = "running";
    window.clearInterval(this.timer);
    this.timer = window.setInterval(() => this.tick(), this.clock.speed > 1 ? 10 : EVERY_MS);
    this.button("start").textContent = "Pause";
    this.button("skip").disabled = this.button("end").disabled = false;
    if (this.ticked("awake")) void stayAwake(true);
    this.tick();
  }

  private pause(): void {
    this.clock.stop();
    this.leave();
    this.root.dataset["state"] = "paused";
    this.button("start").textContent = "Go on";
    void stayAwake(false);
  }

  /** Straight to the next spell. */
  private skip(): void {
    const next = this.spells.find(({ start }) => start > this.clock.now);
    if (!next) return;
    this.leave();
    this.clock.set(next.start);
    this.tick();
  }

  private end(): void {
    this.clock.stop();
    this.clock.set(0);
    window.clearInterval(this.timer);
    this.leave();
    this.told = 0;
    this.root.dataset["state"] = "ended";
    this.button("start").textContent = "Start";
    this.button("skip").disabled = this.button("end").disabled = true;
    void stayAwake(false);
    this.show(null, this.run);
    this.say("Done. How was it? Write it down beside this.");
  }

  private leave(): void {
    this.inSpell = false;
    this.beat.stop();
    this.voice.hush();
  }

  private tick(): void {
    if (!this.clock.running) return;
    const now = this.clock.now;
    if (now >= this.run) return this.end();
    const spell = this.spells.find(({ start, end }) => start <= now && now < end) ?? null;
    if (spell && !this.inSpell) this.enter(spell);
    if (!spell && this.inSpell) this.leave();
    const due = spell?.prompts.filter(({ at }) => at <= now && at >= this.told).at(-1);
    if (due) this.prompt(due.words, now);
    this.show(spell, now);
  }

  private enter(spell: Spell): void {
    this.inSpell = true;
    this.told = spell.start;
    if (this.ticked("metronome")) this.beat.start(this.number("beat", 165));
  }

  private prompt(words: string, now: number): void {
    this.told = now + 0.001;
    find("[data-say]", this.root).textContent = words;
    document.dispatchEvent(new CustomEvent("cue:word", { detail: { words, at: now } }));
    if (!this.ticked("voice")) return;
    if (!this.speaks) return this.beat.chime();
    this.beat.soften(true);
    this.voice.say(words, WORDS_S, () => this.beat.soften(false));
  }

  private show(spell: Spell | null, now: number): void {
    const next = this.spells.find(({ start }) => start > now);
    const state = spell ? `${Math.ceil(spell.end - now)} s of this spell` : next ? `run as you like · next in ${shown(next.start - now)}` : "run as you like";
    find("[data-state]", this.root).textContent = state;
    find("[data-gone]", this.root).textContent = shown(Math.min(now, this.run));
    this.root.dataset["spell"] = spell ? "yes" : "no";
    const part = spell ? (now - spell.start) / (spell.end - spell.start) : now / this.run;
    find("[data-dial]", this.root).setAttribute("stroke-dasharray", `${Math.min(100 * part, 100).toFixed(2)} 100`);
  }
}
