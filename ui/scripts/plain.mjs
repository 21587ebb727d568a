// How sentences for people are written: without jargon, with the signs that belong in print.

/** Words that nobody has to know, in each language; those of English hold in all of them. */
const JARGON = {
  en: /\b(oauth\w*|openid|scopes?|tokens?|grants?|granted|granting|revoked?|credentials?|endpoints?|callback|redirect(ed|s)?|provider|vault|ledger|authenticat\w*|authoriz\w*|authoris\w*|PKCE|invalid_\w+|API keys?|daemon|D-Bus|HTTP|(?<!\.)JSON)\b/i,
  de: /authentifizier|autorisier|berechtigungsnachweis|weiterleitungs-?(uri|adresse)|anmeldedaten-?speicher|endpunkt|widerruf|\b(provider|tresor|anbieter-?token|dienstkonto-?schlüsseldatei)\b/i,
  es: /autentic|autoriz|credencial|extremo|redirecci|redirig|revoca|(?<!\p{L})(proveedor(es)?|testigos?|ámbitos?|bóvedas?|demonios?|concesi(ón|ones)|zócalos?|claves? de api)(?!\p{L})/iu,
  fr: /authentifi|autorisations?|habilitation|identifiants? de connexion|redirection|révo(qu|c)|serveur mandataire|champs? d.application|terminaison|(?<!\p{L})(jetons?|fournisseurs?|portées?|périmètres?|coffres?|démons?|bac à sable)(?!\p{L})/iu,
  ja: /認証|認可|トークン|スコープ|グラント|失効|クレデンシャル|資格情報|シークレット|エンドポイント|コールバック|リダイレクト|プロバイダ|リクエスト|パラメータ|ソケット|デーモン|APIキー/,
  ar: /(رمز|رموز) (ال)?(وصول|دخول|ممي)|مصادق|استيثاق|تفويض|بيانات (ال)?اعتماد|نق(طة|اط) (ال)?نهاية|إعادة (ال)?توجيه|نطاق|إبطال|مزوّ?د|خزنة|برنامج خفي/,
};

/** What Google's own pages show has to be quoted as it stands there. */
export const QUOTED = /^help\.\w+\.see$/;

/** The buttons that the walk through those pages names. */
const LABELS = /“[^“”]*”|„[^„“]*“|«[^«»]*»|「[^「」]*」/g;

/** What is wrong with how a sentence is written; null where nothing is. */
export function unplain(tag, key, text) {
  const named = key.startsWith("walk.") ? text.replace(LABELS, "") : text;
  const words = named.replace(/\{\w+\}/g, "");
  const jargon = QUOTED.test(key) ? null : (words.match(JARGON.en) ?? (tag in JARGON ? words.match(JARGON[tag]) : null));
  if (jargon) return `“${jargon[0]}” is jargon`;
  if (text.trim() !== text || text === "") return "empty, or with spaces around it";
  if (/ {2}|\.\.\.|['"]/.test(text)) return "two spaces, three dots, a straight apostrophe or a straight quotation mark";
  return null;
}
