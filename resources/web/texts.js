// Every text that a person reads, in both languages, in one place.

const ENGLISH = {
  join: "Join",
  joining: "Joining…",
  nickname: "Nickname",
  password: "Room password",
  joinRoom: "Join this room",
  loading: "Looking for the room…",
  noRoom: "The room does not answer. Is the host’s computer on, and are you on the same network?",
  tryAgain: "Try again",
  truthHttp: "Not encrypted: others on this network could read along.",
  truthHttps: "Encrypted with the room’s own certificate.",
  guestHttp: "You are a guest, by browser. Others on this network could read along.",
  guestHttps: "You are a guest, by browser. Encrypted with the room’s own certificate.",
  learnMore: "Learn more",
  howSafe: "How safe is this?",
  safeHttp: "This page came over plain HTTP. Whoever shares this network can read what is said here, the password too, and could change it on the way. Papo itself encrypts everything: use it where that matters.",
  safeHttps: "What you read and write is encrypted. The room signs its own certificate, so your browser cannot tell whose it is. Compare the fingerprint that your browser shows for the certificate with the one on the host’s screen: if they are the same, nobody stands between.",
  safeSwitch: "Open this page encrypted instead",
  safeSwitchHint: "Your browser will warn you once: the room signs its own certificate.",
  fingerprint: "Fingerprint",
  inWords: "In words",
  dismiss: "Dismiss",
  close: "Close",
  people: "People",
  showPeople: "Show who is here",
  room: "Room",
  more: "More",
  yourNickname: "Your nickname",
  rename: "Change",
  leave: "Leave the room",
  leaveSure: "Leave this room?",
  peopleCount: { one: "{n} person", other: "{n} people" },
  you: "you",
  host: "Host",
  moderator: "Moderator",
  browserGuest: "Browser guest",
  textGuest: "Text guest",
  away: "away",
  muted: "muted",
  messages: "Messages",
  write: "Write a message",
  send: "Send",
  attach: "Send files or pictures",
  emoji: "Emoji",
  reply: "Reply",
  react: "React",
  copy: "Copy text",
  edit: "Edit",
  remove: "Delete",
  removeSure: "Delete this message for everyone?",
  cancel: "Cancel",
  save: "Save",
  actions: "Message actions",
  replyingTo: "Replying to {nick}",
  editing: "Editing your message",
  edited: "edited",
  deleted: "Message deleted",
  answered: "Answer to a message that is not here",
  today: "Today",
  yesterday: "Yesterday",
  newMessages: "New messages",
  toNewest: "To the newest message",
  older: "Earlier messages",
  beginning: "This is the beginning of what you may see.",
  nothingKept: "This room keeps no history. You see what is said from now on.",
  emptyRoom: "Nothing has been said yet. Say hello.",
  came: { one: "{names} joined", other: "{names} joined" },
  went: { one: "{names} left", other: "{names} left" },
  andMore: { one: "{names} and {n} more", other: "{names} and {n} more" },
  and: "{a} and {b}",
  renamed: "{before} is now {nick}",
  topicNow: "{by} changed the topic: {topic}",
  typingOne: "{a} is typing…",
  typingTwo: "{a} and {b} are typing…",
  typingMany: "Several people are typing…",
  sending: "Sending",
  saved: "Saved at the host",
  notSent: "Not sent.",
  waitsHere: { one: "{n} message waits for the connection.", other: "{n} messages wait for the connection." },
  reconnecting: "No connection to the host’s computer. Trying again in {n} s.",
  connecting: "Connecting to the host’s computer…",
  tryNow: "Try now",
  slowed: "You write faster than this room allows. Your messages go out in a moment.",
  download: "Save {name}",
  openPicture: "Picture: {name}. Open it",
  uploading: "{name}: {percent} %",
  fileFailed: "{name} was not sent.",
  cancelFile: "Cancel sending {name}",
  tooLarge: "{name} is larger than this room takes ({size} at most).",
  fetchFailed: "The file could not be fetched. Try again.",
  pictureWaits: "Loading the picture…",
  reactionBy: { one: "{emoji}: {n} person. {names}", other: "{emoji}: {n} people. {names}" },
  joinedAs: "You are in the room as {nick}.",
  backOnline: "Connected again.",
  nobody: "Nobody is here.",
  emojiGroups: ["Smileys", "People", "Nature", "Food", "Things", "Symbols"],
  codes: {
    "nickname-empty": "Choose a nickname.",
    "nickname-too-long": "The nickname is too long. Choose a shorter one.",
    "nickname-not-allowed": "This nickname has characters that cannot be in one. Choose another.",
    "nickname-taken": "“{nick}” is taken in this room. Choose another nickname.",
    "room-full": "The room is full. Try again later.",
    "room-locked": "Nobody new gets in at the moment. Ask the host.",
    "wrong-password": "Wrong password. Ask the host for it, and try again.",
    "too-many-guesses": "Too many wrong passwords. Try again in {seconds} s.",
    "removed": "You were shown out of the room.",
    "banned": "You were banned from this room.",
    "room-closed": "The host closed the room.",
    "replaced": "You joined in another tab or window, so this one was closed.",
    "no-guests": "This room lets no browsers in (any more). Ask the host, or join with Papo.",
    "timed-out": "Joining took too long. Try again.",
    "peer-too-old": "This page is older than the room. Load it again.",
    "peer-too-new": "The room’s Papo is older than this page. Load it again.",
    "text-too-long": "The message is too long: {limit} characters at most.",
    "not-saved": "Not saved: the disk of the host’s computer is full.",
    "muted": "You may not write at the moment.",
    "hosts-only": "Only the host and moderators may write at the moment.",
    "no-such-message": "The message is not there any more.",
    "not-permitted": "You may not do that.",
    "too-many-emoji": "This message has as many different emoji as it may have.",
    "not-an-emoji": "Only an emoji can be put to a message.",
    "no-such-file": "The host has no such file (any more).",
    "too-many-files": "Too many files in one message.",
    "no-files": "This room takes no files.",
    "too-large": "The file is larger than this room takes.",
    "room-is-full": "The files of this room take as much as they may.",
    "no-space": "The disk of the host’s computer is full, or nearly.",
    "too-many": "Too many of your files are on their way, or in no message. Try again later.",
    "disk": "The host’s computer could not save it. Try again later.",
    "lost": "The connection broke off too often. Try again later.",
    "too-many-links": "There are too many connections from your address. Close other tabs, or wait a moment.",
    other: "That did not work ({code}).",
  },
};

