/** An encoding from before Unicode, by the name that decoders know and the one that a person does. */
interface Encoding {
  readonly label: string;
  readonly name: string;
}

/** How many letters beyond ASCII follow each other in a word of western names, and of those of Central Europe ("Żółć"). */
const RUN = /[^\p{ASCII}]{3}/u;
const LONG_RUN = /[^\p{ASCII}]{5}/u;

/** Encodings with one byte a letter, and the letters of the words that are written in them; likeliest first. */
const SINGLE: readonly (Encoding & { readonly letter: RegExp })[] = [
  { label: 'windows-1252', name: 'Windows-1252', letter: /[a-zß-öø-ÿœšž]/iu },
  { label: 'macintosh', name: 'Mac Roman', letter: /[a-zß-öø-ÿœ]/iu },
  { label: 'windows-1254', name: 'Windows-1254', letter: /[a-zß-öø-ÿğışİœ]/iu },
  { label: 'windows-1250', name: 'Windows-1250', letter: /[a-zß-öø-ÿ\u0100-\u017f]/iu },
  { label: 'iso-8859-2', name: 'ISO 8859-2', letter: /[a-zß-öø-ÿ\u0100-\u017f]/iu },
  { label: 'windows-1251', name: 'Windows-1251', letter: /[а-яёіїєґў]/iu },
  { label: 'koi8-r', name: 'KOI8-R', letter: /[а-яёіїєґў]/iu },
  { label: 'koi8-u', name: 'KOI8-U', letter: /[а-яёіїєґў]/iu },
  { label: 'iso-8859-5', name: 'ISO 8859-5', letter: /[а-яёіїєґў]/iu },
  { label: 'x-mac-cyrillic', name: 'Mac Cyrillic', letter: /[а-яёіїєґў]/iu },
  { label: 'windows-1253', name: 'Windows-1253', letter: /\p{Script=Greek}/u },
  { label: 'windows-1255', name: 'Windows-1255', letter: /\p{Script=Hebrew}/u },
];

/** Bytes by which an encoding is recognized. */
const LOOKED_AT = 256 * 1024;

/**
 * The encoding of bytes that are no Unicode: the first in which every word with a letter beyond ASCII reads as one, of one
 * script and with capitals where words have them; then those of East Asia, by the rows that common characters are in. null:
 * none of them, and a name that is read wrong would be another person's.
 */
export function legacyEncoding(bytes: Uint8Array): Encoding | null {
  const sample = bytes.subarray(0, LOOKED_AT);
  const clean = SINGLE.map((one) => ({ one, ...readAs(sample, one) })).filter(({ odd }) => odd === 0);
  const [first, ...others] = clean;
  if (first !== undefined) {
    // "Bjšrn" in one encoding is "Björn" in another: where all that is there are rare letters, it may be either.
    const doubtful = first.usual < 0.5 && others.some(({ usual }) => usual >= 0.5);
    return doubtful ? null : first.one;
  }
  const eastern = eastAsian(sample);
  if (eastern !== null) return eastern;
  const [latin] = SINGLE;
  const western = latin === undefined ? null : readAs(sample, latin);
  // One odd sign among many good names does not make a file unreadable.
  return latin !== undefined && western !== null && western.words >= 10 && western.odd * 10 <= western.words
    ? latin
    : null;
}

const COMMON = /[áàâäãåæçéèêëíìîïñóòôöõøúùûüßœćęłńśźżąěřčšžőűğışа-яёіїєα-ωάέήίόύώא-ת]/iu;
const RARE_IN_1252 = /[šžÿý]/u;

/** How many words with something beyond ASCII there are, how many read oddly, and how usual their letters are. */
function readAs(bytes: Uint8Array, { label, letter }: (typeof SINGLE)[number]) {
  const text = new TextDecoder(label).decode(bytes);
  const words = [...new Set(text.match(/[^\s,;|"<>()[\]/:@\t]*\P{ASCII}[^\s,;|"<>()[\]/:@\t]*/gu) ?? [])];
  const odd = words.filter((word) => !isWord(word, letter)).length;
  const beyond =
    words
      .join('')
      .match(/\p{L}/gu)
      ?.filter((one) => one > '\x7f' && !/[ªº]/.test(one)) ?? [];
  const common = beyond.filter(
    (one) => COMMON.test(one) && !(label === 'windows-1252' && RARE_IN_1252.test(one)),
  );
  return { words: words.length, odd, usual: beyond.length === 0 ? 1 : common.length / beyond.length };
}

