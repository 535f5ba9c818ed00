/** Draws the timeline on a canvas. Reads colours from the page's style; keeps no state. */
import type { Curve, Extent, Lane, Timeline } from "fabula";
import type { Mark } from "./marks";
import { marksIn } from "./marks";
import { type Stretch, ticksOf } from "./scale";

/** Pixels of a lane where there are many, where there are few, and of all lanes where they fit. */
const laneHeightMin = 64;
const laneHeightMax = 150;
const lanesHeight = 480;
export const axisHeight = 28;
/** Pixels of a column that several marks share. */
const cell = 3;
/** Curves drawn in one lane. */
const curvesMax = 3;

export interface Colours {
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly surface: string;
  readonly chosen: string;
  readonly mistaken: string;
  readonly persons: readonly string[];
  /** Of whoever is no person of the outline. */
  readonly nobody: string;
}

export interface Picture {
  readonly timeline: Timeline;
  readonly lanes: readonly Lane[];
  /** Of each lane, the index of its colour; -1 for what is no person. */
  readonly hues: readonly number[];
  readonly stretch: Stretch;
  /** Pixels, without the ratio of the screen. */
  readonly width: number;
  readonly shown: readonly boolean[];
  /** Occurrence looked at; -1 none. */
  readonly at: number;
  readonly colours: Colours;
}

/** Few lanes are high ones, so that their curves can be read. */
export function laneHeightOf(laneCount: number): number {
  const share = Math.floor(lanesHeight / Math.max(1, laneCount));
  return Math.max(laneHeightMin, Math.min(laneHeightMax, share));
}

export function heightOf(laneCount: number): number {
  return axisHeight + laneCount * laneHeightOf(laneCount);
}

/** Returns the marks, for finding what is under the pointer. */
export function drawTimeline(context: CanvasRenderingContext2D, picture: Picture): Mark[] {
  const { timeline, lanes, stretch, width, shown } = picture;
  const height = heightOf(lanes.length);
  context.clearRect(0, 0, width, height);
  drawAxis(context, picture, height);
  const toX = (time: number) => ((time - stretch.from) / (stretch.to - stretch.from)) * width;
  for (const extent of timeline.extents) {
    if (extent.lane < lanes.length) drawExtent(context, extent, toX, picture);
  }
  lanes.forEach((_lane, index) => {
    const own = timeline.curves.filter((curve) => curve.lane === index).slice(0, curvesMax);
    own.forEach((curve, order) => {
      drawCurve(context, curve, order, toX, picture);
    });
  });
  const marks = marksIn(timeline.occurrences, stretch, width, cell, lanes.length, shown);
  for (const mark of marks) drawMark(context, mark, picture);
  drawChosen(context, picture, toX, height);
  return marks;
}

/** A person's colour, the same as in every other view. */
export function colourOf({ persons, nobody }: Colours, hue = -1): string {
  return hue < 0 ? nobody : (persons[hue % persons.length] ?? nobody);
}

/** Middle of a lane's line of marks. */
export function laneY(lane: number, laneHeight: number): number {
  return axisHeight + lane * laneHeight + 18;
}

function drawAxis(context: CanvasRenderingContext2D, picture: Picture, height: number): void {
  const { stretch, width, lanes, colours } = picture;
  context.font = "12px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  for (const tick of ticksOf(stretch, width / 110)) {
    const x = ((tick.time - stretch.from) / (stretch.to - stretch.from)) * width;
    context.strokeStyle = colours.line;
    context.beginPath();
    context.moveTo(x, axisHeight - 6);
    context.lineTo(x, height);
    context.stroke();
    context.fillStyle = colours.faint;
    if (x < width - 50) context.fillText(tick.label, x + 4, axisHeight / 2 - 2);
  }
  const laneHeight = laneHeightOf(lanes.length);
  context.strokeStyle = colours.line;
  for (let lane = 0; lane <= lanes.length; lane += 1) {
    const y = axisHeight + lane * laneHeight + 0.5;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
  }
}

