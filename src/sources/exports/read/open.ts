import { getHeapStatistics } from 'node:v8';
import { gunzipSync } from 'node:zlib';
import { type Content, ImportProblem, type Note } from '../file-kind.ts';
import { readDelimited } from './csv.ts';
import { decodeText, looksBinary } from './decode.ts';
import { readJson } from './json.ts';
import { LIMITS, megabytes } from './limits.ts';
import { readLines } from './lines.ts';
import { sniff } from './sniff.ts';
import { readXlsx, tooBig, workbookForm } from './xlsx.ts';
import { looksLikeYaml, readYaml } from './yaml-content.ts';
import { openZip, type ZipEntry } from './zip.ts';

export type Opened =
  /** Possible interpretations of the bytes, likeliest first. `problem`: why the likeliest could not be parsed. */
  | {
      readonly form: 'contents';
      readonly contents: readonly Content[];
      readonly notes: readonly Note[];
      readonly problem: ImportProblem | null;
    }
  | { readonly form: 'archive'; readonly entries: readonly ZipEntry[] }
  /** Not a list or document; `why` says what it is. */
  | { readonly form: 'other'; readonly why: string };

/**
 * Opens a file. The type never depends on the name, except that it shows whether invalid YAML was meant to be YAML.
 * `maxUnpacked` limits the unpacked size in bytes, if less than for an import. Throws only ImportProblem.
 */
export async function openFile(
  bytes: Buffer,
  name: string,
  maxUnpacked: number = LIMITS.archiveBytes,
): Promise<Opened> {
  if (bytes.length > LIMITS.fileBytes) throw tooBig(bytes.length);
  if (bytes.length === 0) throw empty();
  const sniffed = sniff(bytes);
  switch (sniffed.form) {
    case 'other':
      return { form: 'other', why: `This is ${sniffed.what}.` };
    case 'old_office':
      throw new ImportProblem(
        'This is an old Excel file (.xls), another old Office file, or a workbook with a password. Save it as XLSX or CSV without a password.',
      );
    case 'gzip':
      return openFile(
        gunzip(bytes, Math.min(maxUnpacked, LIMITS.fileBytes)),
        name.replace(/\.gz$/i, ''),
        maxUnpacked,
      );
    case 'zip':
      return openZipped(bytes, maxUnpacked);
    case 'text':
      return openText(bytes, name);
  }
}

async function openZipped(bytes: Buffer, maxUnpacked: number): Promise<Opened> {
  const loose = await openZip(bytes, { what: 'archive', bytes: maxUnpacked });
  switch (workbookForm(loose)) {
    case 'archive':
      return { form: 'archive', entries: loose };
    case 'office':
      return { form: 'other', why: 'This is an Office document, not a table.' };
    case 'xlsb':
      throw new ImportProblem('This is a binary workbook (.xlsb). Save it as XLSX or CSV.');
    case 'opendocument':
      throw new ImportProblem('This is an OpenDocument file. Save it as XLSX or CSV.');
    case 'xlsx': {
      const bytesOf = Math.min(maxUnpacked, LIMITS.workbookBytes);
      const entries = await openZip(bytes, { what: 'workbook', bytes: bytesOf });
      const { tables, unread, notes } = await readXlsx(bytes, entries);
      return { form: 'contents', contents: [{ form: 'table', tables, unread }], notes, problem: null };
    }
  }
}

function openText(bytes: Buffer, name: string): Opened {
  const { utf8, encoding } = decodeText(bytes);
  if (looksBinary(utf8)) return { form: 'other', why: 'This is neither text nor a workbook.' };
  const start = firstMark(utf8);
  if (start === null) throw empty();
  if (start === '<' && isWebPage(utf8)) {
    if (isTableAsPage(utf8))
      throw new ImportProblem(
        'This is a table that was saved as a web page (HTML), as some systems do under the name of an Excel file. Open it in a spreadsheet program, save it as XLSX or CSV, and import that file.',
      );
    const why = 'This is a web page (HTML), probably a sign-in page that was saved in place of the export.';
    // A file named as a web page may be evidence; named as an export, it is a mistake.
    if (/\.x?html?$/i.test(name)) return { form: 'other', why };
    throw new ImportProblem(`${why} Sign in and export the file again.`);
  }
  const notes: Note[] = !/^UTF|^Shift_JIS$/.test(encoding)
    ? [
        {
          row: null,
          column: null,
          says: `The text is not UTF-8 and was read as ${encoding}. Check names with accents or in other scripts.`,
        },
      ]
    : [];
  if (start === '{' || (start === '[' && !isStamp(utf8))) return openJson(utf8, notes);
  refuseSaidBeforeJson(utf8);

  const contents: Content[] = [];
  let problem: ImportProblem | null = null;
  const attempt = (read: () => Content): void => {
    try {
      contents.push(read());
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error;
      problem ??= error;
    }
  };
  const short = utf8.length <= LIMITS.textBytes ? utf8.toString('utf8') : null;
  if (short !== null && looksLikeYaml(short, name)) {
    const meant = /\.ya?ml$/i.test(name);
    attempt(() => {
      const content = readYaml(short);
      if (!meant && (typeof content.value !== 'object' || content.value === null))
        throw new ImportProblem('This is not YAML.');
      return content;
    });
    if (!meant) problem = null;
    else if (problem) return { form: 'contents', contents, notes, problem };
  }
  attempt(() => ({ form: 'table', tables: [readDelimited(utf8)] }));
  if (short !== null) contents.push({ form: 'text', text: short });
  contents.push(readLines(utf8));
  return { form: 'contents', contents, notes, problem };
}

