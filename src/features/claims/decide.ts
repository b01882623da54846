import { randomUUID } from 'node:crypto';
import { attestationSchema } from '#domain/model/attestation.ts';
import { journalSchema } from '#domain/model/journal.ts';
import { journalConfirmedBy } from '#domain/model/typed-approvals.ts';
import { dayWords } from '#domain/text/words.ts';
import { insertAttestation } from '#store/attestations/attestations.ts';
import { allClaims, type ClaimRow, decideClaim } from '#store/claims/claims.ts';
import { countingDocument, insertDocument } from '#store/imports/documents.ts';
import type { Tx } from '#store/open.ts';
import { todayOf } from '../attestations/index.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { conflict, forbidden, notFound, unprocessable } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { countingJournal, newApprovals, whyNot, whyTooEarly } from './list.ts';

/** Makes claims count in the name of whoever is signed in: all that are named, or none. */
export async function confirmClaims(
  context: HandlerContext,
  ids: readonly string[],
): Promise<{ confirmed: number }> {
  const { client, actor, now } = context;
  const accounts = await accountsOf(context.services);
  await context.services.verdicts.ensureCurrent([client.id]);
  const confirmed = await decided(context, ids, async (row, tx, recorder) => {
    const journal = await countingJournal(tx, client.id);
    const approvals = row.kind === 'journal' ? newApprovals(row, journal) : [];
    const why = whyNot(context, accounts, row, approvals);
    if (why !== null) throw forbidden(why);
    const early = await whyTooEarly(tx, context, row, journal);
    if (early !== null) throw unprocessable(`${early} Nothing was confirmed.`);
    const became =
      row.kind === 'journal'
        ? await confirmJournal(tx, context, row, new Set(approvals.map(({ key }) => key)))
        : await confirmStatement(tx, context, row);
    const done = await decideClaim(tx, client.id, row.id, {
      state: 'confirmed',
      by: { id: actor.userId, name: actor.name },
      at: now,
      reason: null,
      became,
    });
    if (!done) throw editConflict(row);
    await recorder.record({
      subject: { kind: 'claim', id: row.id, name: row.control_id ?? row.file },
      before: { state: 'waiting', file: row.file, typedBy: row.typed_by, broughtBy: row.claimed_by_name },
      after: {
        state: 'confirmed',
        became,
        ...(row.kind === 'journal'
          ? { approvals: approvals.map(({ words, by }) => ({ words, by })) }
          : { statement: row.value }),
      },
    });
  });
  return { confirmed };
}

async function confirmStatement(tx: Tx, context: HandlerContext, row: ClaimRow): Promise<string> {
  const { client, actor, now } = context;
  const statement = attestationSchema.parse(row.value);
  if (statement.seen > todayOf(context))
    throw unprocessable(
      `The statement of ${statement.control} is dated ${dayWords(statement.seen)}, which is in the future. Refuse it.`,
    );
  const id = randomUUID();
  await insertAttestation(tx, {
    id,
    client_id: client.id,
    control_id: statement.control,
    holds: statement.holds,
    seen: statement.seen,
    attested_by: `${actor.name} (${actor.email})`,
    note: [statement.note, `From ${row.file}, where it says: by ${statement.by}.`].filter(Boolean).join(' '),
    evidence_sha: row.evidence_sha,
    proof_missing: row.evidence_sha === null ? (statement.file ?? null) : null,
    expires: statement.expires ?? null,
    import_id: row.import_id,
    created_by: actor.userId,
    created_at: now,
  });
  return id;
}

async function confirmJournal(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  row: ClaimRow,
  approvals: ReadonlySet<string>,
): Promise<string> {
  const last = await countingDocument(tx, client.id, 'journal');
  const id = randomUUID();
  await insertDocument(tx, {
    id,
    clientId: client.id,
    kind: 'journal',
    version: (last?.version ?? 0) + 1,
    value: journalConfirmedBy(journalSchema.parse(row.value), actor.name, approvals),
    lines: row.lines,
    leftOut: row.left_out,
    file: row.file,
    sha256: row.sha256,
    importId: row.import_id,
    basis: 'claim',
    at: now,
    by: actor.userId,
  });
  return id;
}

/** Refuses claims: they stay on record and never count. */
export async function refuseClaims(
  context: HandlerContext,
  ids: readonly string[],
  reason: string,
): Promise<{ refused: number }> {
  const { client, actor, now } = context;
  const refused = await decided(context, ids, async (row, tx, recorder) => {
    const done = await decideClaim(tx, client.id, row.id, {
      state: 'refused',
      by: { id: actor.userId, name: actor.name },
      at: now,
      reason,
      became: null,
    });
    if (!done) throw editConflict(row);
    await recorder.record({
      subject: { kind: 'claim', id: row.id, name: row.control_id ?? row.file },
      reason,
      before: { state: 'waiting', file: row.file, typedBy: row.typed_by, broughtBy: row.claimed_by_name },
      after: { state: 'refused' },
    });
  });
  return { refused };
}

async function decided(
  context: HandlerContext,
  ids: readonly string[],
  work: (row: ClaimRow, tx: Tx, recorder: Recorder) => Promise<void>,
): Promise<number> {
  const wanted = new Set(ids);
  await context.change(async (tx, recorder) => {
    // Imports hold the same row while they store: no journal comes in between.
    await tx.selectFrom('clients').select('id').where('id', '=', context.client.id).forUpdate().execute();
    const rows = (await allClaims(tx, context.client.id)).filter(({ id }) => wanted.has(id));
    if (rows.length < wanted.size) throw notFound();
    for (const row of rows) {
      if (row.state !== 'waiting') throw editConflict(row);
      await work(row, tx, recorder);
    }
    await recorder.facts();
  });
  context.services.events.publish({ client: context.client.id, topic: 'attestations', id: 'claims' });
  return wanted.size;
}

function editConflict(row: ClaimRow) {
  return conflict(
    `${row.decided_by_name ?? 'Someone'} decided on ${row.control_id ?? row.file} in the meantime. Look at the list again.`,
    { by: row.decided_by_name, at: row.decided_at, version: null },
  );
}
