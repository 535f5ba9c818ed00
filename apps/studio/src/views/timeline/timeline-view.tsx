/** Lanes over time, drawn; and the same as a list for who reads with a keyboard or by ear. */
import type { Lane, Timeline } from "fabula";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useEngine } from "../../engine/use-engine";
import { Answered } from "../../parts/answered";
import { hueOf, useSession } from "../../shell/session";
import { Inspector } from "../inspector/inspector";
import { useColours } from "./colours";
import type { Mark } from "./marks";
import { colourOf, drawTimeline, heightOf, laneHeightOf, laneY } from "./picture";
import { moved, type Stretch, spanLabel, zoomed } from "./scale";
import { TimelineList } from "./timeline-list";
import { ToldStrip } from "./told-strip";

export function TimelineView() {
  const { client, key, place } = useSession();
  const timeline = useEngine(client, "timeline", { key });
  return (
    <div className={place.at === -1 ? "reading wide" : "reading wide inspecting"}>
      <Answered asked={timeline} what="Laying out the time">
        {(answer) => <Board timeline={answer} />}
      </Answered>
      {place.at !== -1 && <Inspector id={place.at} />}
    </div>
  );
}

function Board({ timeline }: { readonly timeline: Timeline }) {
  const [stretch, setStretch] = useState<Stretch>({ from: 0, to: timeline.length });
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [allLanes, setAllLanes] = useState(false);
  const shown = useMemo(
    () => timeline.looks.map((_look, index) => !hidden.has(index)),
    [timeline, hidden],
  );
  const lanes = useMemo(
    () => timeline.lanes.filter((lane) => allLanes || (lane.kind === "person" && lane.busy)),
    [timeline, allLanes],
  );
  useEffect(() => setStretch({ from: 0, to: timeline.length }), [timeline]);
  const zoom = (factor: number) =>
    setStretch((now) => zoomed(now, factor, (now.from + now.to) / 2, timeline.length));
  // A hundredth of what is on screen is as much as the eye tells apart.
  const finest = Math.max(1, (stretch.to - stretch.from) / 100);
  return (
    <div className="board">
      <div className="board-tools" role="toolbar" aria-label="Timeline">
        <button type="button" onClick={() => zoom(0.5)}>
          Closer
        </button>
        <button type="button" onClick={() => zoom(2)}>
          Farther
        </button>
        <button type="button" onClick={() => setStretch({ from: 0, to: timeline.length })}>
          All of it
        </button>
        <span className="stretch" aria-live="polite">
          {spanLabel(Math.round(stretch.from), finest)} to{" "}
          {spanLabel(Math.round(stretch.to), finest)}
        </span>
        <label>
          <input
            type="checkbox"
            checked={allLanes}
            onChange={(event) => setAllLanes(event.target.checked)}
          />
          Everybody, and things
        </label>
      </div>
      <fieldset className="looks">
        <legend>Shown</legend>
        {timeline.looks.map((look, index) => (
          <label key={look}>
            <input
              type="checkbox"
              checked={shown[index] ?? false}
              onChange={() => setHidden(toggled(hidden, index))}
            />
            <LookSign look={index} /> {look}
          </label>
        ))}
      </fieldset>
      <ToldStrip stretch={stretch} />
      <Canvas
        timeline={timeline}
        lanes={lanes}
        stretch={stretch}
        setStretch={setStretch}
        shown={shown}
      />
      <TimelineList timeline={timeline} stretch={stretch} shown={shown} />
    </div>
  );
}

interface CanvasProps {
  readonly timeline: Timeline;
  readonly lanes: readonly Lane[];
  readonly stretch: Stretch;
  readonly setStretch: (to: (now: Stretch) => Stretch) => void;
  readonly shown: readonly boolean[];
}

