// The language of the window. Its sentences are loaded apart, so that nobody loads those of another one.

export type Sentences = Readonly<Record<string, string>>;

const files = import.meta.glob<Sentences>("../messages/*.json", { import: "default" });
/** What is loaded only once it is asked for. */
const laterFiles = import.meta.glob<Sentences>("../messages/*.json", { import: "default", query: "?later" });

/** The tags of all languages there are. */
export const languages: readonly string[] = Object.keys(files).map((path) => path.slice("../messages/".length, -".json".length));

/** Languages that are written from right to left; those that Evergrant may come to speak. */
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];

class Spoken {
  /** A BCP 47 tag. */
  tag = $state.raw("");
  sentences = $state.raw<Sentences>({});
}

/** What is spoken now. Whatever reads it says the same in another language as soon as that is here. */
export const spoken = new Spoken();

/** Counts what was asked for, so that a language overtaken by a later one is not spoken. */
let asked = 0;
/** The last language that was asked for. */
let latest = "";
/** Whether the sentences are wanted that are loaded later. */
let all = false;

/** Speaks a language from now on. One that is not there changes nothing; at first it is English. */
export async function speak(tag: string): Promise<void> {
  const wanted = languages.includes(tag) || spoken.tag !== "" ? tag : "en";
  if (!languages.includes(wanted) || wanted === spoken.tag) return;
  await fetchAndPut(wanted);
}

/** Speaks from now on also what is loaded only when it is needed. */
export async function speakAll(): Promise<void> {
  if (all) return;
  all = true;
  if (languages.includes(latest)) await fetchAndPut(latest);
}

async function fetchAndPut(tag: string): Promise<void> {
  const mine = ++asked;
  latest = tag;
  const path = `../messages/${tag}.json`;
  const [now, later] = await Promise.all([files[path]!(), all ? laterFiles[path]!() : {}]);
  if (mine === asked) put(tag, { ...now, ...later });
}

/** Speaks sentences that are here already. */
export function put(tag: string, sentences: Sentences): void {
  asked += 1;
  latest = tag;
  spoken.tag = tag;
  spoken.sentences = sentences;
}

/** The language that the address of the page asks for. */
export function languageOf(search: string): string {
  return new URLSearchParams(search).get("lang") ?? "en";
}

export function isRightToLeft(): boolean {
  return RIGHT_TO_LEFT.includes(language(spoken.tag));
}

/** How this person writes dates and numbers: as their system does, where that speaks the same language. */
export function locale(): string {
  const own = (globalThis.navigator?.languages ?? []).find((tag) => language(tag) === language(spoken.tag));
  return own ?? (spoken.tag === "en" ? "en-GB" : spoken.tag);
}

/** The page says in which language it is, and from which side it is read. Called as a component begins. */
export function markPage(): void {
  $effect.pre(() => {
    document.documentElement.lang = spoken.tag;
    document.documentElement.dir = isRightToLeft() ? "rtl" : "ltr";
  });
}

/** `de` of `de-AT`. */
function language(tag: string): string {
  return tag.split("-")[0]!;
}