const PORTUGUESE = {
  join: "Entrar",
  joining: "Entrando…",
  nickname: "Apelido",
  password: "Senha da sala",
  joinRoom: "Entrar nesta sala",
  loading: "Procurando a sala…",
  noRoom: "A sala não responde. O computador de quem hospeda está ligado, e você está na mesma rede?",
  tryAgain: "Tentar de novo",
  truthHttp: "Sem criptografia: outras pessoas nesta rede podem ler.",
  truthHttps: "Criptografado com o certificado da própria sala.",
  guestHttp: "Você é visitante, pelo navegador. Outros nesta rede podem ler a conversa.",
  guestHttps: "Você é visitante, pelo navegador. Criptografado com o certificado da própria sala.",
  learnMore: "Saiba mais",
  howSafe: "Quão seguro é isto?",
  safeHttp: "Esta página veio por HTTP simples. Quem está na mesma rede pode ler o que se diz aqui, a senha também, e poderia mudá-lo no caminho. O próprio Papo criptografa tudo: use-o onde isso importa.",
  safeHttps: "O que você lê e escreve vai criptografado. A sala assina o próprio certificado, então o navegador não sabe de quem ele é. Compare a impressão digital que o navegador mostra para o certificado com a da tela de quem hospeda: se forem iguais, não há ninguém no meio.",
  safeSwitch: "Abrir esta página com criptografia",
  safeSwitchHint: "O navegador vai avisar uma vez: a sala assina o próprio certificado.",
  fingerprint: "Impressão digital",
  inWords: "Em palavras",
  dismiss: "Dispensar",
  close: "Fechar",
  people: "Pessoas",
  showPeople: "Mostrar quem está aqui",
  room: "Sala",
  more: "Mais",
  yourNickname: "Seu apelido",
  rename: "Mudar",
  leave: "Sair da sala",
  leaveSure: "Sair desta sala?",
  peopleCount: { one: "{n} pessoa", other: "{n} pessoas" },
  you: "você",
  host: "Hospeda",
  moderator: "Modera",
  browserGuest: "Visitante pelo navegador",
  textGuest: "Visitante por texto",
  away: "ausente",
  muted: "em silêncio",
  messages: "Mensagens",
  write: "Escreva uma mensagem",
  send: "Enviar",
  attach: "Enviar arquivos ou fotos",
  emoji: "Emoji",
  reply: "Responder",
  react: "Reagir",
  copy: "Copiar o texto",
  edit: "Editar",
  remove: "Apagar",
  removeSure: "Apagar esta mensagem para todos?",
  cancel: "Cancelar",
  save: "Salvar",
  actions: "Ações da mensagem",
  replyingTo: "Respondendo a {nick}",
  editing: "Editando a sua mensagem",
  edited: "editada",
  deleted: "Mensagem apagada",
  answered: "Resposta a uma mensagem que não está aqui",
  today: "Hoje",
  yesterday: "Ontem",
  newMessages: "Mensagens novas",
  toNewest: "Ir para a mensagem mais nova",
  older: "Mensagens anteriores",
  beginning: "Aqui começa o que você pode ver.",
  nothingKept: "Esta sala não guarda histórico. Você vê o que se diz a partir de agora.",
  emptyRoom: "Ninguém disse nada ainda. Diga um oi.",
  came: { one: "{names} entrou", other: "{names} entraram" },
  went: { one: "{names} saiu", other: "{names} saíram" },
  andMore: { one: "{names} e mais {n} pessoa", other: "{names} e mais {n} pessoas" },
  and: "{a} e {b}",
  renamed: "{before} agora é {nick}",
  topicNow: "{by} mudou o assunto: {topic}",
  typingOne: "{a} está digitando…",
  typingTwo: "{a} e {b} estão digitando…",
  typingMany: "Várias pessoas estão digitando…",
  sending: "Enviando",
  saved: "Salva no computador de quem hospeda",
  notSent: "Não foi enviada.",
  waitsHere: { one: "{n} mensagem espera a conexão.", other: "{n} mensagens esperam a conexão." },
  reconnecting: "Sem conexão com o computador de quem hospeda. Nova tentativa em {n} s.",
  connecting: "Conectando ao computador de quem hospeda…",
  tryNow: "Tentar agora",
  slowed: "Você escreve mais rápido do que a sala permite. Suas mensagens saem em instantes.",
  download: "Salvar {name}",
  openPicture: "Imagem: {name}. Abrir",
  uploading: "{name}: {percent} %",
  fileFailed: "{name} não foi enviado.",
  cancelFile: "Cancelar o envio de {name}",
  tooLarge: "{name} é maior do que a sala aceita (no máximo {size}).",
  fetchFailed: "Não foi possível buscar o arquivo. Tente de novo.",
  pictureWaits: "Carregando a imagem…",
  reactionBy: { one: "{emoji}: {n} pessoa. {names}", other: "{emoji}: {n} pessoas. {names}" },
  joinedAs: "Você está na sala como {nick}.",
  backOnline: "Conectado de novo.",
  nobody: "Não há ninguém aqui.",
  emojiGroups: ["Carinhas", "Pessoas", "Natureza", "Comida", "Coisas", "Símbolos"],
  codes: {
    "nickname-empty": "Escolha um apelido.",
    "nickname-too-long": "O apelido é longo demais. Escolha um mais curto.",
    "nickname-not-allowed": "Este apelido tem caracteres que não podem estar em um. Escolha outro.",
    "nickname-taken": "“{nick}” já está em uso nesta sala. Escolha outro apelido.",
    "room-full": "A sala está cheia. Tente de novo mais tarde.",
    "room-locked": "Ninguém novo entra no momento. Fale com quem hospeda.",
    "wrong-password": "Senha errada. Peça a senha a quem hospeda e tente de novo.",
    "too-many-guesses": "Senhas erradas demais. Tente de novo em {seconds} s.",
    "removed": "Você foi retirado da sala por quem cuida dela.",
    "banned": "Você foi banido desta sala.",
    "room-closed": "A sala foi fechada por quem a hospeda.",
    "replaced": "Você entrou em outra aba ou janela, então esta foi encerrada.",
    "no-guests": "Esta sala não deixa (mais) navegadores entrarem. Fale com quem hospeda, ou entre com o Papo.",
    "timed-out": "A entrada demorou demais. Tente de novo.",
    "peer-too-old": "Esta página é mais antiga do que a sala. Carregue-a de novo.",
    "peer-too-new": "O Papo da sala é mais antigo do que esta página. Carregue-a de novo.",
    "text-too-long": "A mensagem é longa demais: no máximo {limit} caracteres.",
    "not-saved": "Não foi salva: o disco do computador de quem hospeda está cheio.",
    "muted": "Você não pode escrever no momento.",
    "hosts-only": "No momento, só quem hospeda e quem modera pode escrever.",
    "no-such-message": "A mensagem não existe mais.",
    "not-permitted": "Você não pode fazer isso.",
    "too-many-emoji": "Esta mensagem já tem o máximo de emojis diferentes.",
    "not-an-emoji": "Só um emoji pode ser posto em uma mensagem.",
    "no-such-file": "O computador de quem hospeda não tem (mais) este arquivo.",
    "too-many-files": "Arquivos demais em uma mensagem.",
    "no-files": "Esta sala não aceita arquivos.",
    "too-large": "O arquivo é maior do que a sala aceita.",
    "room-is-full": "Os arquivos desta sala já ocupam o máximo.",
    "no-space": "O disco do computador de quem hospeda está cheio, ou quase.",
    "too-many": "Arquivos seus demais estão a caminho ou fora de mensagens. Tente de novo mais tarde.",
    "disk": "O computador de quem hospeda não conseguiu salvar. Tente de novo mais tarde.",
    "lost": "A conexão caiu vezes demais. Tente de novo mais tarde.",
    "too-many-links": "Há conexões demais vindas do seu endereço. Feche outras abas, ou espere um momento.",
    other: "Não deu certo ({code}).",
  },
};