function drawExtent(
  context: CanvasRenderingContext2D,
  extent: Extent,
  toX: (time: number) => number,
  { width, colours, hues, lanes }: Picture,
): void {
  const left = Math.max(-2, toX(extent.from));
  const right = Math.min(width + 2, toX(extent.to));
  if (right < 0 || left > width) return;
  const y = laneY(extent.lane, laneHeightOf(lanes.length)) - 9;
  const colour = colourOf(colours, hues[extent.lane]);
  context.globalAlpha = extent.kind === "born" ? 0.12 : 0.22;
  context.fillStyle = colour;
  const top = extent.kind === "born" ? y + 20 : y;
  context.fillRect(left, top, Math.max(2, right - left), extent.kind === "born" ? 8 : 18);
  context.globalAlpha = 1;
  if (extent.cutShort) {
    context.fillStyle = colour;
    context.fillRect(right - 2, top, 2, 18);
  }
  if (extent.kind === "born" && right - left > 60) {
    context.fillStyle = colours.faint;
    context.font = "10px system-ui, sans-serif";
    context.fillText(extent.label, Math.max(2, left + 3), top + 4, right - left - 6);
  }
}

function drawCurve(
  context: CanvasRenderingContext2D,
  curve: Curve,
  order: number,
  toX: (time: number) => number,
  { width, colours, stretch, hues, lanes }: Picture,
): void {
  const laneHeight = laneHeightOf(lanes.length);
  const top = axisHeight + curve.lane * laneHeight + 32;
  const height = laneHeight - 36;
  const range = curve.high - curve.low || 1;
  const toY = (value: number) => top + height * (1 - (value - curve.low) / range);
  context.strokeStyle = colourOf(colours, hues[curve.lane]);
  context.globalAlpha = 0.9 - order * 0.2;
  context.lineWidth = 1.5;
  context.setLineDash([[], [6, 3], [2, 3]][order] ?? []);
  context.beginPath();
  let begun = false;
  let lastX = Number.NaN;
  let lastY = Number.NaN;
  for (let index = 0; index < curve.times.length; index += 1) {
    const time = curve.times[index] ?? 0;
    const next = curve.times[index + 1] ?? time;
    if (next < stretch.from && index + 1 < curve.times.length) continue;
    const x = toX(time);
    const y = toY(curve.values[index] ?? 0);
    if (begun && Math.abs(x - lastX) < 0.5 && Math.abs(y - lastY) < 0.5) continue;
    if (begun) context.lineTo(x, y);
    else context.moveTo(x, y);
    begun = true;
    lastX = x;
    lastY = y;
    if (x > width) break;
  }
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawMark(
  context: CanvasRenderingContext2D,
  mark: Mark,
  { colours, hues, lanes }: Picture,
): void {
  const y = laneY(mark.lane, laneHeightOf(lanes.length));
  const colour = colourOf(colours, hues[mark.lane]);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 1.5;
  const size = Math.min(6, 3.5 + Math.log2(mark.count) / 2);
  switch (mark.look) {
    case 0:
      circle(context, mark.x, y, size, true);
      break;
    case 1:
      context.fillRect(mark.x - size, y - size, size * 2, size * 2);
      break;
    case 2:
      circle(context, mark.x, y, size - 1, false);
      break;
    case 3:
      triangle(context, mark.x, y, size + 1);
      context.fill();
      break;
    case 4:
      circle(context, mark.x, y + 10, 2, true);
      break;
    case 5:
      context.strokeStyle = colours.mistaken;
      context.beginPath();
      context.moveTo(mark.x - 3, y + 7);
      context.lineTo(mark.x + 3, y + 13);
      context.moveTo(mark.x + 3, y + 7);
      context.lineTo(mark.x - 3, y + 13);
      context.stroke();
      break;
    case 6:
      diamond(context, mark.x, y - 11, 3);
      context.fill();
      break;
    default:
      diamond(context, mark.x, y - 11, 4);
      context.stroke();
  }
}

function circle(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  filled: boolean,
): void {
  context.beginPath();
  context.arc(x, y, size, 0, Math.PI * 2);
  if (filled) context.fill();
  else context.stroke();
}

/** On its tip. */
function triangle(context: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  context.beginPath();
  context.moveTo(x, y + size);
  context.lineTo(x + size, y - size);
  context.lineTo(x - size, y - size);
  context.closePath();
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.closePath();
}

function drawChosen(
  context: CanvasRenderingContext2D,
  { timeline, at, colours, lanes }: Picture,
  toX: (time: number) => number,
  height: number,
): void {
  const time = timeline.occurrences.times[at];
  if (time === undefined) return;
  context.strokeStyle = colours.chosen;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(toX(time), axisHeight - 8);
  context.lineTo(toX(time), height);
  context.stroke();
  const lane = timeline.occurrences.lanes[at] ?? -1;
  if (lane >= 0) circle(context, toX(time), laneY(lane, laneHeightOf(lanes.length)), 9, false);
}
