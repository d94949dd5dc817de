/** Texts that a telephone company might send, all made up; `{…}` are filled in by `mergeNotice`. */
export const NOTICES: readonly [Notices, ...Notices[]] = [
  {
    language: 'English',
    names: ['Amelia', 'Oliver', 'Isla'],
    texts: {
      'DEMO-BILL': 'Hi {name}, your bill of £{amount} is ready. We will collect it on {date}.',
      'DEMO-DATA': 'You have used {percent} % of your data 📶. Top up in the app before {date}.',
      'DEMO-CODE': '{code} is your one-time code. Never share it, not even with us.',
      'DEMO-VISIT': '{name}, our engineer calls on {date} between 08:00 and 12:00. Reply C to change it.',
      'DEMO-ROAMING':
        "Welcome abroad! Calls, texts & data cost what they cost at home <until you've used 25 GB>.",
    },
  },
  {
    language: 'German',
    names: ['Jürgen', 'Käthe', 'Björn'],
    texts: {
      'DEMO-BILL': 'Guten Tag {name}, Ihre Rechnung über {amount} € ist da. Abbuchung am {date}.',
      'DEMO-DATA': 'Sie haben {percent} % Ihres Datenvolumens verbraucht. Es erneuert sich am {date}.',
      'DEMO-CODE': 'Ihr Einmalcode lautet {code}. Geben Sie ihn niemandem weiter.',
      'DEMO-VISIT': 'Unser Techniker kommt am {date} zwischen 8 und 12 Uhr. Grüße aus Köln!',
      'DEMO-ROAMING': 'Schöne Reise, {name}! Telefonieren kostet in der EU dasselbe wie zu Hause.',
    },
  },
  {
    language: 'Polish',
    names: ['Łukasz', 'Zofia', 'Grażyna'],
    texts: {
      'DEMO-BILL': 'Dzień dobry {name}, rachunek na {amount} zł jest gotowy. Termin płatności: {date}.',
      'DEMO-DATA': 'Wykorzystano {percent} % pakietu danych. Odnowi się {date}.',
      'DEMO-CODE': 'Twój kod jednorazowy to {code}. Nie podawaj go nikomu.',
      'DEMO-VISIT': 'Technik przyjedzie {date} między 8:00 a 12:00. Prosimy o obecność.',
      'DEMO-ROAMING': 'Miłej podróży, {name}! W UE dzwonisz tak jak w kraju.',
    },
  },
  {
    language: 'Greek',
    names: ['Ελένη', 'Νίκος', 'Σοφία'],
    texts: {
      'DEMO-BILL': 'Γεια σας {name}, ο λογαριασμός των {amount} € είναι έτοιμος. Λήξη: {date}.',
      'DEMO-DATA': 'Έχετε καταναλώσει το {percent} % των δεδομένων σας. Ανανέωση στις {date}.',
      'DEMO-CODE': 'Ο κωδικός μίας χρήσης είναι {code}. Μην τον δώσετε σε κανέναν.',
      'DEMO-VISIT': 'Ο τεχνικός μας έρχεται στις {date}, από 08:00 έως 12:00.',
      'DEMO-ROAMING': 'Καλό ταξίδι, {name}! Στην ΕΕ μιλάτε όπως στο σπίτι.',
    },
  },
  {
    language: 'Arabic',
    names: ['ليلى', 'يوسف', 'سلمى'],
    texts: {
      'DEMO-BILL': 'مرحبًا {name}، فاتورتك بقيمة {amount} جاهزة. تاريخ الاستحقاق: {date}.',
      'DEMO-DATA': 'لقد استخدمت {percent}٪ من باقة البيانات. تتجدد الباقة في {date}.',
      'DEMO-CODE': 'رمز التحقق الخاص بك هو {code}. لا تشاركه مع أي شخص.',
      'DEMO-VISIT': 'سيزورك الفني في {date} بين الساعة 8 و12. شكرًا لك.',
      'DEMO-ROAMING': 'رحلة سعيدة يا {name}! المكالمات في الخارج بسعر بلدك.',
    },
  },
  {
    language: 'Hindi',
    names: ['आरव', 'प्रिया', 'कबीर'],
    texts: {
      'DEMO-BILL': 'नमस्ते {name}, आपका ₹{amount} का बिल तैयार है। अंतिम तिथि: {date}।',
      'DEMO-DATA': 'आपने अपने डेटा का {percent}% उपयोग कर लिया है। नया डेटा {date} से मिलेगा।',
      'DEMO-CODE': 'आपका वन-टाइम कोड {code} है। इसे किसी के साथ साझा न करें।',
      'DEMO-VISIT': 'हमारे तकनीशियन {date} को सुबह 8 से 12 बजे के बीच आएँगे।',
      'DEMO-ROAMING': '{name}, आपकी यात्रा शुभ हो! विदेश में भी घर जैसी दरें।',
    },
  },
  {
    language: 'Chinese',
    names: ['王芳', '李伟', '张敏'],
    texts: {
      'DEMO-BILL': '{name}您好，您的账单为{amount}元，请于{date}前付款。',
      'DEMO-DATA': '您已使用{percent}%的流量，将于{date}更新。',
      'DEMO-CODE': '您的验证码是{code}，请勿告诉任何人。',
      'DEMO-VISIT': '工程师将于{date}上午8点至12点上门，请留意来电。',
      'DEMO-ROAMING': '{name}，祝您旅途愉快！境外通话与国内同价。',
    },
  },
  {
    language: 'Japanese',
    names: ['さくら', '健太', '美咲'],
    texts: {
      'DEMO-BILL': '{name}様、今月のご請求額は{amount}円です。お支払日は{date}です。',
      'DEMO-DATA': 'データ容量の{percent}％をご利用済みです。{date}に更新されます。',
      'DEMO-CODE': '認証コードは{code}です。誰にも教えないでください。',
      'DEMO-VISIT': '{date}の8時から12時の間に担当者が伺います。よろしくお願いします🙇‍♀️',
      'DEMO-ROAMING': '{name}様、よいご旅行を！✈️ 海外でも国内と同じ料金です。',
    },
  },
];

/** The texts of one language. */
export interface Notices {
  readonly language: string;
  readonly names: readonly [string, ...string[]];
  readonly texts: Readonly<Record<NoticeCode, string>>;
}

export const NOTICE_CODES = ['DEMO-BILL', 'DEMO-DATA', 'DEMO-CODE', 'DEMO-VISIT', 'DEMO-ROAMING'] as const;

type NoticeCode = (typeof NOTICE_CODES)[number];
