import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { type CompiledRules, compileRules, type DlpTuning, NO_TUNING } from '#domain/dlp/compile.ts';
import type { DlpRule } from '#domain/dlp/rules.ts';
import { alarming, scan } from '#domain/dlp/scan.ts';
import { readHookCall, UnreadableCall } from '#sources/inference-hook/call.ts';
import { textsOf } from '#sources/web-request/texts.ts';
import { fingerprintOf } from './fingerprint-of.ts';
import type { FromScan, ToScan } from './messages.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs as a thread only');
const given: readonly DlpRule[] = workerData;
/** A guard finds nothing that it would not refuse. */
const rules = given.filter(({ lookOnly }) => !lookOnly);

/** Rules that were made ready, by what their clients changed of them. */
const ready = new Map<string, CompiledRules>();
const MAX_READY = 50;

function compiled(tuning: DlpTuning): CompiledRules {
  // Each index of a member list has a key of its own.
  const key = JSON.stringify({ ...tuning, exact: tuning.exact?.key });
  const known = ready.get(key);
  if (known !== undefined) return known;
  if (ready.size >= MAX_READY) ready.clear();
  const made = compileRules(rules, tuning);
  ready.set(key, made);
  return made;
}

async function read(task: ToScan, stop: () => boolean) {
  if (task.what === 'request') return { call: null, ...(await textsOf(task, stop)) };
  if (task.what === 'text') return { call: null, texts: [task.text], unread: 0, isRead: true };
  const { call, texts } = readHookCall(task.bytes);
  return { call, texts, unread: call.unread, isRead: true };
}

async function scanned(task: ToScan) {
  const { tuning, until } = task;
  const stop = () => Date.now() > until;
  const { call, texts, unread, isRead } = await read(task, stop);
  const mine = compiled(tuning);
  const counts = new Map<string, number>();
  const secrets = new Map<string, Set<string>>();
  let finished = isRead;
  let characters = 0;
  for (const text of texts) {
    characters += text.length;
    if (stop()) {
      finished = false;
      continue;
    }
    const result = scan(text, mine, { stop });
    if (result.scanned < text.length) finished = false;
    for (const { rule, group, start, end } of result.findings)
      if (group === 'credential') note(secrets, rule, text.slice(start, end));
    for (const [rule, count] of result.counts) counts.set(rule, (counts.get(rule) ?? 0) + count);
  }
  const alarmed = alarming({ counts }, mine);
  const hits = alarmed.map((rule) => [rule, counts.get(rule) ?? 0]);
  const key = task.fingerprintKey;
  const fingerprints = alarmed.flatMap((rule) => {
    const found = key === null ? undefined : secrets.get(rule);
    return found === undefined || key === null
      ? []
      : [[rule, [...found].map((sha256) => fingerprintOf(key, sha256))]];
  });
  return {
    is: 'scanned',
    call,
    characters,
    unread,
    finished,
    alarming: Object.fromEntries(hits),
    fingerprints: Object.fromEntries(fingerprints),
  } as const;
}

/** Secrets of a rule in one content beyond which no more are told apart. */
const MAX_SECRETS = 10;

/** Notes a secret by its SHA-256, as a browser would send it. */
function note(secrets: Map<string, Set<string>>, rule: string, secret: string): void {
  const known = secrets.get(rule) ?? new Set<string>();
  secrets.set(rule, known);
  if (known.size < MAX_SECRETS) known.add(createHash('sha256').update(secret).digest('hex'));
}

// The first call waits for no rule to be made ready.
compiled(NO_TUNING);

/** One after the other, also where a file is waited for. */
let turn = Promise.resolve();
port.on('message', (task: ToScan) => {
  turn = turn.then(() => answer(task));
});

async function answer(task: ToScan): Promise<void> {
  const send = (answer: FromScan) => port?.postMessage(answer);
  try {
    send({ id: task.id, ...(await scanned(task)) });
  } catch (error) {
    if (!(error instanceof UnreadableCall)) throw error;
    send({ id: task.id, is: 'unreadable' });
  }
}
