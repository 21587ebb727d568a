// The half of the fake agent that programs deal with: questions, what was allowed, the log.

import type {
  ChangeKind,
  Decision,
  Lasting,
  LogLine,
  LogOutcome,
  LogView,
  ProgramGrantView,
  ProgramsView,
  ProgramView,
  QuestionView,
  Snapshot,
} from "../bindings";

export interface FakeBook {
  /** Questions behind the one that is asked. */
  waiting: QuestionView[];
  /** Newest first. */
  log: LogLine[];
  intact: boolean;
}

/** How many lines of the log come at once. */
export const PAGE = 50;

const TWELVE_HOURS = 12 * 3_600;
const REFUSED_FOR = 60;
const ASKED_FOR = 120;
const UNDONE_FOR = 60;

export class FakeBroker {
  #book: FakeBook;
  #count = 0;
  #before: ProgramView[] = [];

  constructor(
    book: FakeBook,
    private readonly snapshot: () => Snapshot,
    private readonly tell: (what: ChangeKind) => void,
    private readonly now: () => number,
  ) {
    this.#book = structuredClone(book);
  }

  /** An answer to a question that is no longer asked changes nothing. */
  answer(id: number, decision: Decision): void {
    const { question } = this.snapshot();
    if (question?.id !== id) return;
    this.#decide(question, question.onlyOnce && decision !== "denyAndMute" && decision !== "deny" ? "once" : decision);
    const next = this.#book.waiting.shift() ?? null;
    this.tell({
      kind: "question",
      question: next && { ...next, behind: this.#book.waiting.length, deadline: this.now() + ASKED_FOR },
    });
  }

  change(id: string, scopes: string[], lasting: Lasting | null): void {
    const now = this.now();
    this.#eachGrant((grant) => {
      if (grant.id !== id) return grant;
      const until = lasting === null ? grant.until : end(lasting, now);
      return { ...grant, scopes, until, since: lasting === null ? grant.since : now };
    });
  }

  end(id: string): void {
    this.#undoable(() => this.#end((grant) => grant.id === id));
  }

  forget(key: string): void {
    const found = this.#programs.programs.find((each) => each.key === key);
    this.#undoable(() => {
      for (const grant of found?.grants ?? []) this.#note(found!, grant.email, grant.scopes, "ended");
      this.#put({ programs: this.#programs.programs.filter((each) => each.key !== key) });
    });
  }

  endAll(): void {
    this.#undoable(() => this.#end(() => true));
  }

  giveBack(): void {
    const { takenBack } = this.#programs;
    if (takenBack === null || takenBack.until <= this.now()) return;
    this.#put({ programs: this.#before, takenBack: null });
  }

  /** Keeps what was before, to be given back. */
  #undoable(end: () => void): void {
    const before = this.#programs.programs;
    end();
    const taken = before.filter(({ key, grants }) => grants.length > (this.#programs.programs.find((each) => each.key === key)?.grants.length ?? 0));
    const program = taken.length === 1 ? taken[0]!.name : null;
    this.#before = before;
    this.#put({ takenBack: taken.length === 0 ? null : { program, until: this.now() + UNDONE_FOR } });
  }

  pause(paused: boolean): void {
    this.#put({ paused });
  }

  log(search: string, before: number | null): LogView {
    const wanted = search.trim().toLowerCase();
    const found = this.#book.log.filter(
      (line) => (before === null || line.number < before) && textOf(line).includes(wanted),
    );
    return { lines: structuredClone(found.slice(0, PAGE)), more: found.length > PAGE, intact: this.#book.intact };
  }

  get #programs(): ProgramsView {
    return this.snapshot().programs;
  }

  #decide(question: QuestionView, decision: Decision): void {
    const program = this.#known(question);
    const yes = decision === "once" || decision === "twelveHours" || decision === "always";
    for (const { email, scopes } of question.wishes) {
      if (!yes) this.#note(program, email, scopes, "refused", "approval_denied");
      else {
        this.#note(program, email, scopes, "granted");
        this.#note(program, email, scopes, "given");
      }
    }
    if (decision === "once") return;
    if (decision === "deny") this.#show({ ...program, refusedUntil: this.now() + REFUSED_FOR });
    else if (decision === "denyAndMute") this.#show({ ...program, muted: true });
    else this.#show({ ...program, grants: this.#renewed(program.grants, question, decision) });
  }

  /** One for each account: a new one takes the place of what was there. */
  #renewed(grants: ProgramGrantView[], { wishes }: QuestionView, lasting: Lasting): ProgramGrantView[] {
    const now = this.now();
    const fresh = wishes.map(({ email, scopes }) => ({
      id: `fresh-${++this.#count}`,
      account: this.snapshot().accounts.find((each) => each.email === email)?.id ?? email,
      email,
      scopes,
      since: now,
      until: end(lasting, now),
      lastUsed: now,
      uses: 1,
    }));
    return [...grants.filter(({ email }) => !wishes.some((wish) => wish.email === email)), ...fresh];
  }

  #known({ program: { name, path, assurance, throughCommand } }: QuestionView): ProgramView {
    const key = `${throughCommand ? "command " : ""}${path ?? name}`;
    const known = this.#programs.programs.find((each) => each.key === key);
    return known ?? { key, name, path, assurance, throughCommand, grants: [], refusedUntil: null, muted: false };
  }

  #show(program: ProgramView): void {
    const others = this.#programs.programs.filter(({ key }) => key !== program.key);
    this.#put({ programs: [...others, program] });
  }

  /** Ends what is meant; a program that has nothing left and was not refused is forgotten. */
  #end(meant: (grant: ProgramGrantView) => boolean): void {
    for (const program of this.#programs.programs) {
      for (const grant of program.grants.filter(meant)) {
        this.#note(program, grant.email, grant.scopes, "ended");
      }
    }
    const programs = this.#programs.programs
      .map((each) => ({ ...each, grants: each.grants.filter((grant) => !meant(grant)) }))
      .filter(({ grants, muted, refusedUntil }) => grants.length > 0 || muted || refusedUntil !== null);
    this.#put({ programs });
  }

  #eachGrant(to: (grant: ProgramGrantView) => ProgramGrantView): void {
    this.#put({
      programs: this.#programs.programs.map((each) => ({ ...each, grants: each.grants.map(to) })),
    });
  }

  #put(changed: Partial<ProgramsView>): void {
    this.tell({ kind: "programs", programs: { ...this.#programs, ...changed } });
  }

  #note(
    { name, path }: ProgramView,
    email: string,
    scopes: string[],
    outcome: LogOutcome,
    code: string | null = null,
  ): void {
    const number = (this.#book.log[0]?.number ?? 0) + 1;
    this.#book.log.unshift({ number, at: this.now(), program: name, path, email, scopes, outcome, code });
  }
}

function end(lasting: Lasting, now: number): number | null {
  return lasting === "always" ? null : now + TWELVE_HOURS;
}

function textOf({ program, path, email, scopes, outcome, code }: LogLine): string {
  return [program, path, email, ...scopes, outcome, code].join(" ").toLowerCase();
}
