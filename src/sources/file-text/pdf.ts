import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { type Budget, Unreadable } from './limits.ts';

export interface PdfText {
  readonly text: string;
  /** 1-based numbers of pages without text. */
  readonly scanned: readonly number[];
  /** 1-based numbers of pages with a picture and little text, such as scans with a stamp of the scanner. */
  readonly pictured: readonly number[];
  /** Whether it has a form whose fields are only in Adobe's XML, which is not read. */
  readonly formUnread: boolean;
  /** Attached files, also those pinned to a page; null: it cannot be unpacked. */
  readonly attached: readonly { readonly name: string; readonly bytes: Uint8Array | null }[];
  /** Whether all pages were read in time. */
  readonly whole: boolean;
}

const MAX_PAGES = 2_000;
/** Characters of a page from which on its text is taken for its content. */
const LITTLE_TEXT = 200;
/** Pages that are searched for pictures: that takes as long as showing them. */
const MAX_SHOWN = 50;

/** Preloads the modules that the library loads lazily. */
export const loadPdf = async (): Promise<void> => void (await getResolvedPDFJS());

/** Text of a PDF and its filled-in forms, page by page. Throws {@link Unreadable}. */
export async function pdfText(bytes: Uint8Array, budget: Budget): Promise<PdfText> {
  // A copy, because the library takes ownership of the bytes.
  const document = await opened(new Uint8Array(bytes));
  try {
    const parts: string[] = [];
    const scanned: number[] = [];
    const pictured: number[] = [];
    const pictures = hasPictures(bytes) ? await pictureOperators() : null;
    const attached = await attachments(document);
    let shown = 0;
    let whole = document.numPages <= MAX_PAGES;
    for (let number = 1; number <= Math.min(document.numPages, MAX_PAGES); number += 1) {
      if (budget.stop()) {
        whole = false;
        break;
      }
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const lines = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''));
      const annotations = await page.getAnnotations();
      const fields = annotations.flatMap(
        ({ fieldValue, contentsObj }: { fieldValue?: unknown; contentsObj?: { str?: string } }) => [
          ...[fieldValue].flat().filter((value) => typeof value === 'string'),
          contentsObj?.str ?? '',
        ],
      );
      const text = [lines.join(''), ...fields].filter((one) => one !== '').join('\n');
      if (text.trim() === '') scanned.push(number);
      else if (pictures !== null && text.trim().length < LITTLE_TEXT) {
        shown += 1;
        // Beyond the limit it is not known, so the page is taken for one with a picture.
        if (shown > MAX_SHOWN || (await page.getOperatorList()).fnArray.some((one) => pictures.has(one)))
          pictured.push(number);
      }
      for (const one of annotations as { fileId?: string; file?: { filename?: string } }[])
        if (one.fileId !== undefined)
          attached.set(one.fileId, await attachment(document, one.fileId, one.file?.filename));
      parts.push(text);
      page.cleanup();
    }
    return {
      text: parts.join('\n'),
      scanned,
      pictured,
      formUnread: await hasOtherForm(document),
      attached: [...attached.values()],
      whole,
    };
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('damaged');
  } finally {
    await document.loadingTask.destroy();
  }
}

type Document = Awaited<ReturnType<typeof opened>>;
type Attached = PdfText['attached'][number];

/** Attached files by their ids, without those that are pinned to a page. */
async function attachments(document: Document): Promise<Map<string, Attached>> {
  const found = new Map<string, Attached>();
  const listed = (await document.getAttachments()) as ReadonlyMap<string, { filename?: string }> | null;
  for (const [id, { filename }] of listed ?? []) found.set(id, await attachment(document, id, filename));
  return found;
}

async function attachment(document: Document, id: string, name = 'attachment'): Promise<Attached> {
  const bytes = (await document.getAttachmentContent(id).catch(() => null)) as Uint8Array | null;
  return { name, bytes };
}

/** Whether a PDF contains a picture: its dictionary is never packed or encrypted. */
function hasPictures(bytes: Uint8Array): boolean {
  return /\/Subtype\s{0,4}\/Image\b/u.test(new TextDecoder('windows-1252').decode(bytes));
}

/** Codes of the operators that show a picture. */
async function pictureOperators(): Promise<ReadonlySet<number>> {
  const { OPS } = await getResolvedPDFJS();
  return new Set(
    Object.entries(OPS).flatMap(([name, code]) =>
      /^paint(?:Inline)?Image/u.test(name) ? [code as number] : [],
    ),
  );
}

/** Whether a form is described only in XML, which the library does not read. */
async function hasOtherForm(document: Document): Promise<boolean> {
  const { info } = await document.getMetadata();
  const { IsXFAPresent, IsAcroFormPresent } = info as { IsXFAPresent?: boolean; IsAcroFormPresent?: boolean };
  return IsXFAPresent === true && IsAcroFormPresent !== true;
}

async function opened(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(bytes, { verbosity: 0 });
  } catch (error) {
    throw new Unreadable((error as Error).name === 'PasswordException' ? 'protected' : 'damaged');
  }
}
