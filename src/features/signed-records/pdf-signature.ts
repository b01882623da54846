import { type Signed, signCms, verifyCms } from './cms.ts';
import { type AboutSignature, SIGNATURE_BYTES, withEmptySignature } from './pdf-placeholder.ts';
import type { SigningKey } from './signing-key.ts';

/** Signs a PDF: a detached CMS signature over everything but the place where the signature itself stands. */
export async function signPdf(pdf: Uint8Array, key: SigningKey, about: AboutSignature): Promise<Uint8Array> {
  const file = withEmptySignature(pdf, about);
  const range = file.lastIndexOf('/ByteRange [');
  const open = file.lastIndexOf(`<${'0'.repeat(64)}`);
  const after = open + SIGNATURE_BYTES * 2 + 2;
  const numbers = `/ByteRange [0 ${open} ${after} ${file.length - after}]`;
  const end = file.indexOf(']', range) + 1;
  file.write(numbers.padEnd(end - range), range, 'latin1');
  const signature = await signCms(covered(file, [0, open, after, file.length - after]), key, about.at);
  if (signature.length > SIGNATURE_BYTES)
    throw new Error(
      `The signature has ${signature.length} bytes, more than the ${SIGNATURE_BYTES} kept for it.`,
    );
  file.write(Buffer.from(signature).toString('hex'), open + 1, 'latin1');
  return file;
}

type Range = readonly [number, number, number, number];

function covered(file: Buffer, [a, b, c, d]: Range): Buffer {
  return Buffer.concat([file.subarray(a, a + b), file.subarray(c, c + d)]);
}

export type Checked =
  | ({ readonly ok: true } & Signed)
  /** `why` is a sentence for a person. */
  | { readonly ok: false; readonly why: string };

/**
 * Whether a PDF is byte for byte as it was signed, and with which certificate. The last signature counts, and it must
 * cover the whole file: what was added after it was not signed by anyone.
 */
export async function verifyPdf(bytes: Uint8Array): Promise<Checked> {
  const file = Buffer.from(bytes);
  const text = file.toString('latin1');
  const at = text.lastIndexOf('/ByteRange [');
  if (!text.startsWith('%PDF-') || at < 0)
    return { ok: false, why: 'The file is not a PDF with a signature in it.' };
  const numbers = /^\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]/.exec(text.slice(at, at + 80));
  if (numbers === null) return { ok: false, why: 'The signature does not say what it covers.' };
  const [a = 0, b = 0, c = 0, d = 0] = numbers.slice(1).map(Number);
  const between = text.slice(b, c);
  if (a !== 0 || c <= b || c + d !== file.length || !/^<[0-9a-f]+>$/.test(between))
    return { ok: false, why: 'The signature does not cover the whole file: something was added or cut off.' };
  const signature = Buffer.from(between.slice(1, -1), 'hex');
  const signed = await verifyCms(covered(file, [a, b, c, d]), signature);
  return signed === null
    ? { ok: false, why: 'The file is not as it was signed: at least one byte of it was changed.' }
    : { ok: true, ...signed };
}
