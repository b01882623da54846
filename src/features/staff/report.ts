import { randomInt, randomUUID } from 'node:crypto';
import { clauseNumber } from '#domain/policy/content.ts';
import { REPORT_KINDS, type ReportKind } from '#domain/staff/words.ts';
import { appendAudit } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import { insertStaffReport } from '#store/staff/reports.ts';
import type { Services } from '../context.ts';
import { policyIn, type StaffProof, staffActor } from '../policy/index.ts';
import { networkOf } from '../shared/network.ts';
import { countGiven } from '../shared/secret-limits.ts';

/** How long what is written may be, and how many reports a client takes within a day. */
export const REPORT = { said: 4000, happened: 200, contact: 320, perDay: 100 } as const;
/** The same words again within this time are the same report: a button pressed twice, a page loaded again. */
const TWICE_MS = 15 * 60_000;
/** Without letters and numbers that are taken for others. */
const SIGNS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

export interface Written {
  readonly kind: string;
  /** Id of the clause of the policy that it is about; left out: of none. */
  readonly clause?: string;
  readonly said: string;
  readonly happened: string;
  readonly contact: string;
}

export type Reported =
  | { readonly kind: 'taken'; readonly reference: string }
  | { readonly kind: 'no_kind' }
  | { readonly kind: 'too_short' }
  | { readonly kind: 'later'; readonly seconds: number };

interface From {
  readonly clientId: string;
  /** Whom a link or a sign-in showed it to be; null: nothing shows who it is. */
  readonly person: { readonly address: string; readonly method: StaffProof } | null;
  readonly ip: string;
}

/** Takes a report of somebody of the staff, with its record in one transaction. */
export async function takeReport(services: Services, from: From, written: Written): Promise<Reported> {
  const { clientId, person, ip } = from;
  const address = person?.address ?? null;
  const kind = REPORT_KINDS.find((one) => one === written.kind);
  if (kind === undefined) return { kind: 'no_kind' };
  const said = written.said.replaceAll('\r\n', '\n').trim().slice(0, REPORT.said);
  if (said.replace(/\s/gu, '').length < 10) return { kind: 'too_short' };
  const now = services.clock();
  const seconds = countGiven(services, networkOf(ip), now);
  if (seconds > 0) return { kind: 'later', seconds };
  const taken = await services.store.write([clientId], async (tx): Promise<Reported> => {
    // One after the other, so that a limit is one and the same words are one report.
    await tx.selectFrom('clients').select('id').where('id', '=', clientId).forUpdate().execute();
    const lately = await tx
      .selectFrom('staff_reports')
      .select(['reference', 'kind', 'said', 'received_at'])
      .where('client_id', '=', clientId)
      .where('received_at', '>', new Date(now.getTime() - 24 * 3_600_000))
      .execute();
    const same = lately.find(
      (one) => one.said === said && one.kind === kind && one.received_at.getTime() > now.getTime() - TWICE_MS,
    );
    if (same !== undefined) return { kind: 'taken', reference: same.reference };
    if (lately.length >= REPORT.perDay) return { kind: 'later', seconds: 3600 };
    const reference = await newReference(tx, clientId);
    const id = randomUUID();
    await insertStaffReport(tx, {
      client_id: clientId,
      id,
      reference,
      kind,
      clause: kind === 'question' ? await clauseIn(tx, clientId, now, written.clause) : null,
      said,
      happened: cut(written.happened, REPORT.happened),
      contact: cut(written.contact, REPORT.contact),
      address,
      received_at: now,
    });
    await record(tx, { clientId, person, id, reference, kind, now });
    return { kind: 'taken', reference };
  });
  services.events.publish({ client: clientId, topic: 'staff', id: null });
  return taken;
}

/** What was written stays out of the log, as a person's words do. */
async function record(
  tx: Tx,
  one: {
    readonly clientId: string;
    readonly person: From['person'];
    readonly id: string;
    readonly reference: string;
    readonly kind: ReportKind;
    readonly now: Date;
  },
): Promise<void> {
  await appendAudit(tx, {
    chain: one.clientId,
    actor:
      one.person === null
        ? { kind: 'system', id: null, name: 'Staff, on the staff page' }
        : staffActor(one.person),
    action: 'staff.report',
    subject: { kind: 'staff_report', id: one.id, name: one.reference },
    before: null,
    after: { reference: one.reference, kind: one.kind },
    at: one.now,
  });
}

/** A clause of the policy in force by its id; null: it has no such clause. */
async function clauseIn(tx: Tx, clientId: string, now: Date, id = ''): Promise<string | null> {
  const { version } = await policyIn(tx, clientId, now);
  return version !== null && clauseNumber(version.content, id) !== null ? id : null;
}

async function newReference(tx: Tx, clientId: string): Promise<string> {
  for (;;) {
    const reference = Array.from({ length: 6 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
    const there = await tx
      .selectFrom('staff_reports')
      .select('id')
      .where('client_id', '=', clientId)
      .where('reference', '=', reference)
      .executeTakeFirst();
    if (there === undefined) return reference;
  }
}

function cut(text: string, max: number): string | null {
  const plain = text.replace(/\s+/gu, ' ').trim().slice(0, max);
  return plain === '' ? null : plain;
}
// Guide: G8-16
