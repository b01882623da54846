import { type Unzipped, unzipSync } from 'fflate';
import { FileProblem, readSheets } from '../mask/read-file.ts';

/** A file as text to look through. */
export interface ReadText {
  readonly text: string;
  /** Ending of a masked copy: what the text of it is. */
  readonly copy: 'csv' | 'txt';
  /** What of the file was not looked at, each as a sentence. */
  readonly left: readonly string[];
}

const MAX_BYTES = 20 * 1024 * 1024;
/** Characters of text that a packed file may unfold to. */
const MAX_UNPACKED = 60_000_000;

/** Parts of Word and PowerPoint files that hold text. */
const PARTS =
  /^(?:word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)|ppt\/(?:slides\/slide|notesSlides\/notesSlide)\d+)\.xml$/u;

/** Reads what can be read of a file within the browser. Throws a FileProblem. */
export async function readText(file: File): Promise<ReadText> {
  if (file.size === 0) throw new FileProblem('The file is empty.');
  if (file.size > MAX_BYTES) throw new FileProblem('The file is larger than 20 MB. Check a part of it.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const head = String.fromCharCode(...bytes.slice(0, 8));
  if (head.startsWith('%PDF-'))
    throw new FileProblem('This is a PDF, which this page cannot read. Copy its text and paste it below.');
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0'))
    throw new FileProblem(
      'This is a file of an old Office version, an Outlook message, or a file with a password. This page cannot read it. Save it in the current format without a password.',
    );
  if (PICTURE.test(head))
    throw new FileProblem('This is a picture. This page cannot see what is in it, so look at it yourself.');
  if (!head.startsWith('PK')) return { text: plain(bytes), copy: ending(file.name), left: [] };
  const parts = unpacked(bytes);
  if (Object.keys(parts).length === 0) return sheets(file);
  const pages = Object.keys(parts).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const text = pages.map((name) => textOfXml(new TextDecoder().decode(parts[name]))).join('\n');
  return { text, copy: 'txt', left: ['Pictures and embedded files of the document were not looked at.'] };
}

const PICTURE = /^(?:\u0089PNG|\u00ff\u00d8\u00ff|GIF8|RIFF|II\*\0|MM\0\*)/u;

const ending = (name: string): ReadText['copy'] => (/\.(?:csv|tsv)$/iu.test(name) ? 'csv' : 'txt');

async function sheets(file: File): Promise<ReadText> {
  const read = await readSheets(file);
  const cell = (value: string) => (/[",\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const text = read
    .map(({ rows }) =>
      rows.map((row) => row.map((one) => cell(one.replace(/\s*\n\s*/gu, ' '))).join(',')).join('\n'),
    )
    .join('\n\n');
  return {
    text,
    copy: 'csv',
    left: ['Notes at cells, hidden parts and formulas of the workbook were not looked at.'],
  };
}

/** The parts with text; a file that unfolds to more than anyone writes is refused before it does. */
function unpacked(bytes: Uint8Array): Unzipped {
  let total = 0;
  let parts: Unzipped;
  try {
    parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!PARTS.test(name)) return false;
        total += originalSize;
        return total <= MAX_UNPACKED;
      },
    });
  } catch {
    throw new FileProblem(
      'The file is packed in a way that cannot be read. Save it again and try once more.',
    );
  }
  if (total > MAX_UNPACKED)
    throw new FileProblem('The file unfolds to more text than can be checked at once. Check a part of it.');
  return parts;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text between the tags, with a line for each paragraph and row and a tab between cells. */
function textOfXml(xml: string): string {
  return xml
    .replace(/<\/(?:w:p|a:p|w:tr|a:tr)>|<w:br\/>|<a:br\/>/gu, '\n')
    .replace(/<\/(?:w:tc|a:tc)>|<w:tab\/>/gu, '\t')
    .replace(/<[^>]{0,4000}>/gu, '')
    .replace(
      /&(?:#(\d{1,6})|(amp|lt|gt|quot|apos));/gu,
      (_all, code: string | undefined, name: string | undefined) =>
        code === undefined ? (ENTITIES[name ?? ''] ?? '') : String.fromCodePoint(Number(code)),
    );
}

/** Parts of a mail that are written in another form than they are read. */
const PACKED_MAIL = /^content-transfer-encoding:[ \t]{0,8}(?:base64|quoted-printable)/imu;

function plain(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // What is no UTF-8 comes from an older program on Windows.
    text = new TextDecoder('windows-1252').decode(bytes);
  }
  if (text.includes('\0'))
    throw new FileProblem('This page cannot read this kind of file. Copy its text and paste it below.');
  if (PACKED_MAIL.test(text))
    throw new FileProblem(
      'This is a mail whose text is packed for sending, which this page cannot unpack. Copy its text and paste it below.',
    );
  return text;
}
