/** A share with its interval, as a picture and in words. */
import type { Odds } from "fabula";

export function Interval({ odds }: { readonly odds: Odds }) {
  const percent = (share: number) => `${(share * 100).toFixed(share > 0 && share < 1 ? 1 : 0)} %`;
  const words = `${percent(odds.estimate)} (${odds.yes} of ${odds.runs}; likely between ${percent(odds.low)} and ${percent(odds.high)})`;
  return (
    <span className="interval-row">
      <svg className="interval" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <line className="interval-axis" x1="0" x2="100" y1="6" y2="6" />
        <rect
          className="interval-range"
          x={odds.low * 100}
          width={Math.max(0.5, (odds.high - odds.low) * 100)}
          y="3"
          height="6"
        />
        <line
          className="interval-estimate"
          x1={odds.estimate * 100}
          x2={odds.estimate * 100}
          y1="0"
          y2="12"
        />
      </svg>
      <span>{words}</span>
    </span>
  );
}
