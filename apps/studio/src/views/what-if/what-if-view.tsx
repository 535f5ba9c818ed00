/** Change one thing and see what follows: the difference, side by side, and how often. */
import { useState } from "react";
import { useEngine } from "../../engine/use-engine";
import { Answered } from "../../parts/answered";
import { useSession } from "../../shell/session";
import { Branches } from "./branches";
import { ChangeForm } from "./change-form";
import { Difference } from "./difference";
import { LeastChangePanel } from "./least-change-panel";
import { OddsPanel } from "./odds-panel";
import { SideBySide } from "./side-by-side";

export function WhatIfView() {
  const { client, key, place } = useSession();
  const [beside, setBeside] = useState(false);
  const changed = place.changes.length > 0;
  const base = { ...key, changes: [] };
  const answer = useEngine(
    client,
    "whatIf",
    changed ? { key: base, changes: key.changes } : undefined,
  );
  return (
    <div className="reading wide inspecting">
      <div className="what-if">
        <ChangeForm />
        {changed && (
          <>
            <Answered asked={answer} what="Playing it both ways">
              {(difference) => <Difference difference={difference} />}
            </Answered>
            <p>
              <button type="button" aria-expanded={beside} onClick={() => setBeside(!beside)}>
                {beside ? "Close the two stories" : "Read both stories side by side"}
              </button>
            </p>
            {beside && <SideBySide />}
          </>
        )}
        <OddsPanel />
        <LeastChangePanel />
      </div>
      <Branches />
    </div>
  );
}
