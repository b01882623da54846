import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { type Budget, Unreadable } from './limits.ts';

export interface PdfText {
  readonly text: string;
  /** 1-based numbers of pages without text. */
  readonly scanned: readonly number[];
  readonly attached: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Whether all pages were read in time. */
  readonly whole: boolean;
}

const MAX_PAGES = 2_000;

/** Preloads the modules that the library loads lazily. */
export const loadPdf = async (): Promise<void> => void (await getResolvedPDFJS());

/** Text of a PDF and its filled-in forms, page by page. Throws {@link Unreadable}. */
export async function pdfText(bytes: Uint8Array, budget: Budget): Promise<PdfText> {
  // A copy, because the library takes ownership of the bytes.
  const document = await opened(new Uint8Array(bytes));
  try {
    const parts: string[] = [];
    const scanned: number[] = [];
    let whole = document.numPages <= MAX_PAGES;
    for (let number = 1; number <= Math.min(document.numPages, MAX_PAGES); number += 1) {
      if (budget.stop()) {
        whole = false;
        break;
      }
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const lines = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''));
      const fields = (await page.getAnnotations()).flatMap(
        ({ fieldValue, contentsObj }: { fieldValue?: unknown; contentsObj?: { str?: string } }) => [
          ...[fieldValue].flat().filter((value) => typeof value === 'string'),
          contentsObj?.str ?? '',
        ],
      );
      const text = [lines.join(''), ...fields].filter((one) => one !== '').join('\n');
      if (text.trim() === '') scanned.push(number);
      parts.push(text);
      page.cleanup();
    }
    const attached = Object.values((await document.getAttachments()) ?? {}).map((one) => {
      const { filename, content } = one as { filename: string; content: Uint8Array };
      return { name: filename, bytes: content };
    });
    return { text: parts.join('\n'), scanned, attached, whole };
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('damaged');
  } finally {
    await document.loadingTask.destroy();
  }
}

async function opened(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(bytes, { verbosity: 0 });
  } catch (error) {
    throw new Unreadable((error as Error).name === 'PasswordException' ? 'protected' : 'damaged');
  }
}
