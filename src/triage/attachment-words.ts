/** Whether a ticket can hardly be understood without knowing what files came with it. */
import type { Ticket } from "./ticket.ts";

/** Who points at a file does so near the top. */
const MAX_CHARACTERS = 4_000;
/** Fewer letters than this say nothing by themselves. */
const FEW_LETTERS = 12;
/** "See attached", "screenshot", in the languages that tickets mostly come in. */
const WORDS =
  /attach(ed|ment|ing)|enclos(ed|ure)|screen ?shots?|see (the )?(file|photo|picture|image)|im anhang|anbei|angeh[äa]ngt|beigef[üu]gt|anlage|bildschirmfoto|pi[èe]ces? jointes?|ci-joint|capture d.[ée]cran|adjunt|captura de (pantalla|tela)|em anexo|anexad|in allegato|allegat[oi]|schermata|bijlage|bijgevoegd|schermafbeelding|załącz|za[lł]ącznik|bifogad|vedlagt|vedhæftet|liitteenä|přiloh|вложени|прикреп|прилож|скриншот|添付|スクリーンショット|附件|截图|截圖|첨부|스크린샷|مرفق|संलग्न|แนบ/iu;

export function pointsAtFiles({ subject, description }: Pick<Ticket, "subject" | "description">): boolean {
  const top = description.slice(0, MAX_CHARACTERS);
  return WORDS.test(`${subject}\n${top}`) || (top.match(/\p{L}/gu)?.length ?? 0) < FEW_LETTERS;
}
