// Numbers as people read them, as in the report.

export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "–";
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text.replace("-", "−");
}

/** Where the hip is: `2.1 cm ahead`, `0.6 cm behind`. */
export function hipWords(metres: number, decimals = 1): string {
  if (!Number.isFinite(metres)) return "unknown";
  const size = Math.abs(100 * metres).toFixed(decimals);
  if (Number(size) === 0) return "straight above";
  return `${size}\u00a0cm ${metres > 0 ? "ahead" : "behind"}`;
}

export function seconds(time: number): string {
  return `${fixed(time, 3)}\u00a0s`;
}

export function paceWords(pace: number): string {
  return pace === 1 ? "real time" : `${pace}×`;
}

export function pointWords(name: string): string {
  return name.replaceAll("_", " ");
}

export function sideFirst(side: string, rest: string): string {
  return `${side.charAt(0).toUpperCase()}${side.slice(1)} ${rest}`;
}
