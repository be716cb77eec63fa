/**
 * More words for the meanings of `concepts.ts`: Polish, Turkish, Vietnamese and Swahili in Latin letters, then Russian,
 * Arabic, Korean, Thai and Chinese as stems that are looked for anywhere. No word here is an English one as well. They
 * suffice to propose a team for a ticket in a language that nothing was learned in, and never to assign it alone.
 */
export const MORE_WORDS: Readonly<Record<string, string>> = {
  password: "hasł* sifre* parola* khau nenosiri парол كلمة_المرور كلمة_السر 비밀번호 รหัสผ่าน 密码 密碼",
  forgot:
    "zapomn* pamietam unuttu* hatırlam* quen nimesahau umesahau забыл забуд не_помню نسيت 잊어 까먹 ลืม 忘记 忘記",
  reset: "zresetow* resetu sıfırla* сброс восстанов إعادة_التعيين إعادة_تعيين 재설정 초기화 รีเซ็ต 重置 重設",
  sign_in:
    "zalogow* logowani* giris* nhap kuingia войти вход_в логин تسجيل_الدخول الدخول 로그인 เข้าสู่ระบบ ล็อกอิน 登录 登錄 登入",
  locked:
    "zablokow* kilitl* engellen* bi_khoa imefungwa заблокир блокиров محظور مقفل 잠겼 정지 차단 ถูกล็อก ระงับ 锁定 被封 冻结",
  account: "kontem hesab* khoan akaunti аккаунт учетн حساب 계정 บัญชี 账户 账号 帳戶",
  invoice:
    "faktur* fatura* hoa_đon ankara счет-фактур счёт накладн فاتورة 청구서 영수증 세금계산서 ใบแจ้งหนี้ ใบเสร็จ 发票 账单 發票",
  charge:
    "pobran* obciazen* cekil* tahsil* tru_tien nimekatwa imekatwa списал списан خصم 결제 청구 ตัดเงิน หักเงิน เก็บเงิน 扣款 收费 扣费",
  double:
    "dwukrotn* podwojn* dwa_razy iki_kez iki_kere mukerrer hai_lan mbili дважды двойн два_раза مرتين 두_번 이중 중복 สองครั้ง ซ้ำ 两次 重复 兩次",
  payment:
    "płatnos* zapłac* pieniadze odeme* odedim thanh_toan malipo nimelipa оплат платеж платёж دفع الدفع 결제 지불 ชำระ จ่ายเงิน 付款 支付",
  refund:
    "zwrot_pieniedzy iade_et* para_iadesi hoan_tien mnirudishie рефанд верните_ возврат_денег вернуть_деньги إعادة_المبلغ استرداد 환불 คืนเงิน ขอเงินคืน 退款",
  card: "karty karta kartim* kartım* kadi_yangu с_карты карт_ البطاقة بطاقتي 카드 บัตร 信用卡 银行卡",
  price:
    "cennik* kosztuje fiyat* ucret* gia_bao bao_nhieu bei_gani стоит цен السعر بكم 가격 얼마 ราคา เท่าไหร่ 价格 多少钱",
  discount: "znizk* indirim* giam_gia punguzo скидк خصم_على 할인 ส่วนลด 折扣 优惠",
  subscription: "subskrypcj* abonelig* abonelik* đang_ky usajili подписк اشتراك 구독 สมาชิก 订阅 訂閱",
  cancel:
    "anulow* rezygn* rozwiazani* wypowied* iptal* huy ghairi kusitisha отменить отмен расторг إلغاء 취소 해지 ยกเลิก 取消",
  contract: "umowy umowe sozlesme* hop_đong mkataba договор العقد 계약 สัญญา 合同",
  order:
    "zamowi* siparis* đat_hang đon_hang niliagiza agizo заказ طلبت طلبي الطلب 주문 สั่งซื้อ สั่งของ คำสั่งซื้อ 订单 訂單 下单",
  parcel:
    "paczk* przesyłk* kargo* paket_ buu_kien goi_hang mzigo kifurushi посылк طرد الشحنة 택배 소포 พัสดุ 包裹 快递",
  deliver:
    "dostaw* dostarcz* dotrze teslim* ulasır ulasmad* giao kitafika kufika sijapata доставк доставят доставл توصيل يصل 배송 배달 도착 จัดส่ง ส่งของ ยังไม่ได้รับ 送货 配送 收到",
  where: "gdzie nerede đau wapi где_ أين 어디 ที่ไหน อยู่ไหน 哪里 在哪",
  tracking: "sledzeni* takip theo_doi kufuatilia отслежив трек-номер تتبع 조회 운송장 ติดตาม 物流 追踪",
  late: "opoznion* gecik* gec_kald* chua_nhan kuchelewa bado задерж опозд تأخر 늦 지연 ล่าช้า ยังไม่มา 迟 还没",
  address: "adresu adresi đia_chi anwani адрес عنوان 주소 ที่อยู่ 地址",
  return_goods:
    "zwrocic odesłac iade* tra_hang tra_lai kurudisha вернуть_товар возврат إرجاع 반품 คืนสินค้า 退货 退貨",
  exchange:
    "wymian* wymienic degistirmek đoi_hang đoi_cai kubadilisha обменять обмен_ استبدال 교환 เปลี่ยนสินค้า 换货 換貨",
  damaged:
    "uszkodz* zepsut* pekniet* kırık* hasarlı* bi_rach bi_vo imevunjika поврежд сломан разбит مكسور تالف 파손 깨진 깨져 เสียหาย แตก 损坏 破损 坏了",
  size: "rozmiar* beden* numara* kich_co saizi размер مقاس المقاس 사이즈 치수 ไซส์ ขนาด 尺码 大小",
  stock: "dostepn* stokta het_hang в_наличии متوفر 재고 품절 สินค้าหมด มีของ 有货 缺货 库存",
  error: "bład* błedu hata* loi_ kosa ошибк خطأ 오류 에러 ข้อผิดพลาด 错误 報錯",
  crash:
    "zawiesza zamyka kapanıyor cokuyor bi_văng inajifunga вылета закрывается зависа يتوقف 꺼져 꺼집 튕겨 เด้ง ค้าง 闪退 崩溃",
  app: "aplikacj* uygulama* ung_dung programu приложени программ التطبيق 앱_ 어플 แอป 应用 软件",
  update: "aktualizacj* guncelle* cap_nhat sasisho обновлени تحديث 업데이트 อัปเดต 更新",
  slow: "wolno powoli yavas* cham_ polepole медленн тормоз بطيء 느려 느리 ช้ามาก 很慢 卡顿",
  install: "zainstal* instalacj* kurulum* cai_đat kusakinisha установ تثبيت 설치 ติดตั้ง 安装",
  screen: "ekran* man_hinh skrini экран شاشة 화면 หน้าจอ 屏幕",
  battery: "bateri* pil_ аккумулятор батаре بطارية 배터리 แบตเตอรี่ 电池",
  repair: "naprawi* napraw* tamir* sua_chua kutengeneza ремонт починит إصلاح 수리 ซ่อม 维修",
  complain: "skarg* reklamacj* sikayet* khieu_nai malalamiko жалоб безобразие شكوى 불만 항의 ร้องเรียน 投诉",
  rude: "nieuprzejm* kaba_ saygısız* vo_le нахамил груб_ хамств وقح 불친절 무례 หยาบคาย ไม่สุภาพ 态度",
  manager:
    "kierownik* przełozon* mudur* yonetici* quan_ly meneja руководств начальник مدير 책임자 매니저 ผู้จัดการ 经理",
  thanks: "dziekuj* tesekkur* cam_on asante спасибо شكرا 감사 고맙 ขอบคุณ 谢谢 感谢",
  hacked: "zhakow* włamani* hacklen* calındı* bi_hack взлом اختراق 해킹 โดนแฮก 被盗 黑客",
  phishing:
    "oszustw* podejrzan* dolandırıcı* supheli* lua_đao ulaghai мошенни подозрительн احتيال مشبوه 사기 피싱 หลอกลวง น่าสงสัย 诈骗 可疑",
  now: "natychmiast* pilnie acil_ hemen khan_cap haraka срочно немедленно فورا عاجل 긴급 당장 ด่วน 紧急 马上",
  everyone:
    "wszyscy nikt_nie herkes hicbir moi_nguoi wote у_всех все_сотрудник الجميع 모두 전체 ทุกคน 所有人 全公司",
  down: "awari* nie_działa calısmıyor sap_he haifanyi не_работает недоступ معطل لا_يعمل 먹통 중단 장애 ล่ม ใช้งานไม่ได้ 宕机 瘫痪",
  delete: "usunac usuniec* silmek silin* xoa kufuta удалить удален حذف 삭제 ลบ_ ลบบัญชี 删除",
  data: "danych verileri* du_lieu данных البيانات 데이터 개인정보 ข้อมูล 数据",
  privacy: "rodo kvkk prywatnos* gizlilik* faragha персональн الخصوصية 개인정보 ความเป็นส่วนตัว 隐私",
  how: "jak_ nasıl lam_the_nao jinsi как_ كيف 어떻게 방법 อย่างไร ยังไง 怎么 如何",
  change: "zmienic zmiana degistir* thay_đoi kubadili изменить поменять تغيير 변경 바꾸 เปลี่ยน 更改 修改",
  appointment: "wizyt* randevu* lich_hen miadi записаться запис_на موعد 예약 นัดหมาย 预约",
  training: "szkoleni* egitim* đao_tao mafunzo обучени تدريب 교육 อบรม 培训",
  wish: "propozycj* oneri* đe_xuat pendekezo предложени хотелось_бы اقتراح 제안 추가해 ข้อเสนอ อยากให้มี 建议 希望",
  integration: "integracj* entegrasyon* tich_hop интеграц تكامل 연동 เชื่อมต่อ 集成 对接",
  document: "zaswiadczen* belge* chung_nhan hati_ документ сертификат شهادة 증명서 เอกสาร 证明 文件",
};
