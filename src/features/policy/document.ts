import { versionLabel } from '#domain/policy/versions.ts';
import { dayWords } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { asDownload, fileWord } from '../shared/download.ts';
import { policyHtml } from './html.ts';
import { versionCalled } from './show.ts';
import { plainText } from './words.ts';

/** A version as a file: to hand out, or as the plain text that its hash is of. */
export async function downloadPolicy(
  context: HandlerContext,
  { version, format }: { readonly version: string; readonly format: 'html' | 'txt' },
) {
  const { row } = await versionCalled(context, version);
  const name = `policy-${fileWord(context.client.name)}-v${versionLabel(row)}.${format}`;
  const text =
    format === 'txt'
      ? plainText(row.content)
      : policyHtml(row.content, {
          client: context.client.name,
          line: `Version ${versionLabel(row)}, in force from ${dayWords(row.effective_on)}. Approved by ${row.approved_by_name}.`,
          foot: `SHA-256 of the text: ${row.sha256}`,
        });
  return asDownload({
    name,
    type: format === 'txt' ? 'text/plain; charset=utf-8' : 'text/html; charset=utf-8',
    bytes: new TextEncoder().encode(text),
  });
}
