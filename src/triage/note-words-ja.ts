/** The note in Japanese. */
import type { NoteWords } from "./note-words.ts";

export const JA: NoteWords = {
  routedTo: (group) => `「${group}」に割り当てました`,
  checkWhere: "このチケットの担当グループをご確認ください",
  checkPlaced: (group) => `ご確認ください：いったん「${group}」に入れています`,
  wants: (intent) => `お客様のご要望：${intent}`,
  bestGuess: (intent) => `最も可能性の高いご要望：${intent}`,
  confidence: {
    high: "確信度：高",
    medium: "確信度：中（念のためご確認ください）",
    low: "確信度：低（ご確認ください）",
  },
  onlyCategory: "カテゴリだけが明らかで、具体的な用件ははっきりしていません。",
  why: (reasoning) => `理由：${reasoning}`,
  quotesFollow: "お客様の言葉：",
  quoted: (quote) => `「${quote}」`,
  considered: (intents) => `ほかに検討した候補：${intents.join("、")}`,
  local: "Claude を使わず、内蔵の分類器で分類しました。一次的な推測としてご覧ください。",
  nobodyChosen: "現在チーム内で担当者を選べなかったため、チケットはチーム全体に割り当てられています。",
  returned: (minutes) => `このチケットは${minutes}分間誰も対応していないため、チーム全体に戻されました。`,
  wrongTeam:
    "担当が違う場合は、正しいグループに移してください。変更はそのまま維持され、Switchyard が元に戻すことはありません。",
  moveIt: "正しいグループに移してください。変更はそのまま維持され、Switchyard が元に戻すことはありません。",
  origin: (id, version) => `Switchyard · 判定 ${id} · ルーティング表 ${version}`,
  reasons: {
    group_missing: "担当すべきチームが Zendesk に存在しないため、いったん予備のチームに入れています。",
    low_confidence: "Switchyard だけで割り当てるために求められる確信度に届きませんでした。",
    outside_taxonomy: "Switchyard が把握しているどのトピックにも当てはまりません。",
    needs_person: "複数の読み方ができるため、人による判断が必要です。",
    not_a_ticket: "スパム、自動返信、または配信不能通知と思われます。",
    injection_suspected:
      "本文（表示されない部分を含む）に振り分けシステムへの指示と思われる記述があるため、人による確認が必要です。",
    classifier_refused: "Claude がこのチケットの読み取りを拒否したため、人による確認が必要です。",
    classifier_failed: "このチケットについて有効な回答が得られなかったため、人による確認が必要です。",
    no_group: "担当すべきチームも予備のチームも Zendesk に存在しません。",
  },
};
