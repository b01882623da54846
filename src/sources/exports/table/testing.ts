import type { Kind, Rows } from '#domain/model/kinds.ts';
import type { FileKind, Parsed } from '../file-kind.ts';
import { readDelimited } from '../read/csv.ts';

/** Reads CSV lines as one kind, for tests. */
export function reading<K extends Kind>(
  kind: FileKind<K>,
  lines: readonly string[],
  timezone = 'America/New_York',
  columns: Readonly<Record<string, string | null>> = {},
  file = 'file.csv',
) {
  const content = { form: 'table', tables: [readDelimited(Buffer.from(lines.join('\n')))] } as const;
  const [parsed] = kind.parse(content, {
    file,
    timezone,
    domains: ['alder.example.org'],
    today: '2026-11-24',
    columns,
  }) as readonly Parsed<K>[];
  if (!parsed) throw new Error('The kind gave nothing.');
  return {
    ...parsed,
    rows: parsed.rows as readonly Rows[K][],
    says: parsed.notes.map(({ row, says }) => (row === null ? says : `${row}: ${says}`)),
  };
}
