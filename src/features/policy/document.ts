import { versionLabel } from '#domain/policy/versions.ts';
import { dayWords } from '#domain/text/words.ts';
import type { PolicyVersionRow } from '#store/policy/versions.ts';
import type { HandlerContext } from '../context.ts';
import { asDownload, fileWord } from '../shared/download.ts';
import { recordPages } from '../signed-records/index.ts';
import { policyHtml } from './html.ts';
import { versionCalled } from './show.ts';
import { plainText } from './words.ts';

type Format = 'html' | 'pdf' | 'txt';

const TYPES: Readonly<Record<Format, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  txt: 'text/plain; charset=utf-8',
};

/** A version as a file: to hand out, or as the plain text that its hash is of. */
export async function downloadPolicy(
  context: HandlerContext,
  { version, format }: { readonly version: string; readonly format: Format },
) {
  const { row } = await versionCalled(context, version);
  return asDownload({
    name: `policy-${fileWord(context.client.name)}-v${versionLabel(row)}.${format}`,
    type: TYPES[format],
    bytes: await bytesOf(context.client.name, row, format),
  });
}

async function bytesOf(client: string, row: PolicyVersionRow, format: Format): Promise<Uint8Array> {
  const { content, sha256 } = row;
  const line = `Version ${versionLabel(row)}, in force from ${dayWords(row.effective_on)}. Approved by ${row.approved_by_name}.`;
  if (format === 'txt') return new TextEncoder().encode(plainText(content));
  if (format === 'html')
    return new TextEncoder().encode(
      policyHtml(content, { client, line, foot: `SHA-256 of the text: ${sha256}` }),
    );
  return recordPages(
    {
      title: content.title,
      author: client,
      client,
      date: row.effective_on.split('-').map(Number),
      intro: content.intro,
      sections: content.sections.map(({ title, items }) => ({ title, items: items.map(({ text }) => text) })),
      line,
      sha256,
    },
    new URL('./policy.typ', import.meta.url),
  );
}
// Guide: G8-00
