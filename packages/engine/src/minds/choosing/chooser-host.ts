/**
 * The host as those who weigh and choose may see it: without the truth. Choosing code imports this
 * type and never `MindHost`; test/minds/truth.test.ts keeps it so.
 */
import type { MindHost } from "../../host.js";

export type ChooserHost = Omit<MindHost, "truth" | "applyEffects">;
