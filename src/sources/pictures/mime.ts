export type LogoMime = 'image/png' | 'image/jpeg' | 'image/svg+xml';

/** Maximum size of a logo, in bytes. */
export const MAX_LOGO_BYTES = 300_000;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Image type by the first bytes; null: not supported in reports. */
export function logoMime(bytes: Buffer): LogoMime | null {
  if (bytes.subarray(0, 8).equals(PNG)) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  return beginsSvg(bytes.toString('utf8')) ? 'image/svg+xml' : null;
}

/** The image may be preceded by an XML declaration and comments. */
function beginsSvg(text: string): boolean {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const blanks = () => {
    while (/\s/.test(text.charAt(at))) at += 1;
  };
  const past = (opening: string, closing: string): boolean => {
    if (!text.startsWith(opening, at)) return false;
    const end = text.indexOf(closing, at + opening.length);
    if (end < 0) return false;
    at = end + closing.length;
    blanks();
    return true;
  };
  blanks();
  past('<?xml', '>');
  while (past('<!--', '-->'));
  return text.startsWith('<svg', at) && /[\s>]/.test(text.charAt(at + 4));
}