function isWebPage(utf8: Buffer): boolean {
  const beginning = utf8.subarray(0, 4096).toString('utf8').trimStart();
  return /^(?:<!--.*?-->\s*)?<(?:!doctype html|html|head)\b/is.test(beginning);
}

/** Whether a page contains only a table of several lines, as systems export with the extension .xls. */
function isTableAsPage(utf8: Buffer): boolean {
  const text = utf8.subarray(0, 65_536).toString('utf8');
  return (text.match(/<tr[\s>]/gi)?.length ?? 0) >= 3 && !/<(?:form|input|script|nav)\b/i.test(text);
}

/** Messages of PowerShell and its modules that end up in saved output. */
const POWERSHELL_MESSAGE =
  /^(?:(?:WARNING|VERBOSE|DEBUG|ERROR|WARNUNG|AVERTISSEMENT|ADVERTENCIA) ?:|Welcome to Microsoft Graph|Connected via )/;
const MAX_SAID = 100;

/**
 * Rejects JSON below a script's messages. Those may say that results are missing, so only a person can decide to delete
 * them.
 */
function refuseSaidBeforeJson(utf8: Buffer): void {
  const beginning = utf8
    .toString('utf8', 0, 65_536)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/, MAX_SAID + 1);
  const at = beginning.findIndex((line) => /^\s*[[{]/.test(line));
  if (at < 1) return;
  const said = beginning.slice(0, at);
  const first = said.find((line) => line.trim() !== '') ?? '';
  // A long warning continues on further lines.
  if (!POWERSHELL_MESSAGE.test(first)) return;
  throw new ImportProblem(
    `The JSON begins on line ${at + 1}. Above it is output from the script: “${first.trim().slice(0, 200)}”. If it says that results are missing, run the script again for all of them; otherwise, delete these lines and import the file again.`,
    { row: 1 },
  );
}

function openJson(utf8: Buffer, notes: readonly Note[]): Opened {
  if (utf8.length > maxJson()) {
    throw new ImportProblem(
      `The JSON is ${megabytes(utf8.length)}. Bylaw reads up to ${megabytes(maxJson())}. Save it in several files, one per page.`,
    );
  }
  const text = utf8.toString('utf8');
  return {
    form: 'contents',
    contents: [{ form: 'json', value: readJson(text), text }],
    notes,
    problem: null,
  };
}

function gunzip(bytes: Buffer, max: number): Buffer {
  try {
    const plain = gunzipSync(bytes, { maxOutputLength: max });
    if (sniff(plain).form === 'gzip')
      throw new ImportProblem('The file is packed twice with gzip. Unpack it first.');
    return plain;
  } catch (error) {
    if (error instanceof ImportProblem) throw error;
    const big =
      error instanceof Error &&
      /larger than|ERR_BUFFER_TOO_LARGE/i.test(
        `${error.message} ${String((error as NodeJS.ErrnoException).code)}`,
      );
    throw new ImportProblem(
      big
        ? `The file unpacks to more than ${megabytes(max)}, so it was not opened.`
        : 'The file is damaged or incomplete. Download it again.',
    );
  }
}

/** First character that is not whitespace; null: none. */
function firstMark(utf8: Buffer): string | null {
  for (const byte of utf8) {
    if (byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12)
      return String.fromCharCode(byte);
  }
  return null;
}

function empty(): ImportProblem {
  return new ImportProblem('The file is empty. Nothing was imported. Is this the right file?');
}

/** Whether a text starts with a time in brackets, like the lines of some logs: `[1795186800] unbound[…`. */
const isStamp = (utf8: Buffer) => /^\s*\[\d{9,11}\] \S/.test(utf8.toString('latin1', 0, 40));

/**
 * Maximum JSON size in bytes. The text and its values are in the heap at the same time, so in a small heap, such as a
 * thread of a small container, the limit is lower.
 */
function maxJson(): number {
  return Math.min(LIMITS.jsonBytes, getHeapStatistics().heap_size_limit / 3);
}
