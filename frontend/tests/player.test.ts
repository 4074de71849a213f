// What the player computes without a page: run by `tests/unit/web/test_player_functions.py` with node's own runner.
import assert from "node:assert/strict";
import { test } from "node:test";
import { frameShownAt, nearestFrame, seekTime, slowMotion } from "../src/player/clock";
import { added, allowed, movedIn, stepsWith } from "../src/player/correcting/corrections";
import type { Correction } from "../src/player/correcting/corrections";
import { kept, Mapping, panned, wholePicture, zoomedAt } from "../src/player/mapping";
import { plumbDirection } from "../src/player/overlay";
import { spoken } from "../src/player/saying";
import { eventIn, eventsOf, matchedTime, neighbour, standingStep, strideAround, stridesOf } from "../src/player/steps";
import { signalAt, unpacked } from "../src/player/track";
import type { Side, Step } from "../src/player/track";
import { hipWords } from "../src/player/words";

const UNEVEN = [0, 0.012, 0.06, 0.075, 0.12, 0.18];

function step(index: number, side: Side, contact: number, midstance: number | null, off: number): Step {
  const frame = (time: number): number => Math.round(100 * time);
  return {
    index, side, complete: true,
    initial_contact_s: contact, midstance_s: midstance, toe_off_s: off,
    initial_contact_frame: frame(contact), midstance_frame: midstance === null ? null : frame(midstance), toe_off_frame: frame(off),
    values: {},
  };
}

const STEPS = [
  step(0, "left", 0.0, 0.1, 0.25), step(1, "right", 0.35, 0.45, 0.6), step(2, "left", 0.7, 0.8, 0.95),
  step(3, "right", 1.05, null, 1.3), step(4, "left", 1.4, 1.5, 1.65),
];

function track(): ReturnType<typeof unpacked> {
  const time = Array.from({ length: 200 }, (_, k) => k / 100);
  return unpacked({
    width_px: 200, height_px: 100, near_side: "right", direction: 1, roll_deg: null, metres_per_pixel: null,
    presentation_s: time.map((t) => 4 * t), time_s: time,
    points: { names: ["nose", "left_ankle", "right_ankle"], bones: [[1, 2]], xy: time.map((_, k) => (k === 3 ? null : [1, 2, k, 5, null, 6])), confidence: time.map(() => [1, 1, 1]) },
    steps: STEPS, units: {}, mean_strides: {},
    signals: { time_s: [0, 1, 2], names: ["trunk_lean_deg"], units: ["deg"], values: [[0, 10, null]] },
  });
}

test("a seek lands within the frame it means, however uneven the frames are", () => {
  UNEVEN.forEach((start, frame) => {
    const at = seekTime(UNEVEN, frame);
    assert.ok(at > start && at < (UNEVEN[frame + 1] ?? start + 0.012), `frame ${frame} at ${at}`);
    assert.equal(frameShownAt(UNEVEN, at), frame);
  });
});

test("the nearest frame is found at the ends, in the middle and beyond", () => {
  assert.deepEqual([-1, 0.005, 0.007, 0.0674, 0.0676, 9].map((time) => nearestFrame(UNEVEN, time)), [0, 0, 1, 2, 3, 5]);
});

test("a clip slowed down four times takes four seconds of the file for one", () => {
  const { presentation, time } = track();
  assert.ok(Math.abs(slowMotion(presentation, time) - 4) < 1e-9);
});

test("a point of the page leads back to the same point of the picture, at any zoom", () => {
  const picture = { width: 720, height: 1280 }, stage = { width: 400, height: 500 };
  for (const view of [wholePicture(picture), { zoom: 3, x: 300, y: 700 }]) {
    const mapping = new Mapping(picture, stage, view);
    const back = mapping.toPicture(mapping.toStage({ x: 123, y: 456 }));
    assert.ok(Math.hypot(back.x - 123, back.y - 456) < 1e-9);
  }
});

test("the video is shifted to where the lines are drawn", () => {
  const mapping = new Mapping({ width: 720, height: 1280 }, { width: 400, height: 500 }, { zoom: 2.5, x: 300, y: 700 });
  const { x, y, zoom } = mapping.transform(), fit = 500 / 1280;
  const drawn = { x: x + zoom * ((400 - 720 * fit) / 2 + fit * 10), y: y + zoom * fit * 20 };
  const said = mapping.toStage({ x: 10, y: 20 });
  assert.ok(Math.hypot(drawn.x - said.x, drawn.y - said.y) < 1e-9);
});

test("zooming keeps the place under the finger, and no drag loses the picture", () => {
  const picture = { width: 720, height: 1280 }, stage = { width: 400, height: 500 };
  const mapping = new Mapping(picture, stage, { zoom: 2, x: 360, y: 640 });
  const before = mapping.toPicture({ x: 150, y: 200 });
  const after = new Mapping(picture, stage, zoomedAt(mapping, 1.5, { x: 150, y: 200 })).toPicture({ x: 150, y: 200 });
  assert.ok(Math.hypot(before.x - after.x, before.y - after.y) < 1e-9);
  const far = panned(mapping, 1e6, 1e6);
  assert.deepEqual([far.x, far.y], [kept({ zoom: 2, x: 0, y: 0 }, picture, stage).x, kept({ zoom: 2, x: 0, y: 0 }, picture, stage).y]);
});

