import type { Unread, UnreadReason } from '../../domain/dlp/unread.ts';
import { decoded } from './encoding.ts';
import { kindOf } from './kind.ts';
import { Budget, MAX_DEPTH, MAX_FILE_BYTES, Unreadable } from './limits.ts';
import { textOfMarkup, textOfXmlFile } from './markup.ts';
import { officePart, partText, workbookTexts } from './office.ts';
import { textOfRtf } from './rtf.ts';
import { gunzip, unzipEntry, type ZipEntry, zipEntries } from './zip.ts';

/** Text of a file, or of a file within it. */
export interface TextPart {
  /** Name of the file and the path to the part within it, separated by " > ". */
  readonly path: string;
  readonly text: string;
}

export interface FileText {
  readonly parts: readonly TextPart[];
  /** What was not read. Only if this is empty was the file read completely. */
  readonly unread: readonly Unread[];
}

/**
 * Text of a file of any kind and of everything packed in it. Never throws: what cannot be read is reported. Bytes,
 * files and nesting are limited. `stop` is checked between parts; to limit the time of a single part, run it in a
 * thread.
 */
export async function readFileText(
  name: string,
  bytes: Uint8Array,
  { stop = () => false }: { readonly stop?: () => boolean } = {},
): Promise<FileText> {
  const reading = new Reading(new Budget(stop));
  await reading.file(name, bytes, 0);
  return reading;
}

/** Path of what an Office file has besides its text or cells. */
export const besidePath = (path: string) => `${path} > properties, notes and links`;

/** Preloads the readers of all kinds, for a page that cannot load anything after a file was chosen. */
export async function loadReaders(): Promise<void> {
  const [{ loadPdf }] = await Promise.all([import('./pdf.ts'), import('./mail.ts')]);
  await loadPdf();
}

/** Parts by which an archive is recognized as an Office or OpenDocument file. */
const OFFICE = /^(?:word|ppt|xl|visio)\/[^/]+\.xml$|^content\.xml$/u;
const MAIL = /^(?:[!-9;-~]{2,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,50}){2}/u;
const MAIL_HEAD =
  /^(?:from|received|return-path|message-id|mime-version|delivered-to|subject|date|content-type):/imu;
const PRETTY_PACKED = /^content-transfer-encoding:[ \t]{0,8}(?:base64|quoted-printable)/imu;

/** Line that begins a message of a mailbox. */
const MAILBOX = /(?:^|\n\r?\n)From [^\r\n]{1,200} \d\d:\d\d(?::\d\d)?[^\r\n]{0,30}\r?\n(?=[!-9;-~]{2,60}:)/gu;

/** Messages of a mailbox in the format of Unix; none: it is not one. */
function messagesOf(bytes: Uint8Array): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  if (bytes[0] !== 0x46) return [];
  // One character per byte, because each message has an encoding of its own.
  const places = [...new TextDecoder('windows-1252').decode(bytes).matchAll(MAILBOX)];
  if (places[0]?.index !== 0) return [];
  return places.map(({ index, 0: line }, at) => ({
    name: `message ${at + 1}.eml`,
    bytes: bytes.subarray(index + line.length, places[at + 1]?.index),
  }));
}

class Reading implements FileText {
  readonly parts: TextPart[] = [];
  readonly unread: Unread[] = [];
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  async file(path: string, bytes: Uint8Array, depth: number): Promise<void> {
    try {
      this.#budget.file();
      if (bytes.length > MAX_FILE_BYTES && depth === 0) throw new Unreadable('too_large');
      if (bytes.length > 0) await this.#known(path, bytes, depth);
    } catch (error) {
      this.#not(path, error instanceof Unreadable ? error.why : 'damaged');
    }
  }

