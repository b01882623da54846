import type { PolicyContent } from '#domain/policy/content.ts';
import { recordPages } from '../signed-records/index.ts';

/** What a PDF of a policy or handout contains besides the text. */
export interface PolicyPages {
  readonly client: string;
  /** Day of the text, YYYY-MM-DD. */
  readonly day: string;
  readonly line: string;
  /** SHA-256 of the text, in words. */
  readonly hash: string;
  readonly language: string;
}

/** A text as a PDF for readers, or in the layout of another Typst file. */
export async function policyPdf(
  { title, intro, sections }: PolicyContent,
  { client, day, line, hash, language }: PolicyPages,
  signal: AbortSignal,
  template = new URL('./policy.typ', import.meta.url),
): Promise<Uint8Array> {
  return recordPages(
    {
      title,
      author: client,
      client,
      date: day.split('-').map(Number),
      intro,
      sections: sections.map((one) => ({ title: one.title, items: one.items.map(({ text }) => text) })),
      line,
      hash,
      language,
    },
    template,
    signal,
  );
}
// Guide: G8-00
