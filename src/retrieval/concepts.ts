/**
 * Words of support tickets in several languages, gathered under one meaning each. They let a table that is written mostly
 * in English place a ticket in another language, and let "charged" find an example that says "billed". The list knows
 * no intent: which meanings speak for which intent is learned from the routing table.
 *
 * Written without accents and in lower case. `word*` stands for every word that begins so; anything in another script is
 * looked for anywhere in the text, because such languages may not put blanks between words.
 */
import { fold } from "../text/fold.ts";
import { MORE_WORDS } from "./concept-words.ts";

const CONCEPTS: Readonly<Record<string, string>> = {
  password:
    "password* passcode pw passwort* kennwort* contrasena* senha* wachtwoord* passwor* mdp passe パスワード",
  forgot: "forg* remember* vergess* vergeten oublie* olvid* esquec* dimentic* 忘れ",
  reset: "reset* zurucksetz* zuruckzusetz* reinitialis* restablec* redefin* reimpost* 再設定 リセット",
  sign_in:
    "login* log-in logon signin sign-in anmeld* einlogg* reinkomm* connecter connexion ingresar inloggen accedere acceso accesso ログイン",
  locked:
    "lock* unlock* block* gesperrt* sperr* bloque* bloccat* bloquead* geblokkeerd* suspend* suspens* deactivat* desactiv* deaktiv* ロック 停止中",
  account: "account* konto* compte cuenta* conta contas アカウント",
  permission:
    "permission* right rights role roles admin* berechtig* rechte droits permiso* permiss* permess* rechten",
  invoice:
    "invoic* bill bills billing receipt* rechnung* factura* facture* fattur* factuur* facturen fatura* recibo* 請求 領収",
  charge:
    "charg* debit* abgebucht* abbuch* belast* prelev* cobrad* cobran* cobr addebit* afgeschreven 引き落とし",
  double:
    "twice double* duplicat* identical doppelt* zweimal deux-fois double duplicad* doppio dubbel* veces vezes dobro 二重",
  payment: "pay* paid zahl* bezahl* paiement* pago* pagament* pagar betal* 支払",
  refund: "refund* reimburs* money-back erstatt* ruckerstatt* rembours* reembols* rimbors* terugbetal* 返金",
  amount: "amount* fee fees sum betrag* montant importe importo bedrag* valor 金額",
  card: "card* karte* kreditkarte* carte tarjeta* cartao carta creditcard* kaart カード",
  tax: "vat tax* mwst umsatzsteuer* steuer* tva iva btw nif 消費税",
  price:
    "price* pricing cost costs kost* preis* prix tarif* precio* precos preco prezz* prijs* cuesta* custa* coute* coutent 価格 値段",
  quote: "quote* quotation* offer offerte* angebot* devis presupuesto* orcamento* preventiv* 見積",
  discount: "discount* rebate* reduced rabatt* remise* reduction descuento* desconto* sconto* korting* 割引",
  plan: "plan plans tier tariff* tarif formule* piano plano abonnement* プラン",
  subscription: "subscri* abo abos abonnement* suscripc* assinatur* abbonament* サブスク 定期",
  seats: "seat seats licen* lizenz* nutzer* siege* utilisateur* usuario* utenti gebruiker* ライセンス",
  switch_plan: "switch* downgrad* upgrad* umstell* wechsel* passer cambiar mudar passare overstap* 変更",
  cancel:
    "cancel* terminat* kundig* resili* anul* annul* cancelar* disdir* disdett* opzeg* beeindig* 解約 退会 キャンセル",
  contract: "contract* agreement* vertrag* contrat* contrato* contratto* overeenkomst* 契約",
  order:
    "order orders ordered ordering bestell* commande* command* pedido* encomend* ordine ordini ordinat* 注文",
  parcel: "parcel* package* shipment* paket* pakje* colis paquete* pacote* pacco pacchi 荷物 小包",
  deliver: "deliver* liefer* zustell* livr* entreg* consegn* bezorg* lever* 配送 配達 届",
  where: "where wo ou donde onde dove waar どこ",
  tracking: "track* sendungsverfolg* suivi seguimiento rastre* tracciament* 追跡",
  ship: "ship* postage courier* carrier* versand* verschick* versend* envio* enviar expedi* spedi* verzend* port 発送 送料",
  late: "late delay* waiting overdue verspat* warte* retard* tard* atras* ritardo te-laat 遅",
  address: "address* adress* direccion* endereco* indirizz* adres 住所",
  return_goods:
    "return* send-back zuruckschick* zurucksend* rucksend* retourn* retour* renvoy* devolv* devoluc* devuel* reso restitu* 返品",
  exchange: "exchang* swap* replac* umtausch* austausch* echang* cambio* scambi* omruil* ruilen troca* 交換",
  damaged:
    "damag* broken shatter* beschadig* zerbroch* casse* roto* rota quebrad* rott* rotto kapot* 破損 壊れ",
  size: "size* fit fits fitting grosse* taille* talla* tamanho taglia* maat サイズ",
  stock:
    "stock* restock* sold-out lieferbar vorrat* verfugbar* disponib* agotad* esgotad* esaurit* voorraad* 在庫 再入荷",
  launch: "launch* releas* erschein* sortie lanzamiento lancament* lancio 発売",
  device: "device* gerat* appareil* dispositiv* aparelh* apparaat* apparat* machine* 端末 機器",
  screen: "screen* display* monitor* bildschirm* ecran* pantalla* tela schermo* scherm 画面",
  battery: "batter* akku* bateri* batterij* バッテリー 電池",
  power:
    "power* charger* charge charges charging plug einschalt* strom lad* aufladen allum* encend* encender carreg* accend* opladen aufgeladen 電源 充電",
  heat: "hot heat* overheat* heiss* chauff* calienta* esquent* surriscald* heet 熱",
  repair: "repair* reparier* reparatur* repar* ripar* 修理",
  error: "error* fehler* erreur* errore* erro erros fout* foutmelding* エラー",
  crash:
    "crash* sturzt* absturz* plant* closes cierra* fecha sozinh* chiude* vastgelopen freez* froze* 落ち クラッシュ",
  app: "app apps application* software program* programm* logiciel* aplicac* aplicativ* applicazion* toepassing アプリ ソフト",
  save: "sav* speicher* enregistr* guard* salv* opslaan 保存",
  update: "updat* upgrad* aktualis* mise-a-jour actualiz* atualiz* aggiorn* bijwerk* アップデート 更新",
  version: "version* release* edition* versie* バージョン",
  os: "windows macos mac linux ubuntu android ios iphone ipad chromebook",
  browser: "browser* chrome firefox safari edge navigateur* navegador* ブラウザ",
  compatible: "compatib* kompatib* geeignet requirement* voraussetz* requisit* 対応 互換",
  slow: "slow* lag* sluggish crawl* langsam* trag* lent* lenteur* lento* traag* trage 遅い 重い",
  load: "load* lad* charger charge carga* carreg* caric* laden 読み込み",
  install: "install* setup einricht* instal* 設置 インストール",
  key: "activation* activate aktivier* licence-key cle clave chave chiave 認証キー",
  technician: "technic* engineer* technik* tecnic* monteur* 技術者",
  maintain:
    "maintenance servic* inspection* wartung* entretien mantenim* manutenc* manutenz* onderhoud* メンテナンス 点検",
  appointment: "appointment* reschedul* termin* rendez-vous cita* marca* appuntament* afspra* 予約 日程",
  feature: "featur* function* funktion* fonction* funcion* func* funzion* functie* 機能",
  wish: "wish* would-love idea request* wunsch* wunsche* souhait* deseo vorschlag* suger* suggest* proposta ほしい 要望",
  add: "add adding adds hinzufug* einbau* ajout* anad* adicion* aggiung* toevoeg* 追加",
  thanks:
    "thank* praise* great lob merci gracias obrigad* grazie dank* bedankt complimenti felicit* 感謝 ありがとう",
  complain:
    "complain* complaint* beschwer* plainte* reclam* queja* klacht* unacceptable inadmissible inaceptable 苦情",
  rude: "rude* impolite unfreundlich* impoli* grosero* maleducad* onbeleefd* 失礼",
  manager: "manager* supervisor* vorgesetzt* responsable* gerente* responsabile* 責任者 上司",
  nobody_answers: "nobody no-one niemand personne nadie ninguem nessuno ignored ignor*",
  staff:
    "agent agents employee* staff team colleague* coworker* mitarbeiter* kollege* equipe* equipo* collega* dipendent* 社員 従業員",
  unknown: "unknown unbekannt* inconnu* desconocid* desconhecid* sconosciut* onbekend* 不明",
  phishing:
    "phish* scam* fraud* suspicious* verdacht* betrug* arnaque* suspect* estafa* sospechos* golpe suspeit* truff* sospett* oplicht* verdacht* 詐欺 不審",
  hacked:
    "hack* attacker* breach* compromised gehackt angreif* pirat* hacke* violat* ataqu* intrus* 乗っ取 ハッキング 攻撃",
  now: "now immediately sofort jetzt immediatement ahora inmediat* agora subito direct nu 今すぐ 至急",
  today:
    "today tonight tomorrow deadline heute morgen frist aujourd* demain hoy manana hoje amanha oggi domani vandaag 本日 明日 締め切り",
  everyone: "everyone everybody entire whole gesamt* ganze* toute* todos toda tutti iedereen 全員 全社 全体",
  down: "outage* down unreachable ausfall* totalausfall* steh* panne* caid* storing* standstill 停止 ダウン 障害",
  privacy: "privacy gdpr dsgvo rgpd lgpd avg datenschutz* 個人情報 プライバシー",
  personal: "personal personenbezog* personnel* personlich* personale* pessoa* persoon*",
  data: "data daten donnees datos dados dati gegevens データ",
  delete: "delet* eras* remov* losch* supprim* elimin* apag* cancella* verwijder* 削除",
  two_factor:
    "2fa mfa two-factor two-step authenticator* zwei-faktor* passkey* sicherheitsschlussel* beveiligingssleutel* 二段階",
  sso: "sso saml single-sign-on okta azure",
  compliance:
    "complian* comply hipaa iso soc pci regulat* audit* conform* vorschrift* normes normas 準拠 規制",
  terms:
    "terms conditions agb cgu condiciones condicoes condizioni voorwaarden policy warranty garantie* garanzia 規約 利用条件",
  document:
    "document* certificate* zertifikat* bescheinig* certifica* dpa nda w-9 verarbeitung verwerkersovereenkomst unterschrieben* ondertekend* signed 証明書 書類",
  manual:
    "manual* handbook* guide guides documentation bedienungsanleitung* anleitung* handbuch* mode-emploi emploi manuel* manuale handleiding* マニュアル 説明書",
  training:
    "train* course* schulung* kurs* formation* formacion curso* formazione corso cursus* opleiding* 研修 トレーニング",
  webinar: "webinar* workshop* seminar* webinaire* atelier* taller* seminario* ウェビナー セミナー",
  register: "regist* sign-up enrol* anmeldung inscri* iscriv* iscri* aanmeld* 登録 申し込",
  recording: "recording* aufzeichn* enregistrement* grabacion* gravac* registrazion* opname* 録画",
  integration:
    "integrat* connector* sync* link schnittstelle* anbind* verbind* connecteur* integr* sincroniz* sincronizz* koppel* 連携 統合",
  api: "api endpoint* token* webhook* sdk json rest graphql",
  limit: "limit* grenze* limite* 制限 上限",
  shop_systems:
    "salesforce hubspot slack teams zapier shopify woocommerce magento sap datev jira outlook quickbooks xero mailchimp wordpress pipedrive sage",
  how: "how wie comment como come hoe 方法 教えて",
  change: "chang* ander* wijzig* modif* cambi* mudar alter* 変更",
  language: "language* sprache* langue* idioma* lingua taal 言語",
  recommend:
    "recommend* advice advis* best-practice empfehl* empfiehl* bewahrt* recommand* recomiend* recomend* consigli* aanbevel* おすすめ 推奨",
};

