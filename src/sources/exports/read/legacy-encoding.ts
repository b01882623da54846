/** A legacy (non-Unicode) encoding: the label for TextDecoder, and the name for people. */
interface Encoding {
  readonly label: string;
  readonly name: string;
}

/** Runs of non-ASCII letters too long for Western names, and for Central European ones ("Żółć"). */
const RUN = /[^\p{ASCII}]{3}/u;
const LONG_RUN = /[^\p{ASCII}]{5}/u;

/** Single-byte encodings, likeliest first, and the letters of words written in them. */
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

/** Bytes examined to detect the encoding. */
const EXAMINED_BYTES = 256 * 1024;

/**
 * Encoding of bytes that are not Unicode: the first in which every non-ASCII word is plausible, with one script and
 * capitals where words have them; otherwise an East Asian one, by the code ranges of common characters. null: none,
 * because a misread name would be another person's.
 */
export function legacyEncoding(bytes: Uint8Array): Encoding | null {
  const sample = bytes.subarray(0, EXAMINED_BYTES);
  const clean = SINGLE.map((one) => ({ one, ...readAs(sample, one) })).filter(({ odd }) => odd === 0);
  const [first, ...others] = clean;
  if (first !== undefined) {
    // "Bjšrn" in one encoding is "Björn" in another, so if all non-ASCII letters are rare ones, it may be either.
    const doubtful = first.usual < 0.5 && others.some(({ usual }) => usual >= 0.5);
    return doubtful ? null : first.one;
  }
  const eastern = eastAsian(sample);
  if (eastern !== null) return eastern;
  const [latin] = SINGLE;
  const western = latin === undefined ? null : readAs(sample, latin);
  // One implausible character among many good names does not make a file unreadable.
  return latin !== undefined && western !== null && western.words >= 10 && western.odd * 10 <= western.words
    ? latin
    : null;
}

const COMMON = /[áàâäãåæçéèêëíìîïñóòôöõøúùûüßœćęłńśźżąěřčšžőűğışа-яёіїєα-ωάέήίόύώא-ת]/iu;
const RARE_IN_1252 = /[šžÿý]/u;

/** Number of non-ASCII words, number of implausible ones, and how common their letters are. */
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
  // Strip characters that occur at the end of words or alone, and quotation marks.
  const bare = word
    .replace(/^[“‘„«¿¡•·–—…©®™°§№†‡*'-]+/u, '')
    .replace(/(?<![”’»…–—©®™°ºª²³¹½¼¾†‡*.!?'-])[”’»…–—©®™°ºª²³¹½¼¾†‡*.!?'-]+$/u, '');
  if (!/\p{L}/u.test(bare) || /^\p{ASCII}*$/u.test(bare)) return true;
  return bare.split(/[-‑.'’–—+&_]/u).every((part, at, parts) => {
    // An apostrophe or dash between lowercase letters of a name is a letter in another encoding: "Garc’a", "Nu–ez".
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
    // Names contain no capital among lowercase letters, and no more than two accents in a row.
    if (/\p{Ll}[^\p{ASCII}\P{Lu}]/u.test(part) || /^\p{Ll}\p{Lu}/u.test(part)) return false;
    if (/^\p{Lu}[^\p{ASCII}\P{Lu}]\p{Ll}/u.test(part)) return false;
    return !letter.test('a') || !(letter.test('ł') ? LONG_RUN : RUN).test(part);
  });
}

/** East Asian encodings, with two bytes per character. */
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

/** Characters that are common in Chinese and Japanese names. */
const CHINESE =
  /[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文小明华国伟英丽娜芳敏静强军磊洋艳勇杰娟涛超秀霞平刚桂]/gu;
const JAPANESE =
  /[佐藤鈴木高橋田中伊渡辺山本村小林加吉井口松上野斎清水崎森池阿部石川前岡長谷近坂遠青後太郎一子美和正久恵真由男夫雄博幸智浩健]/gu;

/** Both encodings use the same code ranges, and each decodes the other's text to rare characters; null: undecided. */
function chineseOrJapanese(bytes: Uint8Array): Encoding | null {
  const known = (label: string, usual: RegExp) =>
    new TextDecoder(label).decode(bytes, { stream: true }).match(usual)?.length ?? 0;
  const [chinese, japanese] = [known('gb18030', CHINESE), known('euc-jp', JAPANESE)];
  if (chinese > 2 * japanese) return { label: 'gb18030', name: 'GB 18030' };
  return japanese > 2 * chinese ? { label: 'euc-jp', name: 'EUC-JP' } : null;
}

/** The non-ASCII bytes in pairs; null: some are single or next to a Latin letter, as accented letters are. */
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
