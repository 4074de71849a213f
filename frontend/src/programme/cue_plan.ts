// When spells begin and when words are said in a run.
export interface Prompt {
  /** Time in the run [s]. */
  readonly at: number;
  readonly words: string;
}

export interface Spell {
  readonly start: number;
  readonly end: number;
  readonly prompts: readonly Prompt[];
}

/** Spells spread evenly over a run, after a tenth of it to warm up; words in turn, first at each beginning. */
export function spellsOf(run: number, bouts: number, bout: number, every: number, words: readonly string[]): Spell[] {
  const warm = Math.min(0.1 * run, 300), free = run - warm - bouts * bout;
  const gap = Math.max(free, 0) / bouts;
  let said = 0;
  return Array.from({ length: bouts }, (_, k) => {
    const start = warm + k * (bout + gap), end = Math.min(start + bout, run);
    const prompts: Prompt[] = [];
    for (let at = start; at < end - 2; at += every || Infinity) prompts.push({ at, words: words[said++ % words.length] ?? "" });
    return { start, end, prompts };
  }).filter(({ start }) => start < run);
}
