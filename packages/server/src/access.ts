/**
 * Who may ask. A server on the loopback answers only who names it by a loopback name (a page of
 * another site cannot, even by a name that leads here) and only pages of its own; a server that
 * others can reach asks for a token besides.
 */
import { timingSafeEqual } from "node:crypto";

export interface Access {
  readonly host: string;
  readonly port: number;
  /** Asked for unless the host is a loopback. */
  readonly token: string | undefined;
}

export interface Asking {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
  /** Token in the query: a WebSocket cannot send a header. */
  readonly queryToken: string | undefined;
}

export type Refusal = { readonly status: 401 | 403; readonly message: string };

const loopbacks = ["127.0.0.1", "localhost", "[::1]", "::1"];

export function isLoopback(host: string): boolean {
  return loopbacks.includes(host);
}

/** Undefined: may ask. */
export function refusalOf(access: Access, asking: Asking): Refusal | undefined {
  const { host, port, token } = access;
  const names = isLoopback(host) ? loopbacks.filter((name) => name !== "::1") : undefined;
  const asked = asking.host ?? "";
  if (names !== undefined && !names.some((name) => asked === `${name}:${port}`)) {
    return { status: 403, message: "this server answers only at its own address" };
  }
  if (asking.origin !== undefined && asking.origin !== `http://${asked}`) {
    return { status: 403, message: "this server answers only its own pages" };
  }
  if (token === undefined) return undefined;
  const given = asking.authorization?.replace(/^Bearer /, "") ?? asking.queryToken ?? "";
  if (!isSame(given, token)) return { status: 401, message: "a token is needed" };
  return undefined;
}

/** Takes as long for any wrong token. */
function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