const wished = (navigator.languages || [navigator.language || "en"])[0] || "en";
const speaksPortuguese = /^pt\b/i.test(wished);

/** The language of the page, as its element says it. */
export const language = speaksPortuguese ? "pt-BR" : "en";
/** The language of the reader, for times and sizes. */
export const locale = speaksPortuguese ? wished : /^en\b/i.test(wished) ? wished : "en";
/** The list of words that a fingerprint is read in. */
export const wordList = speaksPortuguese ? "pt" : "en";

const texts = speaksPortuguese ? PORTUGUESE : ENGLISH;
const plural = new Intl.PluralRules(language);

const filled = (text, given) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in given ? String(given[name]) : whole));

/** Return a text with what is given filled in; `n` chooses among plural forms. */
export function t(key, given = {}) {
  let text = texts[key];
  if (typeof text === "object" && !Array.isArray(text)) {
    const form = plural.select(given.n ?? 1);
    text = text[form] || text.other;
  }
  return Array.isArray(text) ? text : filled(text, given);
}

/** Return the sentence for a code that the host sent. */
export function sentence(code, given = {}) {
  return filled(texts.codes[code] || texts.codes.other, { code, ...given });
}

/** Return names as one reads them: a and b; a, b and 3 more. */
export function named(names) {
  if (names.length <= 1) return names[0] || "";
  if (names.length === 2) return t("and", { a: names[0], b: names[1] });
  return t("andMore", { names: names.slice(0, 2).join(", "), n: names.length - 2 });
}

const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
const whole = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });
const dayName = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

export const timeOf = (at) => clock.format(at);
export const wholeTimeOf = (at) => whole.format(at);

/** Return the day of a moment as a separator says it. */
export function dayOf(at) {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  const ago = Math.round((midnight - day) / 86_400_000);
  if (ago === 0) return t("today");
  return ago === 1 ? t("yesterday") : dayName.format(at);
}

/** Return a size in decimal units, as systems show it. */
export function sizeOf(bytes) {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : 1;
  return `${value.toLocaleString(locale, { maximumFractionDigits: digits })} ${units[unit]}`;
}
