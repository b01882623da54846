import { versionLabel } from '#domain/policy/versions.ts';
import type { PolicyVersionRow } from '#store/policy/versions.ts';
import type { HandlerContext } from '../context.ts';
import { asDownload, fileWord } from '../shared/download.ts';
import { recordPages } from '../signed-records/index.ts';
import { policyDocx } from './docx.ts';
import { policyHtml } from './html.ts';
import { versionCalled } from './show.ts';
import { dayIn, plainText } from './words.ts';

type Format = 'docx' | 'html' | 'pdf' | 'txt';

const TYPES: Readonly<Record<Format, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
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
  const inForce = `Version ${versionLabel(row)}, in force from ${dayIn(row.effective_on, 'en-US')}`;
  const approved = `Approved by ${row.approved_by_name}.`;
  const hash = `SHA-256 of the text: ${sha256}`;
  const line = `${inForce}. ${approved}`;
  if (format === 'txt') return new TextEncoder().encode(plainText(content));
  if (format === 'html') return new TextEncoder().encode(policyHtml(content, { client, line, foot: hash }));
  if (format === 'docx')
    return policyDocx(content, {
      client,
      line: inForce,
      approved,
      hash,
      language: 'en-US',
      acknowledgement: {
        title: 'Acknowledgement',
        words: `I have read “${content.title}”, version ${versionLabel(row)}, and will follow it.`,
        lines: ['Name', 'Work email address', 'Date', 'Signature'],
      },
    });
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
