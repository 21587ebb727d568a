// The real asker, behind the two commands and the one event that its window may use.

import { commands, events } from "../bindings";
import type { Asker } from "./asker";

export const tauriAsker: Asker = {
  question: commands.question,
  answer: commands.answer,
  onChange: (hear) => events.change.listen(({ payload }) => hear(payload)),
};