test("plumb points up the picture, and leans with the camera", () => {
  assert.ok(plumbDirection(0).y === -1 && plumbDirection(10).x > 0.17);
});

test("events stand in order, a midstance comes before others of its frame", () => {
  const events = eventsOf(STEPS);
  assert.equal(events.length, 14);
  assert.deepEqual([...events].sort((a, b) => a.time - b.time), events);
  assert.equal(eventIn(events, 10)?.moment, "midstance");
  assert.equal(neighbour(events, 10, 1, "midstance")?.frame, 45);
  assert.equal(neighbour(events, 10, -1, "midstance"), undefined);
});

test("the foot on the ground is found, and none in the air", () => {
  assert.equal(standingStep(STEPS, 0.5)?.index, 1);
  assert.equal(standingStep(STEPS, 0.3), undefined);
});

test("strides run from contact to contact of one foot, and none over a foot that was missed", () => {
  assert.deepEqual(stridesOf(STEPS, "left").map(({ start, end }) => [start, end]), [[0, 0.7], [0.7, 1.4]]);
  assert.equal(stridesOf([STEPS[0]!, step(9, "left", 2.5, null, 2.8)], "left").length, 0);
  assert.equal(strideAround(track(), 0.5)?.side, "right");
});

test("side by side, contact falls on contact, midstance on midstance, toe-off on toe-off", () => {
  const [from] = stridesOf(STEPS, "left");
  const to = stridesOf([step(0, "left", 5, 5.2, 5.3), step(1, "left", 5.8, 6, 6.1)], "left")[0]!;
  const pairs = [[0, 5], [0.1, 5.2], [0.25, 5.3], [0.7, 5.8], [0.05, 5.1], [0.475, 5.55]];
  for (const [one, other] of pairs) assert.ok(Math.abs(matchedTime(from!, to, one!) - other!) < 1e-9, `${one}`);
});

test("what was not seen is not a number, and curves stop where they are not known", () => {
  const one = track();
  assert.ok(Number.isNaN(one.xy[2 * (3 * 3 + 1)]));
  assert.ok(Number.isNaN(one.xy[2 * 2]));
  assert.equal(signalAt(one, "trunk_lean_deg", 0.25), 2.5);
  assert.ok(Number.isNaN(signalAt(one, "trunk_lean_deg", 1.5)) && Number.isNaN(signalAt(one, "trunk_lean_deg", 3)));
});

test("a second word on the same point replaces the first", () => {
  const one: Correction = { kind: "point_moved", frame: 5, point: "left_ankle", x_px: 1, y_px: 2 };
  const list = added(added([], one), { ...one, x_px: 9 });
  assert.deepEqual(list, [{ ...one, x_px: 9 }]);
  assert.deepEqual(movedIn(list, track(), 5).points.get(1), { x: 9, y: 2 });
  assert.equal(movedIn(list, track(), 6).points.size, 0);
});

test("an event moved twice is named by where it was found, and moved back it was never moved", () => {
  const one: Correction = { kind: "event_moved", side: "left", event: "midstance", from_s: 0.8, to_s: 0.82 };
  const twice = added(added([], one), { ...one, from_s: 0.82, to_s: 0.85 });
  assert.deepEqual(twice, [{ ...one, to_s: 0.85 }]);
  assert.deepEqual(added(twice, { ...one, from_s: 0.85, to_s: 0.8 }), []);
  assert.deepEqual(stepsWith(twice, track())[2]!.midstance_frame, 85);
});

test("legs exchanged twice stand as they were", () => {
  const span: Correction = { kind: "legs_exchanged", first_frame: 3, last_frame: 6 };
  assert.equal(movedIn([span], track(), 6).exchanged, true);
  assert.equal(movedIn([span], track(), 7).exchanged, false);
  assert.equal(movedIn([span, span], track(), 4).exchanged, false);
});

test("another person makes what was said of the first one void", () => {
  const before: Correction[] = [{ kind: "legs_exchanged", first_frame: 3, last_frame: 6 }];
  assert.equal(added(before, { kind: "person_chosen", frame: 1, x_px: 2, y_px: 3 }).length, 1);
});

test("an event keeps its place between its neighbours", () => {
  const one = STEPS[2]!;
  assert.deepEqual([0.71, 0.94, 0.96, 0.7].map((to) => allowed(STEPS, one, "midstance", to)), [true, true, false, false]);
  assert.deepEqual([0.3, 0.2, 0.79, 0.81].map((to) => allowed(STEPS, one, "initial_contact", to)), [true, false, true, false]);
});

test("numbers are said as people say them", () => {
  assert.deepEqual([0.0213, -0.006, 0.0001, NaN].map((value) => hipWords(value)), ["2.1\u00a0cm ahead", "0.6\u00a0cm behind", "straight above", "unknown"]);
  const shown = { clock: "1.000 s", frame: "frame 30 of 99", event: undefined, foot: undefined, reading: "" };
  assert.equal(spoken(shown), "In the air. frame 30, 1.000 s.");
  assert.equal(spoken({ ...shown, foot: "left", reading: "hip 2.1 cm ahead" }), "Left foot on the ground, hip 2.1 cm ahead of the ankle. frame 30, 1.000 s.");
});
