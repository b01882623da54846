/** `none`: a picture, sound or film, of which only the name can be read. `unread`: it may hold a text. */
export type FileText =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'none' }
  | { readonly is: 'unread' };

const PICTURES = ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'BM', 'II*\0', 'MM\0*', '\0\0\x01\0'];
const LOOKED_AT = 4_096;

/** The text of a file, by what it begins with: what its sender calls it is not relied on. */
export function textOfFile(bytes: Buffer, type: string): FileText {
  const head = bytes.toString('latin1', 0, 12);
  if (
    PICTURES.some((one) => head.startsWith(one)) ||
    (head.startsWith('RIFF') && /WEBP|WAVE|AVI /u.test(head.slice(8))) ||
    head.slice(4, 8) === 'ftyp'
  )
    return { is: 'none' };
  if (head.startsWith('\xff\xfe')) return { is: 'text', text: bytes.toString('utf16le', 2) };
  if (head.startsWith('\xfe\xff')) {
    const swapped = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16();
    return { is: 'text', text: swapped.toString('utf16le') };
  }
  if (isText(bytes)) return { is: 'text', text: textOf(bytes) };
  return /^(?:image|audio|video|font)\//u.test(type) ? { is: 'none' } : { is: 'unread' };
}

/** Whether the beginning has hardly any control characters, as a file of text has. */
function isText(bytes: Buffer): boolean {
  const top = bytes.subarray(0, LOOKED_AT);
  let odd = 0;
  for (const byte of top) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd += 1;
  return !top.includes(0) && odd <= top.length / 100 && !top.toString('latin1', 0, 5).startsWith('%PDF-');
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
