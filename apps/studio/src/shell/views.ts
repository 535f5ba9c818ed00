/** The views there are, in the order of the tabs. */
import type { ComponentType } from "react";
import { MindsView } from "../views/minds/minds-view";
import { PlayView } from "../views/play/play-view";
import { ReadView } from "../views/read/read-view";
import { TimelineView } from "../views/timeline/timeline-view";
import { WhatIfView } from "../views/what-if/what-if-view";
import { WhyView } from "../views/why/why-view";
import type { ViewName } from "./place";

export interface ViewEntry {
  readonly title: string;
  readonly component: ComponentType;
}

export const views: Readonly<Partial<Record<ViewName, ViewEntry>>> & {
  readonly read: ViewEntry;
} = {
  read: { title: "Read", component: ReadView },
  timeline: { title: "Timeline", component: TimelineView },
  why: { title: "Why", component: WhyView },
  minds: { title: "Minds", component: MindsView },
  "what-if": { title: "What if", component: WhatIfView },
  play: { title: "Play as", component: PlayView },
};
