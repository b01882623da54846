import { createHash } from 'node:crypto';
import { compileRules } from '#domain/dlp/compile.ts';
import { FAKE_NOTICE, type FakeLine, fakeLines, fakeMembers } from '#domain/dlp/fakes.ts';
import { rulePackage } from '#domain/dlp/purview.ts';
import { quotedCell } from '#domain/text/csv-cell.ts';
import { findTuning } from '#store/dlp/tuning.ts';
import type { HandlerContext } from '../context.ts';
import type { Download } from '../shared/download.ts';
import { DLP_FILE_NAMES, type DlpFile } from './files.ts';
import { rulesFor } from './rules-of-client.ts';
import { rulesOf, versionOf } from './show.ts';
import { tuningOf } from './tuning-of.ts';

const DAY_MS = 86_400_000;

/**
 * A file generated from the rules. Each test file is scanned before it is returned, to make sure that it contains what
 * it says.
 */
export async function dlpFile(
  context: HandlerContext,
  { file }: { readonly file: DlpFile },
): Promise<Download> {
  const rules = rulesOf(context);
  return {
    name: DLP_FILE_NAMES[file],
    ...(file === 'purview_package'
      ? await packageFile(context)
      : await testFile(file, fakeLines(rules, compileRules(rules)))),
  };
}

/** The rules of the catalogue that a custom type can represent, and the client's own patterns. */
async function packageFile(context: HandlerContext): Promise<Omit<Download, 'name'>> {
  const { client, services } = context;
  const { row, tuning } = await context.read(async (tx) => ({
    row: await findTuning(tx, client.id),
    tuning: await tuningOf(tx, client.id),
  }));
  const rules = rulesFor(services.catalogue, tuning);
  // Even without any pattern: the package without them has to replace the previous one.
  const changed = row?.changed_at ?? null;
  const asOf =
    services.catalogue.dlp
      .map((one) => one.asOf)
      .sort()
      .at(-1) ?? '2026-01-01';
  const xml = rulePackage(rules, {
    client: client.name,
    // Purview accepts a package only with a higher version; each part is at most 65,535.
    version:
      changed !== null && changed.getTime() > Date.parse(asOf)
        ? [Math.floor(changed.getTime() / DAY_MS), Math.floor((changed.getTime() % DAY_MS) / 2_000)]
        : [Math.floor(Date.parse(asOf) / DAY_MS), Number.parseInt(versionOf(rules).slice(0, 4), 16) % 65_535],
    id: (name) => guid(`${client.id} ${name}`),
  });
  return { type: 'application/xml', bytes: Buffer.from(`\uFEFF${xml}`, 'utf16le') };
}

/** The same name gives the same id, so that a newer package replaces the previous one. */
function guid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function testFile(
  file: Exclude<DlpFile, 'purview_package'>,
  lines: readonly FakeLine[],
): Promise<Omit<Download, 'name'>> {
  switch (file) {
    case 'test_csv': {
      const rows = fakeMembers().map((row) => row.map(quotedCell).join(','));
      return { type: 'text/csv; charset=utf-8', bytes: Buffer.from(`\uFEFF${rows.join('\r\n')}\r\n`) };
    }
    case 'test_xlsx': {
      const { default: writeXlsxFile } = await import('write-excel-file/node');
      const data = fakeMembers().map((row) => row.map((value) => ({ value })));
      const bytes = await writeXlsxFile(data as never, { sheet: 'TEST' }).toBuffer();
      return { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes };
    }
    case 'test_docx': {
      const { Document, Packer, Paragraph } = await import('docx');
      const children = [FAKE_NOTICE, ...lines.map(({ text }) => text)].map((text) => new Paragraph(text));
      const bytes = await Packer.toBuffer(new Document({ sections: [{ children }] }));
      return { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', bytes };
    }
    case 'test_txt':
      return {
        type: 'text/plain; charset=utf-8',
        bytes: Buffer.from([FAKE_NOTICE, '', ...lines.map(({ text }) => text), ''].join('\r\n')),
      };
  }
}