const NOT_LATIN = /[^\p{Script=Latin}\p{Script=Common}\p{M}]/u;

/** Latin script is compared word by word, phrases between blanks; the rest is searched for in the text. */
const exact = new Map<string, string[]>();
const prefixes = new Map<string, string[]>();
const phrases: (readonly [phrase: string, concept: string])[] = [];
const elsewhere: (readonly [needle: string, concept: string])[] = [];

for (const table of [CONCEPTS, MORE_WORDS])
  for (const [concept, words] of Object.entries(table))
    for (const word of words.split(" ")) learn(word, concept);

/** @param word `_` stands for a blank */
function learn(word: string, concept: string): void {
  const text = word.replaceAll("_", " ");
  if (NOT_LATIN.test(word)) elsewhere.push([text, concept]);
  else if (word.endsWith("*")) push(prefixes, word.slice(0, -1), concept);
  else if (text.trim().includes(" ")) phrases.push([` ${text.trim()} `, concept]);
  else push(exact, text.trim(), concept);
}

function push(map: Map<string, string[]>, key: string, concept: string): void {
  map.set(key, [...(map.get(key) ?? []), concept]);
}

const LONGEST_PREFIX = Math.max(...[...prefixes.keys()].map((prefix) => prefix.length));

/** The meanings of one word, folded as `words.ts` folds it. */
export function conceptsOf(word: string): string[] {
  const found = [...(exact.get(word) ?? [])];
  for (let length = Math.min(word.length, LONGEST_PREFIX); length >= 2; length--)
    found.push(...(prefixes.get(word.slice(0, length)) ?? []));
  return [...new Set(found)];
}

/** The meanings of several words, or in scripts without blanks, each with the piece that was found. */
export function conceptsIn(text: string): { concept: string; found: string }[] {
  const folded = ` ${fold(text).replace(/[\s\p{P}]+/gu, " ")} `;
  const found = phrases.filter(([phrase]) => folded.includes(phrase));
  if (NOT_LATIN.test(text)) found.push(...elsewhere.filter(([needle]) => folded.includes(needle)));
  return found.map(([piece, concept]) => ({ concept, found: piece.trim() }));
}
