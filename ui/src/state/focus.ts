// A card that moves to another group is made anew there, and what had the focus in it is gone.

import { tick } from "svelte";

/** Gives the focus back to the same button of the same account, else to its card, wherever that is now. */
export function keptFocus(around: HTMLElement): () => void {
  let last: { node: HTMLElement; account: string; testid: string } | null = null;

  const note = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const account = target.closest<HTMLElement>("[data-testid=account]")?.dataset.id;
    last = account === undefined ? null : { node: target, account, testid: target.dataset.testid ?? "" };
  };
  // Whoever went elsewhere is not called back. A button that works can't hold the focus, and wants it again.
  const leave = () =>
    setTimeout(() => {
      if (last?.node.isConnected && !last.node.matches(":focus, :disabled")) last = null;
    });
  const mend = async () => {
    if (last === null || last.node.isConnected || document.activeElement !== document.body) return;
    const { account, testid } = last;
    last = null;
    await tick();
    const card = around.querySelector<HTMLElement>(`[data-testid=account][data-id="${CSS.escape(account)}"]`);
    const same = card?.querySelector<HTMLElement>(`[data-testid="${CSS.escape(testid)}"]:not(:disabled)`);
    (same ?? card)?.focus();
  };

  const observer = new MutationObserver(() => void mend());
  around.addEventListener("focusin", note);
  around.addEventListener("focusout", leave);
  observer.observe(around, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    around.removeEventListener("focusin", note);
    around.removeEventListener("focusout", leave);
  };
}
