// Which colour and which letters stand for somebody: the same as in Papo's own window.

const MASK = (1n << 64n) - 1n;
const START = [
  0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
];
const ORDER = [
  "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
  "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0",
  "0123456789abcdef", "ea489fd61c02b753",
].map((row) => Array.from(row, (digit) => parseInt(digit, 16)));
const STEPS = [
  [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
  [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
];

const turned = (word, by) => ((word >> BigInt(by)) | (word << BigInt(64 - by))) & MASK;

/** Return the first byte of BLAKE2b-512 (RFC 7693). */
export function firstOfBlake2b(bytes) {
  const h = [...START];
  h[0] ^= 0x01010040n;
  const blocks = Math.max(1, Math.ceil(bytes.length / 128));
  for (let block = 0; block < blocks; block += 1) {
    const last = block === blocks - 1;
    mix(h, bytes.slice(block * 128, block * 128 + 128), BigInt(last ? bytes.length : (block + 1) * 128), last);
  }
  return Number(h[0] & 0xffn);
}

function mix(h, bytes, counted, last) {
  const block = new Uint8Array(128);
  block.set(bytes);
  const view = new DataView(block.buffer);
  const words = Array.from({ length: 16 }, (_, at) => view.getBigUint64(at * 8, true));
  const v = [...h, ...START];
  v[12] ^= counted;
  if (last) v[14] ^= MASK;
  for (const row of ORDER) {
    STEPS.forEach(([a, b, c, d], step) => {
      v[a] = (v[a] + v[b] + words[row[step * 2]]) & MASK;
      v[d] = turned(v[d] ^ v[a], 32);
      v[c] = (v[c] + v[d]) & MASK;
      v[b] = turned(v[b] ^ v[c], 24);
      v[a] = (v[a] + v[b] + words[row[step * 2 + 1]]) & MASK;
      v[d] = turned(v[d] ^ v[a], 16);
      v[c] = (v[c] + v[d]) & MASK;
      v[b] = turned(v[b] ^ v[c], 63);
    });
  }
  for (let at = 0; at < 8; at += 1) h[at] ^= v[at] ^ v[at + 8];
}

const PEOPLE = 8;
const known = new Map();

/** Return the number of the colour for a device id (bytes as base64), or of the one that was chosen. */
export function colourOf(device, chosen = -1) {
  if (chosen >= 0) return chosen % PEOPLE;
  if (!known.has(device)) {
    const bytes = Uint8Array.from(atob(device || ""), (letter) => letter.charCodeAt(0));
    known.set(device, firstOfBlake2b(bytes) % PEOPLE);
  }
  return known.get(device);
}

const letters = (word) => {
  if (typeof Intl.Segmenter === "function") {
    return Array.from(new Intl.Segmenter().segment(word), (part) => part.segment);
  }
  return Array.from(word);
};
const isLetter = (shown) => /^[\p{L}\p{N}]/u.test(shown);

// A second letter would join or crowd the first.
const isCrowded = (shown) =>
  /^(?=\p{L})[\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Bopo}\p{sc=Yiii}]/u.test(shown);

/** Return the words of a name, each as characters from the first one that tells something. */
function tellingWords(name) {
  return name.split(/\s+/).map((word) => {
    const shown = letters(word);
    const start = shown.findIndex((one) => /^[\p{L}\p{N}\p{S}]/u.test(one));
    return start < 0 ? [] : shown.slice(start);
  }).filter((shown) => shown.length);
}

// Where the capital takes more room it is none: ß is not SS.
function upper(letter) {
  const capital = letter.toUpperCase();
  return letters(capital).length === 1 ? capital : letter;
}

const firstOf = (name) => letters(name.trim())[0] || "?";

/** Return one or two characters that stand for a person: TO for Tom, VL for Vó Lourdes. */
export function initials(nick) {
  const words = tellingWords(nick);
  if (!words.length) return firstOf(nick);
  const [first] = words;
  const last = words[words.length - 1];
  if (!isLetter(first[0])) return first[0];
  if (words.length > 1 && isLetter(last[0])) return upper(first[0]) + upper(last[0]);
  if (isCrowded(first[0])) return first[0];
  return first.slice(0, 2).filter(isLetter).map(upper).join("");
}

/** Return the number of the colour of a room, by its name. */
export const colourOfRoom = (name) => firstOfBlake2b(new TextEncoder().encode(name)) % PEOPLE;

/** Return what stands on a room's tile: R for Robotics Lab, 2 for Room 204, 3B for Turma 3B. */
export function tile(room) {
  const words = tellingWords(room);
  if (!words.length) return firstOf(room);
  const numbered = words.find((word) => /^\p{Nd}/u.test(word[0]));
  if (!numbered) return upper(words[0][0]);
  return numbered.length === 2 ? numbered.map(upper).join("") : numbered[0];
}