  #not(path: string, why: UnreadReason): void {
    // Report these reasons only once per archive.
    if (
      !this.unread.some(
        (one) => one.why === why && (why === 'too_many' || why === 'time' || one.path === path),
      )
    )
      this.unread.push({ path, why });
  }

  #text(path: string, text: string): void {
    if (text.includes('-----BEGIN PGP MESSAGE-----')) this.#not(path, 'protected');
    if (text.trim() !== '') this.parts.push({ path, text });
  }

  async #known(path: string, bytes: Uint8Array, depth: number): Promise<void> {
    const kind = kindOf(bytes);
    switch (kind) {
      case 'text':
        return this.#plain(path, bytes, depth);
      case 'rtf': {
        const { text, pictures } = textOfRtf(new TextDecoder('windows-1252').decode(bytes));
        if (pictures) this.#not(path, 'picture');
        return this.#text(path, text);
      }
      case 'pdf': {
        const { pdfText } = await import('./pdf.ts');
        const { text, scanned, pictured, formUnread, attached, whole } = await pdfText(bytes, this.#budget);
        this.#text(path, text);
        this.#pages(path, scanned, 'scanned');
        this.#pages(path, pictured, 'picture');
        if (formUnread) this.#not(path, 'form');
        if (!whole) this.#not(path, 'time');
        return this.#attached(path, attached, depth);
      }
      case 'msg': {
        const { msgText } = await import('./mail.ts');
        const { text, attached } = msgText(bytes);
        this.#text(path, text);
        return this.#attached(path, attached, depth);
      }
      case 'zip':
        return this.#zip(path, bytes, depth);
      case 'gzip':
        this.#deeper(depth);
        return this.file(
          `${path} > ${
            path
              .split(' > ')
              .at(-1)
              ?.replace(/\.t?gz$/iu, '') ?? ''
          }`,
          gunzip(bytes, this.#budget),
          depth + 1,
        );
      default:
        throw new Unreadable(kind);
    }
  }

  #pages(path: string, pages: readonly number[], why: UnreadReason): void {
    for (const page of pages.slice(0, 20)) this.#not(`${path} > page ${page}`, why);
    if (pages.length > 20) this.#not(`${path} > ${pages.length - 20} more pages`, why);
  }

  #deeper(depth: number): void {
    if (depth >= MAX_DEPTH) throw new Unreadable('too_deep');
  }

  async #attached(
    path: string,
    attached: readonly { readonly name: string; readonly bytes: Uint8Array | null }[],
    depth: number,
  ): Promise<void> {
    if (attached.length > 0) this.#deeper(depth);
    for (const { name, bytes } of attached)
      if (/\.p7m$/iu.test(name)) this.#not(`${path} > ${name}`, 'protected');
      else if (bytes === null) this.#not(`${path} > ${name}`, 'damaged');
      else await this.file(`${path} > ${name}`, bytes, depth + 1);
  }

  async #plain(path: string, bytes: Uint8Array, depth: number): Promise<void> {
    const text = decoded(bytes);
    if (text === null) throw new Unreadable('unknown_kind');
    const head = text.slice(0, 4_000).replaceAll('\r', '');
    if (/\.(?:eml|mht|mhtml)$/iu.test(path) || (MAIL.test(head) && MAIL_HEAD.test(head))) {
      const { mailText } = await import('./mail.ts');
      const mail = await mailText(bytes);
      this.#text(path, mail.text);
      return this.#attached(path, mail.attached, depth);
    }
    const messages = messagesOf(bytes);
    if (messages.length > 0) return this.#attached(path, messages, depth);
    // Several messages in one file, or a fragment of one: their encoded parts were not read.
    if (PRETTY_PACKED.test(text)) this.#not(path, 'packed_otherwise');
    this.#text(
      path,
      /^\s{0,99}<(?:!doctype html|html)/iu.test(text) || /\.x?html?$/iu.test(path)
        ? textOfMarkup(text)
        : /^\s{0,99}<\?xml/u.test(text)
          ? textOfXmlFile(text)
          : text,
    );
  }

  async #zip(path: string, bytes: Uint8Array, depth: number): Promise<void> {
    const entries = zipEntries(bytes).filter(({ name }) => !name.endsWith('/'));
    const names = new Set(entries.map(({ name }) => name));
    if (names.has('xl/workbook.bin')) throw new Unreadable('old_office');
    if (entries.some(({ name }) => OFFICE.test(name))) return this.#document(path, bytes, entries, depth);
    this.#deeper(depth);
    for (const entry of entries) await this.#entry(path, bytes, entry, depth);
  }

  async #entry(path: string, bytes: Uint8Array, entry: ZipEntry, depth: number): Promise<void> {
    const inner = `${path} > ${entry.name}`;
    try {
      this.#budget.inTime();
      await this.file(inner, unzipEntry(bytes, entry, this.#budget), depth + 1);
    } catch (error) {
      this.#not(inner, error instanceof Unreadable ? error.why : 'damaged');
    }
  }

  async #document(
    path: string,
    bytes: Uint8Array,
    entries: readonly ZipEntry[],
    depth: number,
  ): Promise<void> {
    const manifest = entries.find(({ name }) => name === 'META-INF/manifest.xml');
    if (manifest !== undefined && this.#xml(bytes, manifest).includes('encryption-data'))
      throw new Unreadable('protected');
    const sorted = entries.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    const texts: string[] = [];
    const aside: string[] = [];
    for (const sheet of workbookTexts(sorted, (entry) => this.#xml(bytes, entry), this.#budget)) {
      texts.push(sheet.text);
      aside.push(sheet.beside);
    }
    for (const entry of sorted) {
      const kind = officePart(entry.name);
      if (kind === 'text' || kind === 'data' || kind === 'drawn')
        (kind === 'text' && !entry.name.endsWith('.rels') ? texts : aside).push(
          partText(kind, entry.name, this.#xml(bytes, entry)),
        );
    }
    this.#text(path, texts.filter((one) => one.trim() !== '').join('\n\n'));
    this.#text(besidePath(path), aside.filter((one) => one.trim() !== '').join('\n\n'));
    const carried = sorted.filter(({ name }) => officePart(name) === 'file');
    if (carried.length > 0) this.#deeper(depth);
    for (const entry of carried) await this.#entry(path, bytes, entry, depth);
  }

  #xml(bytes: Uint8Array, entry: ZipEntry): string {
    this.#budget.inTime();
    const text = decoded(unzipEntry(bytes, entry, this.#budget));
    if (text === null) throw new Unreadable('damaged');
    return text;
  }
}
