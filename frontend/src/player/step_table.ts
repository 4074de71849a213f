// All steps as a table, for those who would rather read than look, and for the keyboard.
import { make } from "./dom";
import type { Session } from "./session";
import type { Moment, Step } from "./track";
import { fixed } from "./words";

const COLUMNS: [string, string, number, number][] = [
  ["hip_over_ankle_at_midstance_m", "Hip over ankle, cm", 100, 1],
  ["contact_time_s", "Contact, ms", 1000, 0],
  ["flight_time_s", "Flight, ms", 1000, 0],
  ["knee_flexion_at_midstance_deg", "Knee at midstance, °", 1, 0],
  ["foot_strike_angle_deg", "Foot at contact, °", 1, 0],
];

export function drawStepTable(session: Session, host: HTMLElement): void {
  const { steps, units } = session.track;
  const columns = COLUMNS.filter(([key]) => key in units);
  const names = ["Step", "Contact", "Midstance", "Toe-off", ...columns.map(([, title]) => title)];
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name)));
  const rows = steps.map((step) =>
    make(
      "tr",
      { class: step.complete ? undefined : "left-out" },
      make("th", { scope: "row" }, make("span", { class: `side ${step.side}` }, `${step.index + 1} ${step.side}`)),
      at(step, "initial_contact", "Contact"),
      at(step, "midstance", "Midstance"),
      at(step, "toe_off", "Toe-off"),
      ...columns.map(([key, title, factor, decimals]) =>
        make("td", { class: "num", "data-label": title }, fixed(factor * (step.values[key] ?? NaN), decimals)),
      ),
    ),
  );
  const table = make("table", { class: "table small steps-table" }, make("thead", {}, head), make("tbody", {}, ...rows));
  host.replaceChildren(make("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "All steps" }, table));
}

function at(step: Step, moment: Moment, label: string): HTMLTableCellElement {
  const time = step[`${moment}_s`], frame = step[`${moment}_frame`];
  if (time === null || frame === null) return make("td", { "data-label": label }, "–");
  const link = make("a", { class: "at", href: `#frame=${frame}`, "data-frame": frame }, `${fixed(time, 3)} s`);
  return make("td", { "data-label": label }, link);
}
