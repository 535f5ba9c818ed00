/**
 * Makes the answers of `prepared.ts`: run by the build, in Node, with the engine of the studio.
 * Yields each story's place with its answers.
 */
import { bundledFiles, filesFor, storiesIn } from "../files/library";
import { EngineHost } from "./host";
import { type PreparedAnswer, preparedPlace } from "./prepared";
import type { Answer, Ask, FromWorker, RequestName } from "./protocol";
import { runKeyOf } from "./run-key";

/** The run that a story opens with. */
const first = { seed: 1, changes: [] };

export async function* prepareStories(): AsyncGenerator<{
  readonly place: string;
  readonly answers: readonly PreparedAnswer[];
}> {
  for (const { path } of storiesIn(bundledFiles)) {
    yield { place: preparedPlace(path), answers: await answersFor(path) };
  }
}

async function answersFor(path: string): Promise<readonly PreparedAnswer[]> {
  const { ask, answers } = createAsker();
  const source = { path, files: filesFor(path, bundledFiles) };
  const { outline } = await ask("open", { source });
  if (outline === undefined) throw new Error(`${path} cannot be played`);
  const key = runKeyOf(first, outline.world, source.files[path] ?? "");
  await ask("play", { key });
  await ask("page", { key, eyes: -1 });
  return answers.map((one) => (one.name === "open" ? { ...one, ask: null } : one));
}

/** Asks one after the other, and keeps what was said. */
function createAsker() {
  const answers: PreparedAnswer[] = [];
  let hear: (message: FromWorker) => void = () => {};
  const host = new EngineHost((message) => hear(message));
  const ask = <N extends RequestName>(name: N, asked: Ask<N>) =>
    new Promise<Answer<N>>((resolve, reject) => {
      hear = (message) => {
        if (message.type === "progress") return;
        if (message.type === "failure") {
          reject(new Error(JSON.stringify(message.failure)));
          return;
        }
        answers.push({ name, ask: asked, answer: message.answer });
        resolve(message.answer as Answer<N>);
      };
      host.receive({ type: "ask", id: answers.length + 1, name, ask: asked });
    });
  return { ask, answers };
}
