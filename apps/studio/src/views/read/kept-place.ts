/**
 * Keeps the reader's place when the page is told anew, through other eyes or by other chance: the
 * first sentence on screen, or the one nearest to it in time that is told now, stays where it was.
 */
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

interface Anchor {
  readonly occurrence: number;
  /** Pixels from the top of the window. */
  readonly top: number;
}

/** `asked` names the page that is wanted, `told` is the page that is shown. */
export function useKeptPlace(page: RefObject<HTMLElement | null>, asked: string, told: unknown) {
  const anchor = useRef<Anchor | undefined>(undefined);
  const last = useRef(asked);
  useEffect(() => {
    if (last.current === asked) return;
    last.current = asked;
    anchor.current = page.current === null ? undefined : anchorIn(page.current);
  }, [page, asked]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page was told
  useLayoutEffect(() => {
    const { current } = anchor;
    if (current === undefined || page.current === null) return;
    anchor.current = undefined;
    const sentences = sentencesIn(page.current);
    const index = nearest(
      sentences.map((one) => occurrenceOf(one)),
      current.occurrence,
    );
    const target = sentences[index];
    if (target === undefined) return;
    window.scrollBy({ top: target.getBoundingClientRect().top - current.top, behavior: "instant" });
  }, [page, told]);
}

/** Index of the number nearest to `wanted`, the earlier one where two are as near; -1 of none. */
export function nearest(numbers: readonly number[], wanted: number): number {
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  numbers.forEach((one, index) => {
    const off = Math.abs(one - wanted);
    if (off >= least) return;
    least = off;
    found = index;
  });
  return found;
}

function anchorIn(page: HTMLElement): Anchor | undefined {
  if (window.scrollY === 0) return undefined;
  const under = document.querySelector("header.frame")?.getBoundingClientRect().bottom ?? 0;
  const first = sentencesIn(page).find((one) => one.getBoundingClientRect().bottom > under);
  if (first === undefined) return undefined;
  return { occurrence: occurrenceOf(first), top: first.getBoundingClientRect().top };
}

function sentencesIn(page: HTMLElement): HTMLElement[] {
  return [...page.querySelectorAll<HTMLElement>("[data-occurrence]")];
}

function occurrenceOf(sentence: HTMLElement): number {
  return Number(sentence.dataset.occurrence);
}
