// The way to a Google client of one's own, as steps/google.json tells it. What Google's pages look like changes more
// often than this window, so nothing of it stands in code.

import google from "../steps/google.json";
import type { HelpPage, Permission } from "./bindings";
import type { Draft } from "./draft";
import { known, t } from "./words";

export type Picture = "project" | "apis" | "consent" | "client" | "file";

/** Something else that a person may see there: what it is, what to do about it, and the step that it leads to. */
export interface Otherwise {
  see: string;
  do: string;
  step?: string;
}

/** One page of the walk. What is said stands here by its key among the sentences. */
export interface Step {
  id: string;
  /** What the agent opens; the last step has no page at Google. */
  page: HelpPage | null;
  /** The address of that page. */
  link: string | null;
  /** What the button says that opens it. */
  open: string | null;
  picture: Picture;
  title: string;
  says: string[];
  /** What it costs to do it otherwise. */
  notes: string[];
  otherwise: Otherwise[];
  /** What went wrong because of this step, by the beginning of its key: `fault.client_file_web`, `help.testing`. */
  faults: string[];
}

/** Something of Google's that a project has to switch on before it can be used; named as a test's line names it. */
export interface Api {
  id: string;
  name: string;
  link: string;
  permissions: Permission[];
}

export interface Walk {
  version: number;
  provider: string;
  steps: Step[];
  apis: Api[];
}

export const walk = google as Walk;

/** The step that has to be gone again where this went wrong; none where going it again would not help. */
export function stepOf(fault: string): string | undefined {
  return walk.steps.find(({ faults }) => faults.includes(fault))?.id;
}

/** Where a step stands, counted from 0. A name that no step has any more is the first one. */
export function indexOf(step: string | null): number {
  return Math.max(0, walk.steps.findIndex(({ id }) => id === step));
}

/** What has to be switched on: what a test found off, else what the permissions need, else the usual. */
export function apisFor({ permissions, onlySignIn }: Draft, off: string | null): Api[] {
  const found = walk.apis.filter(({ id }) => id === off);
  if (found.length > 0) return found;
  if (onlySignIn) return [];
  const needed = walk.apis.filter((api) => api.permissions.some((each) => permissions.includes(each)));
  return needed.length > 0 ? needed : walk.apis;
}

/** A sentence that the steps name. */
export function say(key: string): string {
  return known(key) ? t(key) : key;
}
