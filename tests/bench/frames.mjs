// What is run inside the page: each of these scripts does what a person does and answers the time between frames.

/** Nothing at all: what the machine itself does to a frame. */
export const REST = inPage(`
  let turn = 0;
  return frames(() => (turn += 1) > 60);
`);

/** Frames of a scroll through the whole list, `step` pixels in each. */
export const SCROLL = inPage(`
  scrollTo(0, 0);
  await settle();
  let at = 0;
  return frames(() => {
    at += step;
    scrollTo(0, at);
    return at >= document.documentElement.scrollHeight || at >= 80 * step;
  });
`);

/** From the top to the end and back, as the keys End and Home do. */
export const JUMP = inPage(`
  let turn = 0;
  return frames(() => {
    if (turn % 10 === 0) scrollTo(0, turn % 20 === 0 ? document.documentElement.scrollHeight : 0);
    turn += 1;
    return turn > 80;
  });
`);

/** One letter after the other into the search, then all of it away. */
export const SEARCH = inPage(`
  scrollTo(0, 0);
  const field = document.querySelector("[data-testid=accounts-find]");
  const texts = ["j", "ja", "jan", "ja", ""];
  let turn = 0;
  return frames(() => {
    const text = turn % 12 === 0 ? texts[turn / 12] : undefined;
    turn += 1;
    if (text === undefined) return turn > 12 * texts.length;
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
`);

/** Opens one card in the middle, tests its account, and closes it: also how many other cards that touched. */
export const CHANGE = inPage(`
  const cards = document.querySelectorAll("[data-testid=account][data-state=connected]");
  const card = cards[Math.floor(cards.length / 2)];
  card.scrollIntoView({ block: "center" });
  const press = (id) => card.querySelector("[data-testid=" + id + "]").click();
  await settle();
  const touched = new Set();
  const observer = new MutationObserver((changes) => {
    for (const { target } of changes) touched.add((target.nodeType === 1 ? target : target.parentElement)?.closest("[data-testid=account]"));
  });
  observer.observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true, characterData: true });
  let turn = 0;
  const seen = await frames(() => {
    if (turn === 5) press("account-open");
    if (turn === 15) press("account-test");
    if (turn === 120) press("account-open");
    turn += 1;
    return turn > 130;
  });
  observer.disconnect();
  touched.delete(null);
  touched.delete(card);
  return { seen, others: touched.size };
`);

/** Milliseconds since the page began. */
export const NOW = inPage("return performance.now();");

/** How many cards are there. */
export const CARDS = inPage(`return document.querySelectorAll("[data-testid=account]").length;`);

function inPage(body) {
  return `
    const step = arguments[0];
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const settle = async () => { for (let n = 0; n < 20; n += 1) await frame(); };
    const frames = async (turn) => {
      const seen = [];
      let before = await frame();
      for (let done = false; !done; ) {
        done = turn();
        const now = await frame();
        seen.push(now - before);
        before = now;
      }
      return seen;
    };
    return (async () => { ${body} })();
  `;
}
