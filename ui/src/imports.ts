// News about the client file, which the page of the client file shows in place.

import type { FaultView, Notice } from "./bindings";

export function isImportNews({ fault }: Notice): boolean {
  return fault !== null && isFileFault(fault);
}

export function isFileFault({ code }: FaultView): boolean {
  return code.startsWith("client_file_");
}
