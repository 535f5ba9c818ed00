/** Where the engine runs in the browser: a worker of its own, so that no run stops the page. */
import { readStory } from "fabula";
import { EngineHost } from "./host";
import type { FromWorker, ToWorker } from "./protocol";

const post = (message: FromWorker) => self.postMessage(message);
const host = new EngineHost(post);

self.addEventListener("message", (event: MessageEvent<ToWorker>) => host.receive(event.data));

// The reader is built with the first text: that is done before a story comes.
readStory({ name: "", text: "" }, () => []);
