/** Where the language runs for the editor. */
import { answerWriter } from "./writer-host";
import type { WriterAsk, WriterName } from "./writer-protocol";

interface Message {
  readonly id: number;
  readonly name: WriterName;
  readonly ask: WriterAsk<WriterName>;
}

self.addEventListener("message", ({ data }: MessageEvent<Message>) => {
  try {
    self.postMessage({ id: data.id, answer: answerWriter(data.name, data.ask) });
  } catch (error) {
    self.postMessage({
      id: data.id,
      error: error instanceof Error ? error.message : String(error),
    });
  }
});
