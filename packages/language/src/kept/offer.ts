/** What a host keeps of modules that were read before, and gives when the first is asked for. */

let offered: (() => void) | undefined;

/** Done once, before the first story that uses modules. The last offer counts. */
export function offerRecall(recall: () => void): void {
  offered = recall;
}

export function recallModules(): void {
  const recall = offered;
  offered = undefined;
  recall?.();
}
