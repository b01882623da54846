/** File type according to the first bytes. */
export type Sniffed =
  | { readonly form: 'zip' }
  | { readonly form: 'gzip' }
  | { readonly form: 'old_office' }
  /** Not readable, though it may be kept as evidence. `what` continues "This is …". */
  | { readonly form: 'other'; readonly what: string }
  | { readonly form: 'text' };

const SIGNATURES: readonly (readonly [readonly number[], Sniffed])[] = [
  [[0x50, 0x4b, 0x03, 0x04], { form: 'zip' }],
  [[0x50, 0x4b, 0x05, 0x06], { form: 'zip' }],
  [[0x1f, 0x8b], { form: 'gzip' }],
  [[0xd0, 0xcf, 0x11, 0xe0], { form: 'old_office' }],
  [[0x25, 0x50, 0x44, 0x46], { form: 'other', what: 'a PDF' }],
  [[0x89, 0x50, 0x4e, 0x47], { form: 'other', what: 'a picture' }],
  [[0xff, 0xd8, 0xff], { form: 'other', what: 'a picture' }],
  [[0x47, 0x49, 0x46, 0x38], { form: 'other', what: 'a picture' }],
  [[0x42, 0x4d], { form: 'other', what: 'a picture' }],
  [[0x49, 0x49, 0x2a, 0x00], { form: 'other', what: 'a picture' }],
  [[0x4d, 0x4d, 0x00, 0x2a], { form: 'other', what: 'a picture' }],
  [[0x52, 0x61, 0x72, 0x21], { form: 'other', what: 'a RAR archive, which Bylaw does not open' }],
  [[0x37, 0x7a, 0xbc, 0xaf], { form: 'other', what: 'a 7z archive, which Bylaw does not open' }],
  [[0x7f, 0x45, 0x4c, 0x46], { form: 'other', what: 'a program' }],
];

export function sniff(bytes: Buffer): Sniffed {
  for (const [signature, sniffed] of SIGNATURES) {
    if (signature.every((byte, at) => bytes[at] === byte)) {
      // Text may start with "BM". A bitmap continues with its size, which includes NUL bytes.
      if (signature.length === 2 && signature[0] === 0x42 && !hasNul(bytes)) continue;
      return sniffed;
    }
  }
  const riff = bytes.subarray(0, 4).toString('latin1') === 'RIFF';
  const box = bytes.subarray(4, 8).toString('latin1') === 'ftyp';
  if ((riff || box) && hasNul(bytes)) return { form: 'other', what: 'a picture or film' };
  return { form: 'text' };
}

function hasNul(bytes: Buffer): boolean {
  return bytes.subarray(0, 64).includes(0);
}
