/** Light or dark: as the system has it, until somebody chooses. */
import { useEffect, useState } from "react";

export type Theme = "light" | "dark";
const storageKey = "fabula.theme";

export function useTheme(): { readonly theme: Theme; readonly setTheme: (theme: Theme) => void } {
  const [theme, setTheme] = useState<Theme>(() => {
    const kept = readKept();
    if (kept !== undefined) return kept;
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  });
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return {
    theme,
    setTheme: (chosen) => {
      setTheme(chosen);
      try {
        window.localStorage.setItem(storageKey, chosen);
      } catch {
        // A browser that keeps nothing forgets the choice with the page.
      }
    },
  };
}

function readKept(): Theme | undefined {
  try {
    const kept = window.localStorage.getItem(storageKey);
    return kept === "light" || kept === "dark" ? kept : undefined;
  } catch {
    return undefined;
  }
}
