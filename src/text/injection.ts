/**
 * Does a ticket try to instruct the machine that reads it? Conservative: it flags phrases that customers do not use by
 * chance, and costs the ticket no more than a look by a person. It is no defence; that the local classifier cannot be told
 * anything is one.
 */
import { undisguised } from "./disguise.ts";
import { fold } from "./fold.ts";

/** Matched against folded text: lower case, no accents, nothing invisible. Every gap is bounded. */
const PATTERNS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|every|of|the|your|these|those)\s+){0,3}(?:previous|prior|above|earlier|preceding|former)\s+(?:(?:system|routing|safety|ai)\s+)?(?:instruction|prompt|rule|direction|guideline|guidance|command)s?\b/,
  /\b(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|every|of|the|your|these|those)\s+){0,3}(?:instructions|prompts|rules|guidelines|guidance|commands)\s+(?:above|before|so far|given)\b/,
  /\b(?:ignore|disregard|forget)\s+(?:(?:all|everything|anything)\s+(?:of\s+)?)?(?:the\s+)?above\s+and\s+(?:set|answer|return|choose|pick|classify|route|reply)\b/,
  /\[\s*(?:system|admin|developer)\s*(?:override|message|prompt|instruction)s?\s*\]/,
  /\b(?:to|dear|attention|note to)\s+(?:the\s+)?(?:ai|llm|language model|router|classifier)\s*[:,]/,
  /\b(?:ignore|disregard|forget|override|bypass)\s+(?:all\s+(?:of\s+)?)?your\s+(?:\w+\s+)?(?:instructions|prompt|rules|guidelines|guardrails|programming)\b/,
  /\b(?:print|reveal|repeat|output|disclose|leak|expose|ausgeben|zeige|affiche|muestra|mostra)\b.{0,40}\b(?:system|hidden|initial|secret)[ -]?prompt\b/,
  /\byour\s+(?:system|hidden|initial)\s+(?:prompt|instructions|message)\b/,
  /\byou\s+are\s+now\s+(?:in\s+)?(?:an?\s+)?(?:developer|debug|god|admin|dan|jailbr\w+|unrestricted|\w+bot(?!\?))\b/,
  /\bpretend\s+(?:to\s+be|(?:that\s+)?you(?:\s+are|\s+were|'re))\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:ai|llm|chatbot|(?:language\s+)?model|classifier|administrator|developer)\b/,
  /\b(?:system|developer|assistant)\s*(?:message|prompt|note|instructions?)?\s*[:>\]]\s*(?:you\s+(?:are|must|will|should)|(?:always|please|now)?\s*(?:set|classify|categori[sz]e|label|choose|select|assign|route|output|respond|answer|return|ignore|disregard|override|mark)\b)/,
  /\b(?:new|updated|real|actual|following)\s+(?:system\s+)?(?:instructions?|prompt)\s*(?:for\s+(?:the\s+)?(?:ai|assistant|model|classifier|router|llm))?\s*:/,
  /\bfrom\s+now\s+on,?\s+you\s+(?:are|must|will|should|only)\b/,
  /\b(?:forget|ignore|disregard)\s+(?:everything|anything|all|what(?:ever)?)\s+(?:that\s+)?(?:you\s+(?:were|have\s+been|are)\s+told|you\s+know|you\s+have\s+learned|came\s+before|you\s+read\s+before)\b/,
  /\b(?:do\s+not|don't|stop)\s+follow(?:ing)?\s+(?:any\s+of\s+)?(?:your|the\s+(?:system|previous|above))\s+(?:\w+\s+)?(?:instructions|rules|prompt|guidelines)\b/,
  /\bas\s+an?\s+(?:ai|(?:ai\s+)?(?:large\s+)?language\s+model|ai\s+(?:model|assistant|system)),?\s+you\s+(?:must|should|have\s+to|are|will|need)\b/,
  /\b(?:set|change|choose|pick|use|select|output|return|report|force|the\s+correct)\s+(?:the\s+|your\s+|its\s+|this\s+)?(?:ticket(?:'s)?\s+)?(?:intent|classification)\s*(?:to|as|is|=|:|of\s+this|must)\b/,
  /\b(?:intent|classification)\s+(?:of\s+)?(?:this|the)?\s*(?:ticket|message|e-?mail)?\s*(?:must|has\s+to|shall|should)\s+(?:always\s+)?be\b/,
  /\b(?:answer|return|respond|reply|output|print)\b.{0,40}\{\s*"(?:intent|evidence|category)"\s*:|\binjection_suspected\b/,
  /\bwhen(?:ever)?\s+(?:you\s+)?(?:classify(?:ing)?|categori[sz](?:e|ing)|triag(?:e|ing)|labell?(?:ing)?)\s+(?:this|the)\s+(?:ticket|message|e-?mail|request)\b/,
  /<\s*\/?\s*(?:system|assistant|developer|instructions)\s*>|\[\/?inst\]|<\|im_(?:start|end)\|>/,
  /\b(?:set|report|answer|return|output)\b.{0,60}\bconfidence\b.{0,10}?(?:\b(?:to|of|is|level)\b|[=:]|\s)\s*(?:1(?:[.,]0+)?|100|high)\b/,
  /\b(?:ignorier\w*|vergiss|vergessen sie|missacht\w*)\s+(?:(?:bitte|alle|alles|samtliche|deine|ihre|die)\s+){0,3}(?:vorherig|bisherig|obig|vorangegangen|fruher)\w*\s+(?:anweisung|instruktion|regel|vorgabe|befehl)\w*/,
  /\b(?:ignore[zr]?|oublie[zr]?)\s+(?:toutes\s+)?(?:les|tes|vos)\s+(?:instructions|consignes|regles)\s+(?:precedentes|anterieures|ci-dessus)/,
  /\b(?:ignora|ignore|olvida|olvide)\s+(?:todas\s+)?(?:las|tus|sus)\s+(?:instrucciones|ordenes|reglas)\s+(?:anteriores|previas)/,
  /\b(?:ignor[ae]|esque[cs]a)\s+(?:todas\s+)?(?:as|suas|tuas)\s+(?:instrucoes|ordens|regras)\s+(?:anteriores|previas)/,
  /\b(?:ignora|ignori|dimentica)\s+(?:tutte\s+)?(?:le|tue)\s+(?:istruzioni|regole)\s+(?:precedenti|sopra)/,
  /\b(?:negeer|vergeet)\s+(?:alle\s+)?(?:vorige|eerdere|voorgaande|bovenstaande)\s+(?:instructies|opdrachten|regels)/,
  /(?:以前|これまで|上記|前|今まで)の(?:すべての)?(?:指示|命令|プロンプト).{0,6}(?:無視|忘れ)/,
  /(?:игнорируй(?:те)?|забудь(?:те)?|не обращай(?:те)? внимания на)\s+(?:все\s+)?(?:предыдущие|прежние|вышеуказанные)\s+(?:инструкции|указания|правила|команды)/,
  /(?:zignoruj|ignoruj|zapomnij)\s+(?:wszystkie\s+)?(?:poprzednie|wczesniejsze|powyzsze)\s+(?:instrukcje|polecenia|zasady)/,
  /(?:onceki|yukaridaki)\s+(?:tum\s+)?(?:talimat|komut|kural)\S*\s+(?:yok say|unut|goz ardi et|gormezden gel)/,
  /(?:تجاهل|انس)\s+(?:جميع\s+|كل\s+)?(?:التعليمات|الأوامر|القواعد)\s+(?:السابقة|أعلاه)/,
  /पिछले\s+(?:सभी\s+)?(?:निर्देशों|आदेशों|नियमों)\s+को\s+(?:अनदेखा|नज़रअंदाज़|भूल)/,
  /(?:이전|위)의?\s*(?:모든\s*)?(?:지시|명령|지침|프롬프트)\S*\s*(?:무시|잊)/,
  /\b(?:ignorera|glom|ignorer|glem)\s+(?:alla|alle)\s+(?:tidigare|foregaende|tidligere|forrige)\s+(?:instruktion|anvisning|instruks|regl|regel)\w*/,
  /\b(?:bo qua|phot lo|quen)\s+(?:tat ca\s+)?(?:cac\s+|moi\s+)?(?:huong dan|chi dan|lenh|quy tac)\s+(?:truoc|o tren)/,
  /\b(?:abaikan|lupakan)\s+(?:semua\s+)?(?:instruksi|perintah|arahan|aturan)\s+(?:sebelumnya|di atas)/,
  /(?:ігноруй(?:те)?|забудь(?:те)?)\s+(?:всі|усі)\s+(?:попередні|минулі)\s+(?:інструкції|вказівки|правила|команди)/,
  /(?:התעלם|תתעלם|התעלמו|שכח)\s+(?:מ|את\s+)?(?:כל\s+)?ה(?:הוראות|הנחיות|פקודות)\s+הקודמות/,
  /\b(?:ohita|unohda)\s+(?:kaikki\s+)?(?:aiemmat|edelliset|edeltavat)\s+(?:ohjeet|maaraykset|saannot)/,
  /\b(?:ignora|ignorati|uita|uitati)\s+(?:toate\s+)?(?:instructiunile|regulile|comenzile)\s+(?:anterioare|de mai sus)/,
  /(?:αγνοησε|αγνοηστε|ξεχασε|ξεχαστε|αγνόησε|αγνοήστε|ξέχασε|ξεχάστε)\s+(?:ολες\s+|όλες\s+)?(?:τις\s+)?(?:προηγουμενες|προηγούμενες)\s+(?:οδηγιες|οδηγίες|εντολες|εντολές)/,
  /(?:เพิกเฉย|ละเว้น|ลืม|ไม่ต้องสนใจ).{0,6}(?:ค(?:ำ|ํา)สั่ง|ค(?:ำ|ํา)แนะน(?:ำ|ํา)).{0,4}(?:ก่อนหน้า|ข้างต้น)/,
  /(?:忽略|無視|忘記).{0,6}(?:之前|以上|先前|所有).{0,4}(?:指令|指示|提示)/,
  /(?:忽略|无视|忘记).{0,6}(?:之前|以上|先前|所有).{0,4}(?:指令|指示|提示)/,
];

/** Letters of other alphabets that look like a Latin one, by the Latin one. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ а: "a", с: "c", ԁ: "d", е: "e", һ: "h", і: "i", ј: "j", к: "k", ӏ: "l", м: "m", о: "o", р: "p" },
    ...{ ԛ: "q", ѕ: "s", т: "t", ԝ: "w", х: "x", у: "y", α: "a", ε: "e", ι: "i", κ: "k", ν: "v", ο: "o" },
    ...{ ρ: "p", τ: "t", υ: "u", ı: "i", ɑ: "a", ɡ: "g" },
  }),
);
/** Words of one alphabet are what they look like; and a Cyrillic text is not half Latin because it names a product. */
const asLatin = (text: string): string =>
  text.replace(/\p{L}+/gu, (word) =>
    /\p{Script=Latin}/u.test(word)
      ? Array.from(word, (letter) => LOOK_ALIKES.get(letter) ?? letter).join("")
      : word,
  );

function isOrder(folded: string): boolean {
  const line = folded.replace(/\s+/g, " ");
  return PATTERNS.some((pattern) => pattern.test(line));
}

/** @param text at most some thousand characters: the caller bounds it */
export function looksInjected(text: string): boolean {
  const folded = asLatin(fold(text));
  return [folded, ...undisguised(text, folded)].some(isOrder);
}
