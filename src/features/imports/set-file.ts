import { parsePeriod, periodText } from '#domain/model/period.ts';
import { dayWords } from '#domain/text/words.ts';
import { changeFile, findFile } from '#store/imports/files.ts';
import { changeImport } from '#store/imports/imports.ts';
import { badRequest, notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { ImportContext } from './context.ts';
import { announce, CHANGEABLE, importOf, requireChangeable } from './find.ts';
import type { Wanted } from './wanted.ts';

export interface FileWord {
  readonly import: string;
  readonly file: string;
  /** null: determined by content. */
  readonly kind?: Wanted | null | undefined;
  /** Field of each column, or null to ignore it. null for all: determined by headings and content. */
  readonly columns?: Readonly<Record<string, string | null>> | null | undefined;
  /** Day of export. null: determined by content, name and modification day. */
  readonly exportedOn?: string | null | undefined;
  /** Days that it covers, in the format of `parsePeriod`. null: as stated in the file. */
  readonly period?: string | null | undefined;
}

/** Records what a person states about a file. It is read again the next time. */
export async function setFile(context: ImportContext, input: FileWord): Promise<void> {
  const { client } = context;
  const { today } = present(context.now, client.timezone);
  if (typeof input.exportedOn === 'string' && input.exportedOn > today)
    throw badRequest(
      `${dayWords(input.exportedOn)} is in the future. Today is ${dayWords(today)} at ${client.name}.`,
    );
  const period = typeof input.period === 'string' ? parsePeriod(input.period) : null;
  if (typeof input.period === 'string' && period === null)
    throw badRequest(
      'Write the days that the file covers as 2026-10-01..2026-10-31, or as one day. The first day comes first.',
    );
  if (period !== null && period.from > today)
    throw badRequest(
      `${dayWords(period.from)} is in the future. Today is ${dayWords(today)} at ${client.name}.`,
    );
  await context.change(async (tx, recorder) => {
    const row = await importOf(tx, client.id, input.import, { lock: true });
    requireChangeable(row);
    const file = await findFile(tx, client.id, row.id, input.file);
    if (file === null) throw notFound();
    const before = {
      kind: file.wanted,
      columns: file.columns,
      exportedOn: file.exportedOn,
      period: file.period,
    };
    const after = {
      kind: input.kind === undefined ? before.kind : input.kind,
      columns: input.columns === undefined ? before.columns : input.columns,
      exportedOn: input.exportedOn === undefined ? before.exportedOn : input.exportedOn,
      period: input.period === undefined ? before.period : period === null ? null : periodText(period),
    };
    if (JSON.stringify(before) === JSON.stringify(after)) {
      recorder.unchanged();
      return;
    }
    await changeFile(tx, client.id, row.id, file.id, {
      wanted: after.kind,
      columns: after.columns,
      exportedOn: after.exportedOn,
      period: after.period,
      state: 'uploaded',
    });
    await changeImport(tx, client.id, row.id, CHANGEABLE, { state: 'collecting' });
    await recorder.record({
      action: 'imports.set_file',
      subject: { kind: 'import', id: row.id, name: file.name },
      before,
      after,
    });
  });
  announce(context.services, client.id, input.import);
}
