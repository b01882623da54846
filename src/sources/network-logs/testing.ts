import type { AiTrafficRow } from '#domain/model/kinds.ts';
import { ImportProblem, type Parsed } from '../exports/file-kind.ts';
import { recognize } from '../exports/folder/recognize.ts';
import { openFile } from '../exports/read/open.ts';

export const ENVIRONMENT = { timezone: 'America/New_York', domains: ['alder.example'], today: '2026-11-29' };

/** Imports a text as a network log, recognized by its content. */
export async function read(text: string | Buffer, file = 'log.txt'): Promise<Parsed> {
  const opened = await openFile(Buffer.from(text), file);
  if (opened.form !== 'contents') throw new Error(opened.form);
  const found = recognize(opened.contents, file);
  if (!found.ok) throw new ImportProblem(found.why);
  const [taken] = found.taken;
  if (taken?.kind.kind !== 'ai_traffic') throw new Error(`recognized as ${taken?.kind.kind}`);
  const [parsed] = taken.kind.parse(taken.content, { ...ENVIRONMENT, file });
  if (parsed === undefined) throw new Error('nothing was read');
  return parsed;
}

export const rowsOf = (parsed: Parsed) => parsed.rows as readonly AiTrafficRow[];
/** What matters of each row: day, tool, who, place, times, refused, sent, received. */
export const short = (parsed: Parsed) =>
  rowsOf(parsed).map(({ on, tool, person, device, place, times, refused, sent, received }) => [
    on,
    tool,
    person ?? device,
    place,
    times,
    refused,
    sent,
    received,
  ]);
