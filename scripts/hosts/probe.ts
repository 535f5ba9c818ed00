/**
 * What every host computes, for scripts/check-hosts.mjs. It is bundled and runs in Node and in a
 * browser, so nothing here may ask for either. Every value is a short text: a hash.
 */
import { ExpressionPool } from "@fabula/model";

/** Names of values, and the values: the same in every host, but for those of `canary`. */
export function probe(): Record<string, string> {
  return {
    arithmetic: hashArithmetic(),
    expressions: hashExpressions(),
    "canary host": nameHost(),
  };
}

/** Differs between Node and a browser: if the check does not see that, it sees nothing. */
function nameHost(): string {
  return "document" in globalThis ? "browser" : "node";
}

/** A long chain of the operations that state may use, through every magnitude. */
function hashArithmetic(): string {
  const numbers = new Float64Array(100_000);
  let value = 0.1;
  for (let index = 0; index < numbers.length; index += 1) {
    value = Math.sqrt(value * 3.7 + 1 / (index + 1)) - value * 0.25;
    numbers[index] = value * (index % 2 === 0 ? 1e-9 : 1e9);
  }
  return hashBytes(new Uint8Array(numbers.buffer));
}

/** Interned expressions: ids and keys depend on the order of properties and of insertion. */
function hashExpressions(): string {
  const pool = new ExpressionPool();
  const type = { kind: "number", dimension: {} } as const;
  const ids: number[] = [];
  for (let index = 0; index < 2_000; index += 1) {
    const left = pool.intern({ op: "constant", value: (index % 37) / 7 }, type);
    const right = pool.intern({ op: "local", slot: index % 11 }, type);
    ids.push(pool.intern({ op: "mul", args: [left, right] }, type));
  }
  return hashBytes(new Uint8Array(new Int32Array(ids).buffer));
}

/** FNV-1a in 32 bits, as 8 hexadecimal digits. */
function hashBytes(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
