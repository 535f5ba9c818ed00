/** The views there are, in the order of the tabs. */
import type { ComponentType } from "react";
import { ReadView } from "../views/read/read-view";
import { TimelineView } from "../views/timeline/timeline-view";
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
};
