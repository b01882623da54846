import { parentPort } from 'node:worker_threads';
import { memoryBesideServerMb } from '#features/memory.ts';
import type { Facts } from '#features/shared/services/facts.ts';
import { prepare } from '#features/verdicts/prepare.ts';
import type { FromThread, ToThread } from '#features/verdicts/thread.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import { parseRows, rowsText } from '#store/imports/rows.ts';
import { TASKS } from './tasks.ts';

/**
 * Characters of JSON of rows kept in memory at most, which take about twice as much of it; past that the longest unused
 * observations go first. Rows say nothing about it: one may hold a text of a megabyte.
 */
const MAX_CHARACTERS = (Math.min(1_200, memoryBesideServerMb()) / 8) * 1024 * 1024;

interface Held {
  readonly rows: readonly unknown[];
  readonly characters: number;
}

const catalogue = loadCatalogue();
/** In order of use, the longest unused first. */
const held = new Map<string, Held>();
/** What is asked and not answered yet: its rows stay. */
const open = new Map<number, Facts>();
let lastAsked: Facts | null = null;
const waiting = new Map<number, Extract<ToThread, { is: 'run' }>>();

const port = parentPort;
if (port === null) throw new Error('this file runs as a thread only');
const send = (message: FromThread): void => port.postMessage(message);

port.on('message', (message: ToThread) => {
  if (message.is === 'rows') {
    // What others left goes first, so that both are not in memory at once.
    forget();
    for (const [id, parts] of message.rows) hold(id, parts);
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (asked) void run(asked);
    return;
  }
  open.set(message.id, message.facts);
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
  open.delete(id);
  lastAsked = facts;
  forget();
}

function hold(id: string, parts: readonly Uint8Array[]): void {
  const rows: unknown[] = [];
  let characters = 0;
  for (const part of parts) {
    const text = rowsText(part);
    characters += text.length;
    for (const row of parseRows(text)) rows.push(row);
  }
  held.set(id, { rows, characters });
}

function rowsOf(id: string): readonly unknown[] {
  const found = held.get(id);
  // Nothing is decided on fewer rows than there are.
  if (found === undefined) throw new Error('the rows of an observation are not at hand');
  held.delete(id);
  held.set(id, found);
  return found.rows;
}

/** Keeps what is asked for, else what was asked for last, and lets the oldest others go. */
function forget(): void {
  const used = new Set(
    [...(open.size > 0 ? open.values() : lastAsked === null ? [] : [lastAsked])].flatMap(idsOf),
  );
  let total = [...held.values()].reduce((sum, { characters }) => sum + characters, 0);
  for (const [id, { characters }] of held) {
    if (total <= MAX_CHARACTERS) return;
    if (used.has(id)) continue;
    held.delete(id);
    total -= characters;
  }
}

/** What the rows of a client's facts are called: its readings, and the months of the feed that is read live. */
function idsOf({ observations, live }: Facts): string[] {
  return [...observations.map(({ id }) => id), ...(live?.months ?? [])];
}
