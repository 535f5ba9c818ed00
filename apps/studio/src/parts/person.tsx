/** A person, always in the same colour and with the same letter. */
import type { CSSProperties } from "react";
import { hueOf, useSession } from "../shell/session";

export function hueStyle(hue: number): CSSProperties {
  return { "--person": `var(--person-${hue < 0 ? "none" : hue % 10})` } as CSSProperties;
}

export function Person({ id, name }: { readonly id: number; readonly name: string }) {
  const { outline } = useSession();
  return (
    <span className="person" style={hueStyle(hueOf(outline, id))}>
      <span className="badge" aria-hidden="true">
        {name.slice(0, 1)}
      </span>
      {name}
    </span>
  );
}
