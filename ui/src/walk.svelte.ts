// The way to a Google client of one's own, as steps/google.json tells it, or a file of the person's own. What Google's
// pages look like changes more often than this window, so nothing of it stands in code.

import google from "../steps/google.json";
import type { Agent } from "./agent/agent";
import type { HelpPage, Walk, WalkApi } from "./bindings";
import type { Draft } from "./draft";
import { known, t } from "./words";

class Steps {
  /** What comes with this window, until the agent told what holds on this computer. */
  here = $state.raw(google as Walk);
}

const steps = new Steps();

export function walk(): Walk {
  return steps.here;
}

/** Asks the agent, which knows of a file that takes the place of what came with it. */
export async function readSteps(agent: Agent): Promise<void> {
  steps.here = await agent.walk();
}

export function addressOf(page: HelpPage): string {
  return walk().pages[page] ?? "";
}

/** The step that has to be gone again where this went wrong; none where going it again would not help. */
export function stepOf(fault: string): string | undefined {
  return walk().steps.find(({ faults }) => faults.includes(fault))?.id;
}

/** Where a step stands, counted from 0. A name that no step has any more is the first one. */
export function indexOf(step: string | null): number {
  return Math.max(0, walk().steps.findIndex(({ id }) => id === step));
}

/** What has to be switched on: what a test found off, else what the permissions need, else the usual. */
export function apisFor({ permissions, onlySignIn }: Draft, off: string | null): WalkApi[] {
  const found = walk().apis.filter(({ id }) => id === off);
  if (found.length > 0) return found;
  if (onlySignIn) return [];
  const needed = walk().apis.filter((api) => api.permissions.some((each) => permissions.includes(each)));
  return needed.length > 0 ? needed : walk().apis;
}

/** A sentence that the steps name. */
export function say(key: string): string {
  return known(key) ? t(key) : key;
}
