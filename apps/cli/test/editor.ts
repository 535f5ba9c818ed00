/** An editor that speaks the Language Server Protocol with the server as built. */
import { type ChildProcess, spawn } from "node:child_process";
import { main } from "./run-fabula.js";

export interface Message {
  readonly id?: number;
  readonly method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the protocol's JSON, compared with what is expected
  readonly params?: any;
  // biome-ignore lint/suspicious/noExplicitAny: the protocol's JSON, compared with what is expected
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
}

export class Editor {
  #server: ChildProcess;
  #rest = Buffer.alloc(0);
  #id = 0;
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #said: Message[] = [];
  #heard: () => void = () => {};

  constructor(folder: string) {
    this.#server = spawn(process.execPath, [main, "lsp", "--stdio"], { cwd: folder });
    this.#server.stdout?.on("data", (chunk: Buffer) => this.#take(chunk));
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const head = this.#rest.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(
        /Content-Length: (\d+)/i.exec(this.#rest.toString("utf8", 0, head))?.[1],
      );
      if (this.#rest.length < head + 4 + length) return;
      const body = this.#rest.toString("utf8", head + 4, head + 4 + length);
      this.#rest = this.#rest.subarray(head + 4 + length);
      const message = JSON.parse(body) as Message;
      if (message.id !== undefined && message.method === undefined) {
        this.#answers.get(message.id)?.(message);
      } else this.#said.push(message);
      this.#heard();
    }
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  request(method: string, params: unknown): Promise<Message> {
    const id = ++this.#id;
    this.#send({ id, method, params });
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  /** Asks and takes it back in one breath. */
  requestAndCancel(method: string, params: unknown): Promise<Message> {
    this.#server.stdin?.cork();
    const answer = this.request(method, params);
    this.notify("$/cancelRequest", { id: this.#id });
    this.#server.stdin?.uncork();
    return answer;
  }

  /** To what the server asks of the editor. */
  refuse(request: Message): void {
    this.#send({ id: request.id, error: { code: -32601, message: "not here" } });
  }

  /** Opens a text and waits for what is said of it. */
  async open(uri: string, text: string): Promise<Message> {
    const textDocument = { uri, languageId: "fabula", version: 1, text };
    this.notify("textDocument/didOpen", { textDocument });
    return this.diagnosed(uri);
  }

  /** What is said next of a text; with `code`: that has such a mistake, or none. */
  diagnosed(uri: string, code?: { readonly has?: string; readonly lacks?: string }) {
    return this.hears(({ method, params }) => {
      if (method !== "textDocument/publishDiagnostics" || params.uri !== uri) return false;
      const codes = params.diagnostics.map((one: { code: string }) => one.code);
      if (code?.has !== undefined) return codes.includes(code.has);
      return code?.lacks === undefined || !codes.includes(code.lacks);
    });
  }

  /** As one that is gone all of a sudden. */
  hangUp(): void {
    this.#server.stdin?.end();
  }

  /** The next notification that fits. */
  async hears(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const at = this.#said.findIndex(fits);
      if (at >= 0) return this.#said.splice(at, 1)[0] as Message;
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  ended(): Promise<number | null> {
    return new Promise((resolve) => this.#server.on("exit", resolve));
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#server.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
}
