import { describe, expect, it } from "vitest";
import { FakeAgent } from "../src/agent/fake";
import { PAGE } from "../src/agent/fake-broker";
import { scene } from "../src/agent/scenes";
import type { Change, Snapshot } from "../src/bindings";
import { catchUp } from "../src/store";
import { Asked } from "../src/state/asked.svelte";

const NOW = 1_000;

async function open(name: string) {
  const agent = new FakeAgent(scene(name)!, { now: () => NOW, pause: async () => {} });
  const heard: Change[] = [];
  const first = await agent.snapshot();
  await agent.onChange((change) => heard.push(change));
  const log = async (search = "", before: number | null = null) => {
    const answer = await agent.programLog(search, before);
    return answer.status === "ok" ? answer.data : expect.fail("the log did not answer");
  };
  return { agent, log, shown: (): Snapshot => catchUp(first, heard) };
}

describe("thinking again", () => {
  it("gives back what was taken, once and for a minute", async () => {
    const { agent, shown } = await open("programs");
    const before = shown().programs.programs;
    await agent.endGrant(before[0]!.grants[0]!.id);
    expect(shown().programs.takenBack).toEqual({ program: before[0]!.name, until: NOW + 60 });
    await agent.giveBack();
    expect(shown().programs).toEqual({ paused: false, programs: before, takenBack: null });
    await agent.endAllGrants();
    expect(shown().programs.takenBack?.program).toBeNull();
  });
});

describe("answering", () => {
  it("allows for good, and the next question comes with fewer behind", async () => {
    const { agent, shown } = await open("question-several");
    await agent.answer(1, "always");
    const [program] = shown().programs.programs;
    expect(program?.name).toBe("org.gnome.Evolution");
    expect(program?.grants.map(({ account, until }) => [account, until])).toEqual([
      ["alice", null],
      ["dora.maria.fernandez-ostergard@long-name.example.com", null],
    ]);
    expect(shown().question).toMatchObject({ id: 2, behind: 2, deadline: NOW + 120 });
  });

  it("allows for 12 hours, and once without leaving anything but the log", async () => {
    const first = await open("question-system");
    await first.agent.answer(1, "twelveHours");
    expect(first.shown().programs.programs[0]?.grants[0]?.until).toBe(NOW + 12 * 3_600);

    const second = await open("question-system");
    await second.agent.answer(1, "once");
    expect(second.shown().programs.programs).toEqual([]);
    expect((await second.log()).lines.map(({ outcome }) => outcome)).toEqual(["given", "granted"]);
    expect(second.shown().question).toBeNull();
  });

  it("refuses for a while, or for good", async () => {
    const first = await open("question-system");
    await first.agent.answer(1, "deny");
    expect(first.shown().programs.programs[0]).toMatchObject({ grants: [], muted: false, refusedUntil: NOW + 60 });
    const second = await open("question-system");
    await second.agent.answer(1, "denyAndMute");
    expect(second.shown().programs.programs[0]).toMatchObject({ grants: [], muted: true });
    expect((await second.log("refused")).lines[0]?.code).toBe("approval_denied");
  });

  it("remembers nothing of a program that hides", async () => {
    const { agent, shown } = await open("question-hidden");
    await agent.answer(1, "always");
    expect(shown().programs.programs).toEqual([]);
  });

  it("ignores an answer to a question that is no longer asked", async () => {
    const { agent, shown } = await open("question-several");
    await agent.answer(1, "deny");
    const before = shown();
    await agent.answer(1, "always");
    expect(shown()).toEqual(before);
  });
});

describe("what programs may do", () => {
  it("is changed, ended and forgotten, and told", async () => {
    const { agent, shown } = await open("programs");
    const grants = () => shown().programs.programs.flatMap((each) => each.grants);
    await agent.changeGrant("e1", ["x"], "twelveHours");
    expect(grants()[0]).toMatchObject({ id: "e1", scopes: ["x"], since: NOW, until: NOW + 12 * 3_600 });
    await agent.changeGrant("e1", ["y"], null);
    expect(grants()[0]).toMatchObject({ scopes: ["y"], until: NOW + 12 * 3_600 });
    await agent.endGrant("e1");
    expect(grants().map(({ id }) => id)).toEqual(["e2", "m1", "b1"]);
    await agent.forgetProgram("/usr/bin/msmtp");
    expect(grants().map(({ id }) => id)).toEqual(["e2", "b1"]);
    await agent.endAllGrants();
    expect(shown().programs.programs).toEqual([]);
    expect(shown()).toEqual(await agent.snapshot());
  });

  it("keeps those who were refused when everything is ended", async () => {
    const { agent, shown } = await open("programs-muted");
    await agent.endAllGrants();
    expect(shown().programs.programs.map(({ name, grants }) => [name, grants.length])).toEqual([
      ["tracker", 0],
      ["backup-contacts.py", 0],
      ["msmtp", 0],
    ]);
  });

  it("pauses, whichever profile is shown", async () => {
    const { agent } = await open("programs");
    await agent.pausePrograms(true);
    await agent.showProfile("practice");
    const { programs } = await agent.snapshot();
    expect([programs.paused, programs.programs.length]).toEqual([true, 3]);
  });
});

describe("the log", () => {
  it("comes a page at a time, without a line twice", async () => {
    const { log } = await open("log");
    const first = await log();
    expect([first.lines.length, first.more, first.lines[0]?.number]).toEqual([PAGE, true, 131]);
    const second = await log("", first.lines.at(-1)!.number);
    expect(second.lines[0]?.number).toBe(131 - PAGE);
    const third = await log("", second.lines.at(-1)!.number);
    expect([third.lines.length, third.more]).toEqual([131 - 2 * PAGE, false]);
  });

  it("finds program, account, code and outcome in any case", async () => {
    const { log } = await open("log");
    for (const [text, count] of [["OFFLINE", 1], ["bob@", 1], ["ended", 1], ["nothing like it", 0]] as const) {
      expect((await log(text)).lines.length, text).toBe(count);
    }
  });
});

describe("the window that asks", () => {
  it("shows what is asked, then what follows, then nothing", async () => {
    const agent = new FakeAgent(scene("question-several")!, { now: () => NOW });
    const asked = new Asked(agent);
    await asked.start();
    const ids: (number | undefined)[] = [];
    while (asked.question !== null) {
      ids.push(asked.question.id);
      await asked.answer(asked.question.id, "deny");
    }
    expect(ids).toEqual([1, 2, 3, 4]);
    expect(asked.known).toBe(true);
  });

  it("believes what was told over an answer that was on its way", async () => {
    const asked = new Asked({
      question: async () => scene("question-system")!.snapshot.question,
      answer: async () => ({ status: "ok", data: null }),
      onChange: async (hear) => {
        hear({ revision: 2, what: { kind: "question", question: null } });
        return () => {};
      },
    });
    await asked.start();
    expect(asked.question).toBeNull();
  });

  it("keeps the question when an answer does not arrive, and says why", async () => {
    const fault = { code: "disk_full", recovery: "mendComputer", detail: null } as const;
    const asked = new Asked({
      question: async () => scene("question-system")!.snapshot.question,
      answer: async () => ({ status: "error", error: fault }),
      onChange: async () => () => {},
    });
    await asked.start();
    await asked.answer(1, "always");
    expect([asked.question?.id, asked.fault?.code]).toEqual([1, "disk_full"]);
  });
});
