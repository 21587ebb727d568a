// What the agent in memory begins with.

import type { ShellView, Snapshot } from "../bindings";
import type { FakeBook } from "./fake-broker";
import type { FakePast } from "./fake-past";
import { permissions } from "./people";

export interface FakeWorld {
  snapshot: Snapshot;
  shell: ShellView;
  book: FakeBook;
  past: FakePast;
  /** Why nothing answers behind the window. */
  broken: string | null;
}

export interface FakeWays {
  /** Unix seconds. */
  now?: () => number;
  /** Waits for a stretch of work, in milliseconds; tests make it nothing. */
  pause?: (ms: number) => Promise<void>;
}

/** What is so whichever profile is shown. */
export function shared({ revision, programs, question, language, settings, leaving }: Snapshot): Partial<Snapshot> {
  return { revision, programs, question, language, settings, leaving };
}

/** The profile that is not shown starts empty; practice brings its own client. */
export function otherProfile(shown: Snapshot): Snapshot {
  const practice = shown.profile === "personal";
  return {
    ...shown,
    revision: 0,
    profile: practice ? "practice" : "personal",
    opening: false,
    providers: practice
      ? [{ id: "practice", name: "Practice Google", client: { kind: "builtIn" } }]
      : [{ id: "google", name: "Google", client: { kind: "missing" } }],
    permissions,
    accounts: [],
    attempt: null,
    notices: [],
    question: null,
  };
}
