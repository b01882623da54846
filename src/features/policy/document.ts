import type { Language } from '#domain/policy/languages.ts';
import { versionLabel } from '#domain/policy/versions.ts';
import type { PolicyVersionRow } from '#store/policy/versions.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { asDownload, fileWord } from '../shared/download.ts';
import { policyHtml } from './html.ts';
import { LOCALES, say, sayDay } from './messages/format.ts';
import { policyPdf } from './pdf.ts';
import { versionCalled } from './show.ts';
import { exactText, type ShownText } from './translated.ts';
import { policyDocx } from './word.ts';
import { plainText } from './words.ts';

type Format = 'docx' | 'html' | 'pdf' | 'txt';

const TYPES: Readonly<Record<Format, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  txt: 'text/plain; charset=utf-8',
};

/** A version as a file: a document for readers, or the plain text from which its hash is computed. */
export async function downloadPolicy(
  context: HandlerContext,
  {
    version,
    format,
    language,
  }: { readonly version: string; readonly format: Format; readonly language: Language },
) {
  const { row } = await versionCalled(context, version);
  const text = exactText(row, language);
  if (text === null) throw notFound('This version has no text in that language.');
  return asDownload({
    name: `policy-${fileWord(context.client.name)}-v${versionLabel(row)}${language === 'en' ? '' : `-${language}`}.${format}`,
    type: TYPES[format],
    bytes: await bytesOf(context, row, text, format),
  });
}

async function bytesOf(
  { client, request }: HandlerContext,
  row: PolicyVersionRow,
  { language, content, sha256 }: ShownText,
  format: Format,
): Promise<Uint8Array> {
  const version = versionLabel(row);
  const inForce = say(language, 'in_force', { version, day: sayDay(language, row.effective_on) });
  const approved = say(language, 'approved', { name: row.approved_by_name });
  const hash = say(language, 'hash', { sha256 });
  const line = `${inForce}. ${approved}`;
  if (format === 'txt') return new TextEncoder().encode(plainText(content));
  if (format === 'html')
    return new TextEncoder().encode(policyHtml(content, { client: client.name, line, foot: hash, language }));
  if (format === 'docx')
    return policyDocx(content, {
      client: client.name,
      line: inForce,
      approved,
      hash,
      language: LOCALES[language],
      acknowledgement: {
        title: say(language, 'paper_title'),
        words: say(language, 'paper_said', { title: content.title, version }),
        lines: PAPER_LINES.map((key) => say(language, key)),
      },
    });
  return policyPdf(
    content,
    { client: client.name, day: row.effective_on, line, hash, language },
    request.signal,
  );
}

const PAPER_LINES = ['paper_name', 'paper_email', 'paper_date', 'paper_signature'] as const;
// Guide: G8-00
