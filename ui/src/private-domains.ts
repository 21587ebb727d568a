// Where anybody can have an address of their own, so that the part after the @ names no organisation.

/** Under every country's ending: `yahoo.com`, `yahoo.fr`, `yahoo.co.jp`. */
const EVERYWHERE = new Set(["gmx", "hotmail", "live", "outlook", "rocketmail", "yahoo", "yandex", "ymail"]);

const KNOWN = new Set(
  `126.com 163.com aol.com bluewin.ch duck.com fastmail.com free.fr freenet.de gmail.com googlemail.com
  hey.com hushmail.com icloud.com laposte.net libero.it mac.com mail.com mail.ru mailbox.org me.com msn.com
  naver.com orange.fr pm.me posteo.de proton.me protonmail.com qq.com seznam.cz sfr.fr t-online.de tuta.com
  tutanota.com uol.com.br wanadoo.fr web.de wp.pl zoho.com zohomail.com`.split(/\s+/),
);

export function isPrivate(domain: string): boolean {
  const [name = "", ...ending] = domain.split(".");
  const country = ending.length === 1 || (ending.length === 2 && /^com?$/.test(ending[0]!));
  return KNOWN.has(domain) || (country && EVERYWHERE.has(name));
}
