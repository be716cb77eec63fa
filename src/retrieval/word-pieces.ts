/** Text to the word pieces of uncased BERT: the numbers that the encoder was trained on. */

const BEGIN = 101;
const END = 102;
const UNKNOWN = 100;
/** Longer words are no words. */
const LONGEST_WORD = 100;
/** Far more than the pieces that are read; it bounds the work on a hostile text. */
const READ_CHARS = 4_000;

const CHINESE = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/gu;
/** ASCII symbols count as punctuation, as they do for BERT. */
const WORD = /[!-/:-@[-`{-~]|\p{P}|[^\s!-/:-@[-`{-~\p{P}]+/gu;
const UNREADABLE = /[\0\ufffd]|(?![\t\n\r])[\p{Cc}\p{Cf}]/gu;

/** @param pieces the most pieces to return, those that mark begin and end included */
export function wordPieces(text: string, vocabulary: ReadonlyMap<string, number>, pieces: number): number[] {
  const words =
    text
      .slice(0, READ_CHARS)
      .replace(UNREADABLE, "")
      .replace(CHINESE, " $& ")
      .toLowerCase()
      .normalize("NFD")
      .replace(/\p{Mn}/gu, "")
      .match(WORD) ?? [];
  const ids = [BEGIN];
  for (const word of words) {
    if (ids.length >= pieces) break;
    ids.push(...piecesOf(word, vocabulary));
  }
  return [...ids.slice(0, pieces - 1), END];
}

/** The longest known beginning, then the longest known continuation, and so on; a word with an unknown part is unknown. */
function piecesOf(word: string, vocabulary: ReadonlyMap<string, number>): number[] {
  if (word.length > LONGEST_WORD) return [UNKNOWN];
  const ids: number[] = [];
  let start = 0;
  while (start < word.length) {
    let end = word.length;
    let id: number | undefined;
    for (; end > start && id === undefined; end--)
      id = vocabulary.get((start === 0 ? "" : "##") + word.slice(start, end));
    if (id === undefined) return [UNKNOWN];
    ids.push(id);
    start = end + 1;
  }
  return ids;
}
