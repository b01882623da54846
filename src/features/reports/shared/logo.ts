/** A picture of the client, as the caller read it. */
export interface Logo {
  readonly mime: string;
  readonly base64: string;
}

const LIMIT = 300_000;

/** Formats that browsers and the PDF writer both draw, with the bytes that a file of the format begins with. */
const FORMATS: readonly {
  mime: string;
  format: 'png' | 'jpg' | 'svg';
  begins: (bytes: Buffer) => boolean;
}[] = [
  {
    mime: 'image/png',
    format: 'png',
    begins: (bytes) => bytes.subarray(0, 8).equals(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])),
  },
  { mime: 'image/jpeg', format: 'jpg', begins: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 },
  {
    mime: 'image/svg+xml',
    format: 'svg',
    begins: (bytes) =>
      /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<svg[\s>]/.test(bytes.toString('utf8', 0, 2000)),
  },
];

/**
 * Checks a logo and returns its bytes. It throws one sentence when the picture cannot be used, so that no report is
 * written with a broken image.
 */
export function readLogo(logo: Logo): {
  readonly mime: string;
  readonly format: string;
  readonly bytes: Buffer;
} {
  const bytes = Buffer.from(logo.base64, 'base64');
  const found = FORMATS.find((format) => format.begins(bytes));
  if (!found) throw new Error('The logo is not a PNG, JPEG or SVG picture.');
  if (found.mime !== logo.mime) throw new Error(`The logo says ${logo.mime} and is ${found.mime}.`);
  if (bytes.length > LIMIT)
    throw new Error(
      `The logo has ${Math.round(bytes.length / 1000)} kB; at most ${LIMIT / 1000} kB fit a report.`,
    );
  return { mime: found.mime, format: found.format, bytes };
}
