/** File type by its first bytes. The name is used only to distinguish kinds of text. */
export type FileKind =
  | 'pdf'
  | 'zip'
  | 'gzip'
  | 'msg'
  | 'protected'
  | 'old_office'
  | 'packed_otherwise'
  | 'picture'
  | 'media'
  | 'rtf'
  | 'text';

const STARTS: readonly (readonly [string, FileKind])[] = [
  ['PK\u0003\u0004', 'zip'],
  ['PK\u0005\u0006', 'zip'],
  ['\u001f\u008b', 'gzip'],
  ['{\\rtf', 'rtf'],
  ['\u0089PNG', 'picture'],
  ['\u00ff\u00d8\u00ff', 'picture'],
  ['GIF8', 'picture'],
  ['II*\0', 'picture'],
  ['MM\0*', 'picture'],
  ['ID3', 'media'],
  ['OggS', 'media'],
  ['\u001aE\u00df\u00a3', 'media'],
  ['7z\u00bc\u00af', 'packed_otherwise'],
  ['Rar!', 'packed_otherwise'],
  ['\u00fd7zXZ', 'packed_otherwise'],
  ['BZh', 'packed_otherwise'],
  ['(\u00b5/\u00fd', 'packed_otherwise'],
];

export function kindOf(bytes: Uint8Array): FileKind {
  const head = String.fromCharCode(...bytes.subarray(0, 1_024));
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0')) return compound(bytes);
  const known = STARTS.find(([start]) => head.startsWith(start));
  if (known !== undefined) return known[1];
  if (head.includes('%PDF-')) return 'pdf';
  if (head.startsWith('RIFF')) return head.slice(8, 12) === 'WEBP' ? 'picture' : 'media';
  if (head.slice(4, 8) === 'ftyp') return /^(?:hei|mif|avi)/u.test(head.slice(8, 12)) ? 'picture' : 'media';
  if (head.startsWith('BM') && bytes.length > 26 && bytes[6] === 0 && bytes[7] === 0) return 'picture';
  if (head.slice(257, 262) === 'ustar') return 'packed_otherwise';
  return 'text';
}

/** A compound file stores names as UTF-16. */
function compound(bytes: Uint8Array): FileKind {
  const has = (name: string) => {
    const wanted = [...name].flatMap((char) => [char.charCodeAt(0), 0]);
    for (let at = bytes.indexOf(wanted[0] ?? 0, 512); at !== -1; at = bytes.indexOf(wanted[0] ?? 0, at + 1))
      if (wanted.every((byte, n) => bytes[at + n] === byte)) return true;
    return false;
  };
  if (has('EncryptedPackage')) return 'protected';
  return has('__substg1.0_') ? 'msg' : 'old_office';
}
