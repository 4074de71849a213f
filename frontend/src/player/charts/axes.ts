// Scales and round numbers for the charts.

export class Scale {
  constructor(
    readonly low: number,
    readonly high: number,
    readonly start: number,
    readonly end: number,
  ) {}

  at(value: number): number {
    return this.start + ((value - this.low) / (this.high - this.low || 1)) * (this.end - this.start);
  }

  back(place: number): number {
    return this.low + ((place - this.start) / (this.end - this.start || 1)) * (this.high - this.low);
  }
}

/** Round numbers from low to high, about as many as asked for. */
export function ticks(low: number, high: number, about = 5): number[] {
  const rough = (high - low) / Math.max(about, 1);
  if (!(rough > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= 0.999 * rough)!;
  const out: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k <= Math.floor(high / step + 1e-9); k++) out.push(Number((k * step).toFixed(10)));
  return out;
}

/** Ends of an axis around values, with a little air. */
export function spanOf(values: Iterable<number>): [number, number] {
  let low = Infinity, high = -Infinity;
  for (const value of values)
    if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) return [0, 1];
  const air = 0.08 * (high - low) || 1;
  return [low - air, high + air];
}

type Pair = readonly [number, number];

/** A curve as an SVG path, interrupted where it is unknown. */
export function pathOf(points: Iterable<Pair>): string {
  let text = "", down = false;
  for (const [x, y] of points) {
    const known = Number.isFinite(x) && Number.isFinite(y);
    if (known) text += `${down ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    down = known;
  }
  return text;
}

/** The area between two curves over the same places, where both are known. */
export function areaOf(xs: number[], lows: number[], highs: number[]): string {
  const known = xs.map((_, i) => i).filter((i) => Number.isFinite(lows[i]) && Number.isFinite(highs[i]));
  if (known.length < 2) return "";
  const there = known.map((i): Pair => [xs[i]!, highs[i]!]);
  const back = known.reverse().map((i): Pair => [xs[i]!, lows[i]!]);
  return `${pathOf([...there, ...back])}Z`;
}
