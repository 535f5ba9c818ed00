/** Starts the engine, then loads the page: each takes its time, and neither needs the other for it. */
import { startEngine } from "./engine/client";

const client = startEngine();
const { openPage } = await import("./shell/page");
openPage(client);
