/**
 * Names under which the hosts do not all have the same value, each with the value of each host. A
 * name that one host lacks is a difference.
 *
 * @param {ReadonlyMap<string, Readonly<Record<string, string>>>} results by the host's name
 * @returns {string[]}
 */
export function findDifferences(results) {
  const names = new Set([...results.values()].flatMap((result) => Object.keys(result)));
  return [...names].sort().flatMap((name) => {
    const values = [...results].map(([host, result]) => [host, result[name] ?? "nothing"]);
    if (values.every(([, value]) => value === values[0]?.[1])) return [];
    return [`${name}: ${values.map(([host, value]) => `${host} ${value}`).join(", ")}`];
  });
}
