// The page of an analysis: player, charts, links from numbers to frames, corrections, comments, side by side.
import { StrideChart } from "./player/charts/stride_chart";
import { Scatter } from "./player/charts/scatter";
import { Controls } from "./player/controls";
import { find, make, maybe } from "./player/dom";
import { takeGestures } from "./player/gestures";
import { takeLinks } from "./player/links";
import { takeNotes } from "./player/notes";
import { Readout } from "./player/saying";
import { opened, ready } from "./player/session";
import type { Session } from "./player/session";
import { drawStepTable } from "./player/step_table";
import { Timeline } from "./player/timeline";

async function start(root: HTMLElement): Promise<void> {
  const said = maybe(".loading", root);
  const session = await opened(root);
  if (!(await ready(session.player.video, said))) return;
  const { player, stage } = session;
  const timeline = new Timeline(find(".timeline", root), player);
  const readout = new Readout(find(".readout", root), player, () => session.events, session.given);
  const controls = new Controls(find(".player", root), player, stage, () => session.events);
  session.changed.push(() => {
    timeline.steps = session.steps;
    timeline.redraw();
    stage.redraw();
    readout.show();
  });
  takeGestures(stage);
  await player.begin();
  if (said) said.hidden = true;
  stage.frameRunner();
  if (!location.hash.startsWith("#frame") && !location.hash.startsWith("#time")) showMidstance(session);
  takeLinks(session);
  drawCharts(session);
  takeNotes(session, timeline);
  later(session, timeline, controls);
  root.dataset["ready"] = "yes";
}

/** What the page is about: the first midstance of the near leg, rather than an arbitrary first frame. */
function showMidstance({ player, track }: Session): void {
  const own = track.steps.filter((step) => step.midstance_frame !== null && step.complete);
  const step = own.find(({ side }) => side === track.near) ?? own[0];
  if (step) void player.seek(step.midstance_frame!);
}

function drawCharts(session: Session): void {
  const { root, player, view, track } = session;
  const host = maybe("[data-charts]", root);
  const held = view.panels.filter(({ curve }) => Object.values(track.meanStrides).some((stride) => stride && curve in stride.curves));
  for (const [k, panel] of held.entries()) {
    const unit = panel.unit === "°" ? "degrees" : panel.unit;
    const title = make("h3", {}, `${panel.title.replace(", whole stride", "")} `, make("span", { class: "soft unit" }, unit));
    const body = make("div", { class: "chart-host" });
    const norm = view.norms[panel.curve];
    const card = make("figure", { class: `card chart-card${k === 0 ? " wide" : ""}` }, title, body);
    if (norm) card.append(make("figcaption", { class: "soft small" }, `Grey: ${norm.who}`));
    host?.append(card);
    new StrideChart(body, player, panel, norm);
  }
  const scatter = maybe("[data-scatter]", root);
  if (scatter) new Scatter(scatter, player, view.estimates);
  const table = maybe("[data-steps]", root);
  if (table) drawStepTable(session, table);
}

/** Tools that most visits do not need come when they are asked for. */
function later(session: Session, timeline: Timeline, controls: Controls): void {
  const { root } = session;
  maybe("[data-correct-start]", root)?.addEventListener("click", async () => {
    const { startCorrecting } = await import("./player/correcting/panel");
    startCorrecting(session, timeline);
  });
  maybe<HTMLSelectElement>("[data-beside]", root)?.addEventListener("change", async (event) => {
    const { showBeside } = await import("./player/beside");
    await showBeside(session, controls, (event.target as HTMLSelectElement).value);
  });
}

const root = maybe(".analysis[data-view]");
if (root)
  start(root).catch((error: unknown) => {
    const said = maybe(".loading", root);
    if (!said) return;
    said.hidden = false;
    said.textContent = `The player could not be opened: ${error instanceof Error ? error.message : String(error)}`;
  });
