/** Putting a few things in order. The built-in way makes tables of its own, however few there are. */

const FEW = 8;

/** In place, stable, as `Array.sort` does. */
export function sortFew<T>(list: T[], compare: (a: T, b: T) => number): T[] {
  if (list.length > FEW) return list.sort(compare);
  for (let from = 1; from < list.length; from++) {
    const one = list[from] as T;
    let to = from;
    for (; to > 0 && compare(list[to - 1] as T, one) > 0; to--) list[to] = list[to - 1] as T;
    list[to] = one;
  }
  return list;
}

/** By size. */
export function bySize(a: number, b: number): number {
  return a - b;
}
