import { Readable } from 'node:stream';
import { diffCharters, sameCharter } from '#domain/charter/diff.ts';
import type { Charter, Exception } from '#domain/model/charter.ts';
import { mayBeOnePerson } from '#domain/people/names.ts';
import { addApproval, changeDraft } from '#store/charter/drafts.ts';
import { addEvidence } from '#store/evidence/evidence.ts';
import { insertDocument } from '#store/imports/documents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, forbidden, unprocessable } from '../problems.ts';
import { fileWord } from '../shared/download.ts';
import { accountsOf } from '../shared/second-person.ts';
import { faultsFor, invariantsOf, stillCounting, whyNotApprover } from './approval.ts';
import { act, type Chosen, editConflict, movedOn, step } from './draft-change.ts';
import { charterOf, type ReadDraft } from './read.ts';
import { type DraftView, nextNumber, todayOf } from './show.ts';
import { type CharterDocument, NotWritten, writeCharter } from './written-charter.ts';

/**
 * Approves a draft. The last approval needed puts it in force: the new version of the charter, its audit record and the
 * new facts for verdicts are stored in one transaction.
 */
export async function approveDraft(
  context: HandlerContext,
  input: Chosen & { readonly note?: string | undefined },
): Promise<DraftView> {
  let written: CharterDocument | null = null;
  for (;;)
    try {
      return await approveWith(context, input, written);
    } catch (error) {
      if (!(error instanceof NotWritten)) throw error;
      written = await writeCharter(error);
    }
}

async function approveWith(
  context: HandlerContext,
  input: Chosen & { readonly note?: string | undefined },
  written: CharterDocument | null,
): Promise<DraftView> {
  const { client, actor, now } = context;
  const accounts = await accountsOf(context.services);
  return act(context, input, async (read, tx, recorder) => {
    const { row, value, moved } = read;
    if (row.state !== 'proposed')
      throw unprocessable('The draft has not been sent for approval yet. Its editor has to send it first.');
    const why = whyNotApprover(read, actor, accounts);
    if (why !== null) throw forbidden(why);
    if (moved) throw await movedOn(tx, context, read);
    const today = todayOf(context);
    const invariants = invariantsOf(context, value, today);
    const [fault] = faultsFor(value, invariants);
    if (fault !== undefined) throw unprocessable(fault);
    const note = input.note === undefined || input.note === '' ? null : input.note;
    const added = await addApproval(tx, {
      client_id: client.id,
      charter_draft_id: row.id,
      round: row.round,
      approved_by: actor.userId,
      approved_by_name: actor.name,
      note,
      approved_at: now,
    });
    if (!added)
      throw conflict('You have already approved this draft.', {
        by: actor.name,
        at: now,
        version: row.version,
      });
    await step(tx, context, row.id, 'approved', note);
    const signed = [
      ...stillCounting(read, accounts, client.id).map((one) => ({
        name: one.approved_by_name,
        signatures: accounts.signaturesOf(one.approved_by),
      })),
      { name: actor.name, signatures: accounts.signaturesOf(actor.userId) },
    ];
    const approvers = signed.map(({ name }) => name);
    const subject = { kind: 'charter_draft', id: row.id, name: row.title };
    if (approvers.length < invariants.approvers) {
      await recorder.record({
        subject,
        reason: note,
        before: { state: 'proposed', approvals: approvers.length - 1 },
        after: { state: 'proposed', approvals: approvers.length, needed: invariants.approvers },
      });
      return;
    }
    const created = await putInForce(tx, context, read, { signed, today, written });
    const changed = await changeDraft(tx, client.id, row.id, input.version, {
      state: 'approved',
      ended_by: actor.userId,
      ended_by_name: actor.name,
      ended_at: now,
      ended_reason: note,
      document_version: created.version,
    });
    if (changed === null) throw await editConflict(tx, context, row);
    await step(tx, context, row.id, 'in_force', null);
    await recorder.record({
      subject,
      reason: note,
      before: { state: 'proposed', inForce: read.current?.version ?? null },
      after: {
        state: 'approved',
        version: created.version,
        sha256: created.sha256,
        approvedBy: approvers,
        proposedBy: row.proposed_by_name,
        brokenInvariants: invariants.broken.map(({ words, exception }) => ({
          words,
          until: exception?.until ?? null,
        })),
        changes: diffCharters(charterOf(read.current), value, context.services.catalogue, today).map(
          ({ words }) => words,
        ),
      },
    });
    await recorder.facts();
  });
}

/** An approver, with all names and addresses by which an owner may refer to them. */
interface Signed {
  readonly name: string;
  readonly signatures: readonly string[];
}

interface InForce {
  readonly signed: readonly Signed[];
  readonly today: string;
  readonly written: CharterDocument | null;
}

/**
 * Makes the draft the next version of the charter. It is kept as evidence in YAML, so that verdicts can cite its lines.
 */
async function putInForce(
  tx: Tx,
  context: HandlerContext,
  { row, value, current }: ReadDraft,
  { signed, today, written }: InForce,
): Promise<{ version: number; sha256: string }> {
  const { client, actor, now, services } = context;
  const approvers = signed.map(({ name }) => name);
  const version = nextNumber(current);
  const whole: Charter = {
    version,
    inForceSince: today,
    approvedBy: [...approvers],
    ...value,
    ...(value.exceptions === undefined
      ? {}
      : { exceptions: approvedExceptions(value.exceptions, charterOf(current).exceptions ?? [], signed) }),
  };
  const wanted = new NotWritten(whole, [
    `Charter of ${client.name}, version ${version}`,
    `In force since ${today}. Proposed by ${row.proposed_by_name ?? 'someone'}, approved by ${approvers.join(' and ')}.`,
  ]);
  if (written?.of !== wanted.of) throw wanted;
  const { text } = written;
  const name = `charter-${fileWord(client.name)}-v${version}.yaml`;
  const bytes = Buffer.from(text, 'utf8');
  const stored = await services.blobs.put(Readable.from([bytes]), { maxBytes: bytes.length });
  await addEvidence(tx, client.id, [
    {
      ...stored,
      name,
      mediaType: 'application/yaml',
      how: 'charter',
      addedBy: actor.userId,
      addedByName: actor.name,
      addedAt: now,
    },
  ]);
  await insertDocument(tx, {
    id: row.id,
    clientId: client.id,
    kind: 'charter',
    version,
    value: written.value,
    lines: written.lines,
    file: name,
    sha256: stored.sha256,
    importId: null,
    draftId: row.id,
    basis: 'draft',
    at: now,
    by: actor.userId,
  });
  return { version, sha256: stored.sha256 };
}

/**
 * Bylaw sets who approved an exception: for one already in force and unchanged, the person who approved it then; for a
 * new one, an approver of this version who is not its owner. `approvedBy` in the draft's text is ignored.
 */
function approvedExceptions(
  wanted: readonly Exception[],
  before: readonly Exception[],
  signed: readonly Signed[],
): Exception[] {
  return wanted.map(({ approvedBy: _, ...exception }) => {
    const old = before.find(({ approvedBy: __, ...one }) =>
      sameCharter({ exceptions: [one] }, { exceptions: [exception] }),
    );
    const by =
      old === undefined
        ? signed.find(({ signatures }) => !signatures.some((one) => mayBeOnePerson(exception.owner, one)))
            ?.name
        : old.approvedBy;
    return { ...exception, ...(by === undefined ? {} : { approvedBy: by }) };
  });
}
// Guide: G2.2-17 G2.2-23 G2.2-28 G2.2-30
