// Tells when a piece of the page comes near to what is seen, so that what costs much can wait until then.

import type { Attachment } from "svelte/attachments";

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** One observer for all: a thousand would each be asked at every turn of the wheel. */
function watch(): IntersectionObserver {
  observer ??= new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        observer?.unobserve(target);
        waiting.get(target)?.();
      }
    },
    { rootMargin: "50%" },
  );
  return observer;
}

/** Calls back once, when the element is near. */
export function whenNear(tell: () => void): Attachment<Element> {
  return (element) => {
    waiting.set(element, tell);
    watch().observe(element);
    return () => observer?.unobserve(element);
  };
}
