import { ImportProblem } from '../exports/file-kind.ts';
import { type LogoMime, logoMime, MAX_LOGO_BYTES } from './mime.ts';
import { checkSvg } from './svg.ts';

/** Maximum width × height. Images are unpacked before drawing, at four bytes per pixel. */
const MAX_PIXELS = 16_000_000;

/**
 * Checks a logo before reports are drawn with it. Throws an ImportProblem with one sentence if a report cannot contain
 * it, or if drawing it would take too many resources.
 */
export function checkLogo(bytes: Buffer): LogoMime {
  if (bytes.length > MAX_LOGO_BYTES)
    throw new ImportProblem(
      `The logo has ${Math.round(bytes.length / 1000)} kB; at most ${MAX_LOGO_BYTES / 1000} kB fit a report.`,
    );
  const mime = logoMime(bytes);
  if (mime === null) throw new ImportProblem('The logo is not a PNG, JPEG or SVG picture.');
  if (mime === 'image/svg+xml') checkSvg(bytes.toString('utf8'));
  else {
    const size = mime === 'image/png' ? pngSize(bytes) : jpegSize(bytes);
    if (size === null || size.width === 0 || size.height === 0)
      throw new ImportProblem('The logo is damaged: it does not say how large it is. Save it again.');
    if (size.width * size.height > MAX_PIXELS)
      throw new ImportProblem(
        `The logo is ${size.width} by ${size.height} pixels. Save it with at most 4,000 by 4,000.`,
      );
  }
  return mime;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function pngSize(bytes: Buffer): Size | null {
  return bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR'
    ? null
    : { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** The first frame header of a JPEG contains its size. */
function jpegSize(bytes: Buffer): Size | null {
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
