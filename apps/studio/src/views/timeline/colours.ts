/** The page's colours as a canvas needs them; read anew when light turns to dark. */
import { type RefObject, useEffect, useState } from "react";
import type { Colours } from "./picture";

export function useColours(place: RefObject<Element | null>): Colours | undefined {
  const [colours, setColours] = useState<Colours | undefined>();
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const read = () => {
      const style = getComputedStyle(element);
      const value = (name: string) => style.getPropertyValue(name).trim();
      setColours({
        ink: value("--ink"),
        faint: value("--faint"),
        line: value("--line"),
        surface: value("--surface"),
        chosen: value("--chosen"),
        mistaken: value("--mistaken"),
        nobody: value("--person-none"),
        persons: Array.from({ length: 10 }, (_, index) => value(`--person-${index}`)),
      });
    };
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, [place]);
  return colours;
}
