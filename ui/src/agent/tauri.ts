// The real agent, behind Tauri's commands and events.

import { listen, TauriEvent } from "@tauri-apps/api/event";
import { commands, events } from "../bindings";
import type { Agent, Stop } from "./agent";

export const tauriAgent: Agent = {
  ...commands,
  onChange: (hear) => events.change.listen(({ payload }) => hear(payload)),
  onShell: (hear) => events.shellChange.listen(({ payload }) => hear(payload)),
  onDrag: watchDrag,
};

/** Only that something hovers is heard; names and contents of the files stay on the native side. */
async function watchDrag(hear: (over: boolean) => void): Promise<Stop> {
  const stops = await Promise.all([
    listen(TauriEvent.DRAG_ENTER, () => hear(true)),
    listen(TauriEvent.DRAG_LEAVE, () => hear(false)),
    listen(TauriEvent.DRAG_DROP, () => hear(false)),
  ]);
  return () => stops.forEach((stop) => stop());
}
