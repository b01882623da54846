import { parentPort } from 'node:worker_threads';
import { isMemoryTight } from '#features/memory.ts';
import type { Facts } from '#features/shared/services/facts.ts';
import { prepare } from '#features/verdicts/prepare.ts';
import type { FromThread, ToThread } from '#features/verdicts/thread.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import { unpackRows } from '#store/imports/rows.ts';
import { TASKS } from './tasks.ts';

/** Rows kept in memory at most; past that the longest unused observations go first. */
const ROWS_KEPT = isMemoryTight() ? 40_000 : 400_000;

const catalogue = loadCatalogue();
/** In order of use, the longest unused first. */
const held = new Map<string, readonly unknown[]>();
const waiting = new Map<number, Extract<ToThread, { is: 'run' }>>();

const port = parentPort;
if (port === null) throw new Error('this file runs as a thread only');
const send = (message: FromThread): void => port.postMessage(message);

port.on('message', (message: ToThread) => {
  if (message.is === 'rows') {
    for (const [id, parts] of message.rows)
      held.set(
        id,
        parts.flatMap((part) => unpackRows(part)),
      );
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (asked) void run(asked);
    return;
  }
  const missing = idsOf(message.facts).filter((id) => !held.has(id));
  if (missing.length === 0) return void run(message);
  waiting.set(message.id, message);
  send({ is: 'need', id: message.id, observations: missing });
});

async function run({ id, task, params, facts, moment }: Extract<ToThread, { is: 'run' }>): Promise<void> {
  try {
    const input = prepare(facts, rowsOf, catalogue, moment);
    const work = TASKS[task] as (input: unknown, params: unknown) => unknown;
    send({ is: 'done', id, result: await work(input, params) });
  } catch (error) {
    const known = error instanceof Error ? error : new Error(String(error));
    send({ is: 'failed', id, message: known.message, stack: known.stack ?? null });
  }
  forget(facts);
}

function rowsOf(id: string): readonly unknown[] {
  const rows = held.get(id) ?? [];
  held.delete(id);
  held.set(id, rows);
  return rows;
}

/** Keeps what is in use by the last client and lets the oldest others go. */
function forget(facts: Facts): void {
  const used = new Set(idsOf(facts));
  let total = [...held.values()].reduce((sum, rows) => sum + rows.length, 0);
  for (const [id, rows] of held) {
    if (total <= ROWS_KEPT) return;
    if (used.has(id)) continue;
    held.delete(id);
    total -= rows.length;
  }
}

/** What the rows of a client's facts are called: its readings, and the months of the feed that is read live. */
function idsOf({ observations, live }: Facts): string[] {
  return [...observations.map(({ id }) => id), ...(live?.months ?? [])];
}