function isWord(word: string, letter: RegExp): boolean {
  if (/[\p{Cc}\uFFFD]/u.test(word)) return false;
  // Signs that stand at the end of words or alone, and quotation marks around them.
  const bare = word.replace(/^[“‘„«¿¡•·–—…©®™°§№†‡*'-]+/u, '').replace(/[”’»…–—©®™°ºª²³¹½¼¾†‡*.!?'-]+$/u, '');
  if (!/\p{L}/u.test(bare) || /^\p{ASCII}*$/u.test(bare)) return true;
  return bare.split(/[-‑.'’–—+&_]/u).every((part, at, parts) => {
    // An apostrophe or a dash between small letters of a name is a letter of another encoding: "Garc’a", "Nu–ez".
    const before = parts[at - 1];
    if (
      before !== undefined &&
      before.length > 1 &&
      /^\p{Lu}/u.test(before) &&
      !/qu$/iu.test(before) &&
      !/^(?:re|ve|ll)$/u.test(part) &&
      /\p{Ll}$/u.test(before) &&
      /^\p{Ll}{2,}/u.test(part) &&
      /[’–]/u.test(bare)
    )
      return false;
    if (/^\p{ASCII}*$/u.test(part)) return true;
    const letters = [...part];
    if (!letters.every((one) => letter.test(one) || /\d/.test(one))) return false;
    // A capital in the middle of small letters, and more than two accents in a row, are in no name.
    if (/\p{Ll}[^\p{ASCII}\P{Lu}]/u.test(part) || /^\p{Ll}\p{Lu}/u.test(part)) return false;
    if (/^\p{Lu}[^\p{ASCII}\P{Lu}]\p{Ll}/u.test(part)) return false;
    return !letter.test('a') || !(letter.test('ł') ? LONG_RUN : RUN).test(part);
  });
}

/** Encodings of East Asia, with two bytes a character. */
function eastAsian(bytes: Uint8Array): Encoding | null {
  const pairs = pairsOf(bytes);
  if (pairs === null || pairs.length < 4) return null;
  const share = (fits: (lead: number, trail: number) => boolean) =>
    pairs.filter(([lead, trail]) => fits(lead, trail)).length / pairs.length;
  const inGrid = share((lead, trail) => lead >= 0xa1 && trail >= 0xa1) === 1;
  const found: (Encoding | false | null)[] = inGrid
    ? [
        share((lead) => lead === 0xa4 || lead === 0xa5) >= 0.2 && { label: 'euc-jp', name: 'EUC-JP' },
        share((lead) => lead >= 0xb0 && lead <= 0xc8) >= 0.98 && { label: 'euc-kr', name: 'EUC-KR' },
        share((lead) => lead >= 0xb0) >= 0.9 && chineseOrJapanese(bytes),
      ]
    : [share((lead) => lead >= 0xa4 && lead <= 0xc6) >= 0.85 && { label: 'big5', name: 'Big5' }];
  for (const one of found) {
    if (one === false || one === null) continue;
    try {
      new TextDecoder(one.label, { fatal: true }).decode(bytes, { stream: true });
      return one;
    } catch {
      return null;
    }
  }
  return null;
}

/** Characters of which names are full in China, and in Japan. */
const CHINESE =
  /[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文小明华国伟英丽娜芳敏静强军磊洋艳勇杰娟涛超秀霞平刚桂]/gu;
const JAPANESE =
  /[佐藤鈴木高橋田中伊渡辺山本村小林加吉井口松上野斎清水崎森池阿部石川前岡長谷近坂遠青後太郎一子美和正久恵真由男夫雄博幸智浩健]/gu;

/** Both have their characters in the same rows, and each reads the other's as rare ones; null: it is neither for sure. */
function chineseOrJapanese(bytes: Uint8Array): Encoding | null {
  const known = (label: string, usual: RegExp) =>
    new TextDecoder(label).decode(bytes, { stream: true }).match(usual)?.length ?? 0;
  const [chinese, japanese] = [known('gb18030', CHINESE), known('euc-jp', JAPANESE)];
  if (chinese > 2 * japanese) return { label: 'gb18030', name: 'GB 18030' };
  return japanese > 2 * chinese ? { label: 'euc-jp', name: 'EUC-JP' } : null;
}

/** The bytes beyond ASCII two by two; null: some stand alone, or touch a Latin letter, as accented ones do. */
function pairsOf(bytes: Uint8Array): readonly (readonly [number, number])[] | null {
  const pairs: [number, number][] = [];
  const isLetter = (byte: number | undefined) =>
    byte !== undefined && /[a-z]/i.test(String.fromCharCode(byte));
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[at + 1];
    if (trail === undefined) break;
    if (trail < 0x40 || lead < 0xa1 || (isLetter(bytes[at - 1]) && pairs.length === 0)) return null;
    pairs.push([lead, trail]);
    at += 1;
  }
  return pairs;
}
