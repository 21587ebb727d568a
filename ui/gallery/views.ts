// Which scene is a picture of which view. The tests walk these lists, so that no view goes unseen.

import { scene, sceneNames, type Scene } from "../src/agent/scenes";
import { dialogOf, viewOf, type View } from "../src/view";

/** A view by its file in src/views, and how it is known to be shown. */
export interface Shown {
  file: string;
  /** Finds its outermost element. */
  selector: string;
}

export interface Picture extends Shown {
  name: string;
  /** The page of the window that shows it. */
  page: "index.html" | "question.html";
}

/** What lies over a page, topmost first. */
const dialogs: (Shown & { open: (of: Scene) => boolean })[] = [
  { ...dialog("BackgroundDialog", "background-dialog"), open: ({ shell }) => shell.askingBackground },
  { ...dialog("Settings", "settings"), open: ({ opening }) => opening.settings === true },
  { ...dialog("DeleteDialog", "delete-dialog"), open: ({ snapshot, opening }) => dialogOf(snapshot, opening.leaving ?? null) === "delete" },
  {
    ...dialog("DisconnectAllDialog", "disconnect-all-dialog"),
    open: ({ snapshot, opening }) => dialogOf(snapshot, opening.leaving ?? null) === "disconnectAll",
  },
  { ...dialog("EndAllDialog", "programs-end-all-dialog"), open: ({ opening }) => opening.endingAll === true },
  { ...dialog("DisconnectDialog", "disconnect-dialog"), open: ({ opening }) => opening.disconnecting !== undefined },
];

const pages: Record<View, string> = {
  opening: "Skeleton",
  attempt: "Attempt",
  client: "ClientImport",
  clients: "Clients",
  choose: "Choose",
  accounts: "Accounts",
  welcome: "Welcome",
  programs: "Programs",
  log: "Log",
  how: "How",
  broken: "Broken",
};

/** Where another scene than the first shows a view best. */
const best: Record<string, string> = { Attempt: "attempt-waiting", Question: "question-several" };

/** Every scene with what it is a picture of. */
export const pictures: Picture[] = sceneNames.map((name) => ({ name, ...pictureOf(name, scene(name)!) }));

/** Every view that has a scene, with all of them and the one that shows it best. */
export const views: { file: string; main: Picture; pictures: Picture[] }[] = [...new Set(pictures.map(({ file }) => file))].map(
  (file) => {
    const its = pictures.filter((each) => each.file === file);
    return { file, main: its.find(({ name }) => name === best[file]) ?? its[0]!, pictures: its };
  },
);

function pictureOf(name: string, shown: Scene): Omit<Picture, "name"> {
  if (name.startsWith("question-")) return { ...asking(shown), page: "question.html" };
  const over = dialogs.find(({ open }) => open(shown));
  if (over !== undefined) return { file: over.file, selector: over.selector, page: "index.html" };
  const { snapshot, opening, broken } = shown;
  const view = viewOf(broken === null ? snapshot : null, broken, opening.page ?? "home", snapshot.providers[0]);
  return { file: pages[view], selector: `[data-testid=view][data-view=${view}]`, page: "index.html" };
}

/** Without a question its window is still there, for a moment. */
function asking({ snapshot }: Scene): Shown {
  return { file: "Question", selector: snapshot.question === null ? "[data-testid=question-none]" : "[data-testid=question]" };
}

function dialog(file: string, testid: string): Shown {
  return { file, selector: `dialog[data-testid=${testid}]` };
}

/** The address of a scene, as the person's desktop would have it. */
export function address({ name, page }: Picture, desktop: Record<string, string> = {}): string {
  return `${page}?${new URLSearchParams({ state: name, ...desktop })}`;
}
