/** The place in the address as state. Going somewhere else is a step in the browser's history. */
import { useCallback, useSyncExternalStore } from "react";
import { type Place, readPlace, writePlace } from "./place";

export type Go = (to: Partial<Place>, how?: "step" | "replace") => void;

export function usePlace(): { readonly place: Place; readonly go: Go } {
  const hash = useSyncExternalStore(listen, () => window.location.hash);
  const go: Go = useCallback((to, how = "step") => {
    const target = writePlace({ ...readPlace(window.location.hash), ...to });
    if (target === window.location.hash) return;
    if (how === "step") window.history.pushState(null, "", target);
    else window.history.replaceState(null, "", target);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }, []);
  return { place: readPlace(hash), go };
}

function listen(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  window.addEventListener("popstate", changed);
  return () => {
    window.removeEventListener("hashchange", changed);
    window.removeEventListener("popstate", changed);
  };
}
