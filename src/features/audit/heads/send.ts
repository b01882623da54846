import { open } from 'node:fs/promises';
import { count, dayWords } from '#domain/text/words.ts';
import { STAMP_PROBLEMS } from '#domain/time-stamps/stamp.ts';
import { pageOf } from '#store/audit/read.ts';
import { appendAudit, WORKSPACE } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../../context.ts';
import { harmlessName } from '../../mail/index.ts';
import { BYLAW } from '../../shared/bylaw-actor.ts';
import { readWorkspace, type WorkspaceSettings } from '../../shared/settings.ts';
import { parsed } from '../chain.ts';
import { headLine } from './head.ts';
import { type StampedLines, stampLines } from './kept-heads.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A mail that failed, or of which nothing more was heard, is tried again after this long. Milliseconds. */
const RETRY_MS = HOUR;

export type HeadMail = NonNullable<WorkspaceSettings['auditHeads']>;

/** Sends the heads of every chain of the audit log out of the machine, to the file and the addresses that were named. */
export async function sendHeads(services: Services): Promise<void> {
  await writeToFile(services);
  await mailWhenDue(services);
}

interface Head {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

async function headsOf(services: Services): Promise<readonly Head[]> {
  const rows = await services.store.read('system', (tx) =>
    tx
      .selectFrom('audit_heads')
      .select(['client_id', 'seq', 'hash'])
      .where('seq', '>', 0)
      .orderBy('client_id')
      .execute(),
  );
  return rows.map(({ client_id, seq, hash }) => ({ chain: client_id, seq: Number(seq), hash }));
}

/** What this process wrote last, by server. Another process writes for itself: the same head twice says nothing wrong. */
const written = new WeakMap<Services, { readonly heads: Map<string, string>; all: number }>();

/** Appends the heads that changed since the last look, and once a day all of them. */
async function writeToFile(services: Services): Promise<void> {
  const { config, clock, log, sealer } = services;
  const file = config.auditHeadsFile ?? null;
  if (file === null) return;
  const at = clock();
  const known = written.get(services) ?? { heads: new Map<string, string>(), all: 0 };
  written.set(services, known);
  const everything = Math.abs(at.getTime() - known.all) >= DAY;
  const due = (await headsOf(services)).filter(
    ({ chain, hash }) => everything || known.heads.get(chain) !== hash,
  );
  if (due.length === 0) return;
  const signer = sealer.signer('audit heads');
  const lines = due.map((head) => headLine(head, at, signer));
  const stamped = everything ? await stampLines(services, lines) : NO_STAMP;
  warnOfStamp(services, stamped);
  try {
    const handle = await open(file, 'a', 0o600);
    try {
      await handle.appendFile(textOf(lines, stamped));
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    log.error({ err: error, file }, 'the heads of the audit log could not be written to their file');
    return;
  }
  for (const { chain, hash } of due) known.heads.set(chain, hash);
  if (everything) known.all = at.getTime();
}

const NO_STAMP: StampedLines = { line: null, record: null };

/** Heads as they leave: a line each, and behind them that of their time stamp. */
function textOf(lines: readonly string[], { line }: StampedLines): string {
  return [...lines, ...(line === null ? [] : [line])].map((one) => `${one}\n`).join('');
}

function warnOfStamp({ log }: Services, { record }: StampedLines): void {
  if (record !== null && 'problem' in record)
    log.warn({ problem: record.problem }, 'the heads of the audit log left without a time stamp');
}

const SENDING = 'audit.heads.sending';
const SENT = 'audit.heads.sent';
const FAILED = 'audit.heads.failed';

/** What became of the mails with heads: the last records of them, newest first. */
export async function lastHeadMails(
  tx: Tx,
  now: Date,
): Promise<readonly { readonly action: string; readonly at: Date; readonly says: string | null }[]> {
  const links = await pageOf(
    tx,
    WORKSPACE,
    { action: 'audit.heads', from: new Date(now.getTime() - 15 * DAY) },
    { limit: 20 },
  );
  return links.map(({ at, body }) => {
    const record = parsed(body);
    return { action: record?.action ?? '', at, says: record?.reason ?? null };
  });
}

export function isSent({ action }: { readonly action: string }): boolean {
  return action === SENT;
}
export function isFailed({ action }: { readonly action: string }): boolean {
  return action === FAILED;
}

/** Mails the heads where a day or week is over since they were sent. Claimed on the record, so that one process does. */
async function mailWhenDue(services: Services): Promise<void> {
  const { store, clock, mail } = services;
  const wanted = await store.read('system', readWorkspace);
  if (wanted.settings.auditHeads === null || !(await mail.configured())) return;
  const to = await store.write('system', async (tx) => {
    // Others wait here until the claim is stored.
    await tx.selectFrom('workspace').select('version').forUpdate().execute();
    const { auditHeads } = (await readWorkspace(tx)).settings;
    if (auditHeads === null || !isDue(await lastHeadMails(tx, clock()), auditHeads, clock())) return null;
    await note(tx, SENDING, clock(), { to: auditHeads.to });
    return auditHeads.to;
  });
  if (to === null) return;
  const { failures, stamp } = await mailTo(services, to);
  await store.write('system', (tx) =>
    note(
      tx,
      failures.length === 0 ? SENT : FAILED,
      clock(),
      { to, failed: failures.map(({ address }) => address), ...(stamp === null ? {} : { stamp }) },
      failures.length === 0
        ? null
        : failures
            .map(({ address, says }) => `${address}: ${says}`)
            .join(' ')
            .slice(0, 1_000),
    ),
  );
}

function isDue(
  last: readonly { readonly action: string; readonly at: Date }[],
  { every }: HeadMail,
  now: Date,
): boolean {
  const since = (at: Date) => Math.abs(now.getTime() - at.getTime());
  const [newest] = last;
  if (newest !== undefined && !isSent(newest) && since(newest.at) < RETRY_MS) return false;
  const sent = last.find(isSent);
  // A look comes each quarter of an hour: an hour less than a day, so that the hour of the mail does not creep.
  return sent === undefined || since(sent.at) >= (every === 'day' ? DAY : 7 * DAY) - HOUR;
}

async function note(
  tx: Tx,
  action: string,
  at: Date,
  after: object,
  reason: string | null = null,
): Promise<void> {
  await appendAudit(tx, {
    chain: WORKSPACE,
    actor: BYLAW,
    action,
    subject: { kind: 'audit_heads', id: null },
    reason,
    after,
    at,
  });
}

async function mailTo(
  services: Services,
  to: readonly string[],
): Promise<{
  readonly failures: readonly { readonly address: string; readonly says: string }[];
  readonly stamp: StampedLines['record'];
}> {
  const { clock, config, mail, sealer } = services;
  const at = clock();
  const heads = await headsOf(services);
  const signer = sealer.signer('audit heads');
  const day = at.toISOString().slice(0, 10);
  const fileName = `audit-heads-${day}.jsonl`;
  const lines = heads.map((head) => headLine(head, at, signer));
  const stamped = await stampLines(services, lines);
  warnOfStamp(services, stamped);
  const bytes = Buffer.from(textOf(lines, stamped));
  const text = [
    `The attached file gives the state of ${count(heads.length, 'audit log')} of ${config.origin} on ${dayWords(day)}: the number and hash of the last record in each, signed by that server. It names no one, and you do not need to reply.`,
    'Keep this message where no one who runs the server can change it. If a log is rewritten later, its export no longer matches this file:',
    `    bylaw audit verify EXPORT.tar --heads ${fileName} --key ${signer.publicKey}`,
    ...(stamped.record === null ? [] : [stampWords(stamped.record)]),
    'If a message that you expect does not arrive, ask why.',
  ].join('\n\n');
  const failures: { address: string; says: string }[] = [];
  for (const address of to)
    await mail
      .send({
        to: address,
        subject: `State of Bylaw’s audit logs on ${dayWords(day)}`,
        text: `${text}\n`,
        attachments: [{ fileName, mediaType: 'application/jsonl', bytes }],
      })
      .catch((error: unknown) => {
        failures.push({ address, says: error instanceof Error ? error.message : String(error) });
      });
  return { failures, stamp: stamped.record };
}

function stampWords(record: NonNullable<StampedLines['record']>): string {
  return 'problem' in record
    ? `It has no time stamp this time: ${STAMP_PROBLEMS[record.problem]}`
    : `Its last line is a time stamp from ${record.authority}. With that authority’s certificate (--authority AUTHORITY.pem) it proves the date to others, no matter what the server’s clock says.`;
}

/** Tells those who are no longer sent the heads, so that this cannot be ended unseen. */
export async function sayGoodbye(
  { mail, config, log }: Services,
  gone: readonly string[],
  by: string,
): Promise<void> {
  for (const address of gone)
    await mail
      .send({
        to: address,
        subject: 'You no longer receive the heads of Bylaw’s audit logs',
        text: `${harmlessName(by)} changed the settings of ${config.origin}: this address will no longer receive these messages. If you did not expect this, ask the person who runs the server. Keep the messages you have.\n`,
      })
      .catch((error: unknown) =>
        log.warn({ err: error }, 'the outcome of the mails with heads could not be recorded'),
      );
}