function Canvas({ timeline, lanes, stretch, setStretch, shown }: CanvasProps) {
  const { outline, place, go } = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);
  const marks = useRef<readonly Mark[]>([]);
  const [width, setWidth] = useState(900);
  const colours = useColours(canvas);
  const hues = useMemo(() => lanes.map((lane) => hueOf(outline, lane.entity)), [lanes, outline]);
  const { length } = timeline;
  const laneHeight = laneHeightOf(lanes.length);

  useEffect(() => {
    const element = canvas.current?.parentElement;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(200, element.clientWidth - 130)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || colours === undefined) return;
    const frame = requestAnimationFrame(() => {
      const ratio = window.devicePixelRatio || 1;
      const height = heightOf(lanes.length);
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (element.width !== wide) element.width = wide;
      if (element.height !== high) element.height = high;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const at = place.at;
      const picture = { timeline, lanes, hues, stretch, width, shown, at, colours };
      marks.current = drawTimeline(context, picture);
    });
    return () => cancelAnimationFrame(frame);
  }, [timeline, lanes, hues, stretch, width, shown, place.at, colours]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const share = event.offsetX / width;
      setStretch((now) => {
        const span = now.to - now.from;
        const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
        if (sideways) return moved(now, ((event.deltaX || event.deltaY) / width) * span, length);
        return zoomed(now, event.deltaY > 0 ? 1.2 : 1 / 1.2, now.from + share * span, length);
      });
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [width, length, setStretch]);

  const drag = useRef<{ x: number; moved: boolean } | undefined>(undefined);
  const pick = useCallback(
    (x: number, y: number) => {
      const near = marks.current
        .map((mark) => ({ mark, off: Math.hypot(mark.x - x, laneY(mark.lane, laneHeight) - y) }))
        .sort((a, b) => a.off - b.off)[0];
      if (near !== undefined && near.off < 16) go({ at: near.mark.occurrence });
    },
    [go, laneHeight],
  );
  const onKey = (event: React.KeyboardEvent) => {
    const step = (share: number) =>
      setStretch((now) => moved(now, (now.to - now.from) * share, length));
    const zoom = (factor: number) =>
      setStretch((now) => zoomed(now, factor, (now.from + now.to) / 2, length));
    const acts = new Map<string, () => void>([
      ["ArrowLeft", () => step(-0.1)],
      ["ArrowRight", () => step(0.1)],
      ["+", () => zoom(0.7)],
      ["=", () => zoom(0.7)],
      ["-", () => zoom(1 / 0.7)],
      ["Home", () => setStretch(() => ({ from: 0, to: length }))],
    ]);
    const act = acts.get(event.key);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="canvas">
      <ul className="lane-names" style={{ paddingBlockStart: heightOf(0) }}>
        {lanes.map((lane, index) => (
          <li
            key={lane.entity}
            style={{ blockSize: laneHeight, color: colours && colourOf(colours, hues[index]) }}
          >
            <span className="lane-name">{lane.name}</span>
            <span className="lane-curves">
              {timeline.curves
                .filter((curve) => curve.lane === index)
                .slice(0, 3)
                .map((curve, order) => `${["—", "- -", "···"][order]} ${curve.name}`)
                .join("\n")}
            </span>
          </li>
        ))}
      </ul>
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label="Timeline. Arrow keys move, plus and minus zoom, Home shows all. The list below has the same."
        style={{ inlineSize: width, blockSize: heightOf(lanes.length) }}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, moved: false };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const { current } = drag;
          if (current === undefined) return;
          const by = current.x - event.clientX;
          if (Math.abs(by) < 3 && !current.moved) return;
          drag.current = { x: event.clientX, moved: true };
          setStretch((now) => moved(now, (by / width) * (now.to - now.from), length));
        }}
        onPointerUp={(event) => {
          const { offsetX, offsetY } = event.nativeEvent;
          if (drag.current?.moved === false) pick(offsetX, offsetY);
          drag.current = undefined;
        }}
      />
    </div>
  );
}

const signs = ["●", "■", "○", "▼", "•", "×", "◆", "◇"];

function LookSign({ look }: { readonly look: number }) {
  return (
    <span className={look === 5 ? "sign mistaken-sign" : "sign"} aria-hidden="true">
      {signs[look]}
    </span>
  );
}

function toggled(set: ReadonlySet<number>, one: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}
