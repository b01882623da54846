import type { TextId } from '#domain/model/policy-text.ts';
import { plainLine } from '#domain/policy/texts.ts';
import { visible } from '#domain/text/unsafe-text.ts';
import { longDay } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { asDownload, fileWord } from '../shared/download.ts';
import { recordPages } from '../signed-records/index.ts';
import { textHtml } from './html.ts';
import type { TextPaper } from './paper.ts';
import { showText, type TextShown } from './show.ts';

type Format = 'docx' | 'html' | 'pdf';

const TYPES: Readonly<Record<Format, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
};

/** A text as a file to complete and hand out. Parts to fill in are marked and in brackets. */
export async function downloadText(
  context: HandlerContext,
  { text, format }: { readonly text: TextId; readonly format: Format },
) {
  const shown = await showText(context, { text });
  return asDownload({
    name: `${text.replaceAll('_', '-')}-${fileWord(context.client.name)}.${format}`,
    type: TYPES[format],
    bytes: await bytesOf(paperOf(shown, context.client.name), shown.madeOn, format, context.request.signal),
  });
}

async function bytesOf(
  paper: TextPaper,
  madeOn: string,
  format: Format,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (format === 'html') return new TextEncoder().encode(textHtml(paper));
  if (format === 'docx') {
    // Loaded on demand: the library needs several megabytes.
    const { textDocx } = await import('./docx.ts');
    return textDocx(paper);
  }
  return recordPages(
    { ...paper, author: paper.client, date: madeOn.split('-').map(Number), language: 'en' },
    new URL('./text.typ', import.meta.url),
    signal,
  );
}

/** Makes every string safe to display, so that the formats need not. */
function paperOf({ title, note, sections, madeOn, revised }: TextShown, client: string): TextPaper {
  return {
    client: visible(client),
    title: visible(title),
    note,
    foot: `Filled on ${longDay(madeOn)} from a template of ${longDay(revised)}.`,
    sections: sections.map((section) => ({
      title: section.title,
      items: section.items.map(({ spans }) =>
        spans.map((span) => ({ text: visible(plainLine([span])), open: span.kind === 'open' })),
      ),
    })),
  };
}
