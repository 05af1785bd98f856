import type { Activity } from "@/lib/availability/declared/contract";

/** Activities with texts and durations in seconds. Without a duration, they have no end. */
export const activityTexts: readonly (readonly [
  activity: Exclude<Activity, "available">,
  text?: string,
  seconds?: number,
])[] = [
  ["onBreak", "Lunch with the team", 2700],
  ["onBreak", "Coffee ☕", 900],
  ["onBreak", "Picking up the kids 🚸", 3600],
  ["onBreak"],
  ["busy", "Backing up the phones", 7200],
  ["busy", "Month-end invoices"],
  ["busy", "Counting stock", 5400],
  ["busy"],
  ["inMeeting", "Stand-up 🧍", 1200],
  ["inMeeting", "1:1 with my lead", 1800],
  ["inMeeting", "Training: the new returns policy", 10_800],
  ["inMeeting"],
  ["onCall", "Conference call with a customer", 3600],
  ["onCall"],
  ["wrapUp", "Writing it all down", 300],
  ["wrapUp"],
];

/** An activity text of the maximum length, 140 characters. */
export const longestActivityText =
  "Covering for two colleagues at the trade fair today, so answers take a little longer; urgent matters please to the lead on duty. Thanks! 🙏 ❤";

/** Sentences for generated biographies. */
export const bioSentences: readonly string[] = [
  "Joined as a working student and stayed.",
  "Answers the odd questions, and likes them.",
  "Used to repair bicycles, now repairs orders.",
  "Fluent in spreadsheets.",
  "Looks after the knowledge base every second Thursday.",
  "Knows the returns process by heart, including the part nobody wrote down.",
  "Prefers e-mail before ten and the phone after.",
  "Trains the newcomers.",
  "Sings in a choir, which helps on long calls.",
  "Ask me about customs forms.",
  "Happy to take over anything with a tracking number.",
  "Grows tomatoes on a balcony of two square metres.",
];

/** Biographies by language. English ones are generated from sentences. */
export const wholeBios: Readonly<Record<string, string>> = {
  German: "Seit vielen Jahren im Kundendienst, am liebsten am Telefon. Fragen zu Rechnungen? Gerne zu mir.",
  French: "Je m'occupe des remboursements et des cas un peu tordus. Toujours avec le sourire.",
  Spanish: "Pedidos, devoluciones y paciencia. Escríbeme y lo miramos juntos.",
  Portuguese: "Atendo em português, espanhol e inglês.\n\nFora do trabalho: corrida, café e livros.",
  Italian: "Rispondo volentieri a domande su pagamenti e spedizioni.",
  Polish: "Najchętniej rozwiązuję sprawy, których nikt inny nie chce.",
  Ukrainian: "Допомагаю з оплатою та поверненнями. Пишіть будь-коли.",
  Greek: "Απαντώ σε ερωτήσεις για παραγγελίες και επιστροφές.",
  Turkish: "İade ve kargo konularında yardımcı oluyorum.",
  Japanese: "お問い合わせはお気軽にどうぞ。返品・交換を担当しています。",
  Korean: "결제와 배송 문의를 담당하고 있습니다.",
  Mandarin: "负责订单与退换货，欢迎随时联系。",
  Hindi: "भुगतान और वापसी से जुड़े सवाल मुझसे पूछें।",
  Thai: "ดูแลเรื่องการสั่งซื้อและการคืนสินค้า",
  Hebrew: "מטפלים יחד בכל שאלה על משלוחים והחזרים.",
  Arabic: "أعمل في خدمة العملاء وأحب حلّ المشكلات الصعبة.",
  English: "Second line, integrations.\n- imports\n- webhooks\n- whatever the first line could not reproduce",
};

const chapter =
  "I started at the front desk, when there were four of us and one telephone, and have since worked in every team that " +
  "we have: shipping, billing, returns, the night desk for two winters, and now the large accounts. What I learned: read " +
  "the whole message before answering, say what happens next and when, and never promise what somebody else has to keep. ";

/** A biography of the maximum length, 2,000 characters. */
export const longestBio = `${chapter.repeat(6).slice(0, 1999).trimEnd()}…`.padEnd(2000, "…");

const englishOutOfOffice = [
  "Thank you for your message. I'm not at my desk right now and will answer on my next working day.",
  "Out of office. Urgent? Write to support@northwind.example and my team takes over.",
  "I work part of the week and answer as soon as I'm back.\n\nYour case stays open until then; there is no need to write again.",
];

const outOfOffice: Readonly<Record<string, string>> = {
  German:
    "Vielen Dank für Ihre Nachricht. Ich bin zurzeit nicht am Platz und melde mich am nächsten Arbeitstag. In dringenden Fällen hilft mein Team weiter.",
  French: "Merci pour votre message. Je vous réponds dès mon retour.",
  Spanish: "Gracias por su mensaje. Le responderé en cuanto vuelva a estar en línea.",
  Portuguese: "Obrigado pela mensagem. Respondo assim que voltar.",
  Japanese: "ただいま席を外しております。戻り次第ご連絡いたします。",
};

/** Returns possible out-of-office replies for a language. */
export function outOfOfficeIn(language: string): readonly string[] {
  const own = outOfOffice[language];
  return own === undefined ? englishOutOfOffice : [own, ...englishOutOfOffice.slice(0, 1)];
}
