import { randomInt, randomUUID } from 'node:crypto';
import { clauseNumber } from '#domain/policy/content.ts';
import { REPORT_KINDS, type ReportKind } from '#domain/staff/words.ts';
import { appendAudit } from '#store/audit.ts';
import { isWithin } from '#store/clock.ts';
import type { Tx } from '#store/open.ts';
import { insertStaffReport } from '#store/staff/reports.ts';
import type { Services } from '../context.ts';
import { readStaffPolicy, type StaffProof, staffActor } from '../policy/index.ts';
import { networkOf } from '../shared/network.ts';
import { countGiven } from '../shared/secret-limits.ts';

/** Limits of the texts in a report, in characters, and of reports per client and day. */
export const REPORT = { said: 4000, happened: 200, contact: 320, perDay: 100 } as const;
/** The same report of the same person sent again within this time is one: a double click or a reloaded page. Milliseconds. */
const SAME_REPORT_MS = 15 * 60_000;
/** Characters of reference numbers, without those that are easily confused. */
const SIGNS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

export interface Written {
  readonly kind: string;
  /** Id of the policy clause that it is about; left out: none. */
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
  /** The person whom a link or a sign-in proved it to be; null: anonymous. */
  readonly person: { readonly address: string; readonly method: StaffProof } | null;
  readonly ip: string;
}

/** Stores a staff member's report and its audit record in one transaction. */
export async function takeReport(services: Services, from: From, written: Written): Promise<Reported> {
  const { clientId, person, ip } = from;
  const address = person?.address ?? null;
  const kind = REPORT_KINDS.find((one) => one === written.kind);
  if (kind === undefined) return { kind: 'no_kind' };
  const said = written.said.replaceAll('\r\n', '\n').trim().slice(0, REPORT.said);
  if (said.replace(/\s/gu, '').length < 10) return { kind: 'too_short' };
  const happened = cut(written.happened, REPORT.happened);
  const contact = cut(written.contact, REPORT.contact);
  const now = services.clock();
  const seconds = countGiven(services, networkOf(ip), now);
  if (seconds > 0) return { kind: 'later', seconds };
  const taken = await services.store.write([clientId], async (tx): Promise<Reported> => {
    // Serialized per client, so that the daily limit holds and duplicates are recognized.
    await tx.selectFrom('clients').select('id').where('id', '=', clientId).forUpdate().execute();
    const lately = await tx
      .selectFrom('staff_reports')
      .select(['reference', 'kind', 'said', 'happened', 'contact', 'address', 'received_at'])
      .where('client_id', '=', clientId)
      .where('received_at', '>', new Date(now.getTime() - 24 * 3_600_000))
      .execute();
    const same = lately.find(
      (one) =>
        one.said === said &&
        one.kind === kind &&
        one.happened === happened &&
        one.contact === contact &&
        one.address === address &&
        isWithin(one.received_at, now, SAME_REPORT_MS),
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
      happened,
      contact,
      address,
      received_at: now,
    });
    await record(tx, { clientId, person, id, reference, kind, now });
    return { kind: 'taken', reference };
  });
  services.events.publish({ client: clientId, topic: 'staff', id: null });
  return taken;
}

/** The text of the report is not logged, since it is a person's words. */
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

/** The id if the policy in force has this clause, otherwise null. */
async function clauseIn(tx: Tx, clientId: string, now: Date, id = ''): Promise<string | null> {
  const { version } = await readStaffPolicy(tx, clientId, now);
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
