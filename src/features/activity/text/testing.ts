import { sql } from 'kysely';
import type { TestConsole } from '#server/testing/console.ts';
import type { TestEvent } from '../../telemetry/testing/send.ts';

export const WORDS = 'what Jane wrote about a member';
export const ANSWER = 'what Claude answered to it';
export const INPUT = 'the letter that the tool was given';

/** A charter that lets messages be kept of Cowork, with whatever a test changes of it. */
export function charter(change: Readonly<Record<string, string>> = {}): string {
  const parts: Record<string, string> = {
    contentAccess: 'contentAccess: { allowed: true, approvers: [Renata Osei, Legal counsel, Olive Owner] }',
    contentKept:
      'contentKept: { of: [messages], from: [cowork], purpose: A leak, days: 10, until: 2026-12-15, approvedBy: [Renata Osei, Legal counsel] }',
    policy:
      'policy: { version: "2", published: 2026-11-01, noticeCovers: [usage, content of conversations] }',
    ...change,
  };
  return `${Object.values(parts).join('\n')}\n`;
}

/** A question, its answer and a call of a tool, each with its words. */
export const EVENTS: readonly TestEvent[] = [
  { name: 'user_prompt', values: { 'event.sequence': 1, prompt: WORDS } },
  { name: 'assistant_response', values: { 'event.sequence': 2, response: ANSWER } },
  { name: 'tool_result', values: { 'event.sequence': 3, tool_name: 'Write', tool_input: INPUT } },
];

/** Every row of every table as one text. */
export async function everything(bylaw: TestConsole): Promise<string> {
  const { rows } = await bylaw.services.store.read('system', (tx) =>
    sql<{ name: string }>`select relname::text as name from pg_class where relkind in ('r', 'p')
      and relnamespace = current_schema()::regnamespace and not relispartition
      and relname <> 'schema_migrations'`.execute(tx),
  );
  const all: string[] = [];
  for (const { name } of rows)
    for (const { row } of (
      await bylaw.services.store.read('system', (tx) =>
        sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} as t`.execute(tx),
      )
    ).rows)
      all.push(row);
  return all.join('\n');
}
