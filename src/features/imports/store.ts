import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { profileSchema } from '#domain/model/profile.ts';
import { insertAttestation } from '#store/attestations/attestations.ts';
import { noteSettings } from '#store/detections/settings.ts';
import { addEvidence } from '#store/evidence/evidence.ts';
import { insertDocument } from '#store/imports/documents.ts';
import { changeImport, lastStored } from '#store/imports/imports.ts';
import { storeObservation } from '#store/imports/staging.ts';
import type { Tx } from '#store/open.ts';
import { putDraft } from '../charter/propose.ts';
import { conflict, unprocessable } from '../problems.ts';
import type { ImportContext } from './context.ts';
import { announce, importOf, requireChangeable } from './find.ts';
import { mediaType } from './names.ts';
import type { Plan } from './plan.ts';
import type { KeptPreview } from './preview.ts';
import { takenOver } from './profile-changes.ts';
import { unstage } from './unstage.ts';

export interface StoreInput {
  readonly import: string;
  /** `facts` of the preview that the person looked at. */
  readonly facts: number;
  /** Takes over the profile among the files, too. */
  readonly profile?: boolean | undefined;
  /** `api`: Bylaw read it by itself. Left out: somebody brought files. */
  readonly provenance?: 'api' | undefined;
}

export interface StoredImport {
  readonly stored: boolean;
  readonly says: string;
}

/**
 * Makes what an import brought a client's facts: all of it in one short transaction, or nothing. Refuses where the
 * facts are others than those of the preview. What is all there already changes nothing and leaves no record.
 */
export async function storeImport(context: ImportContext, input: StoreInput): Promise<StoredImport> {
  const { client, actor, now, services } = context;
  const result = await context.change(async (tx, recorder): Promise<StoredImport> => {
    const row = await importOf(tx, client.id, input.import, { lock: true });
    requireChangeable(row);
    if (row.state !== 'preview')
      throw unprocessable('There is no preview of this import yet. Read the files first and look at it.');
    const preview = row.preview as KeptPreview;
    const facts = await factsOf(tx, client.id);
    if (facts.version !== input.facts || row.previewVersion !== input.facts)
      throw await meanwhile(tx, context, row.version);
    const { plan } = preview;
    const profile =
      input.profile === true && plan.profile !== null ? takenOver(facts.profile, plan.profile) : null;
    if (!preview.changesAnything && profile === null) {
      recorder.unchanged();
      return { stored: false, says: 'All of this is stored already. Nothing was changed.' };
    }
    await write(tx, context, input.import, plan, input.provenance);
    if (plan.charterDraft !== null)
      await putDraft(tx, recorder, {
        clientId: client.id,
        value: plan.charterDraft.value,
        title: `Charter file ${plan.charterDraft.file}`.slice(0, 200),
        reason: 'It came with an import. What is in force stays until a second person approves it.',
        origin: 'import',
        by: { id: actor.userId, name: actor.name },
        now,
        replace: true,
      });
    if (profile !== null) {
      await tx
        .updateTable('clients')
        .set((eb) => ({ profile: JSON.stringify(profile), version: eb('version', '+', 1) }))
        .where('id', '=', client.id)
        .execute();
      await noteSettings(tx, client.id, { before: profileSchema.parse(facts.profile), after: profile, now });
    }
    await changeImport(tx, client.id, input.import, ['preview'], {
      state: 'stored',
      finished: { id: actor.userId, name: actor.name, at: now },
    });
    await recorder.record({
      action: 'imports.store',
      subject: { kind: 'import', id: input.import },
      ...(profile === null ? {} : { before: { profile: facts.profile } }),
      after: { ...recorded(plan), ...(profile === null ? {} : { profile }) },
    });
    if (plan.observations.length + plan.documents.length + plan.statements.length > 0 || profile !== null)
      await recorder.facts();
    return { stored: true, says: `Stored: ${preview.action.replace(/^Store /, '')}.` };
  });
  // A draft that would change nothing is over; it never touched a fact.
  if (!result.stored)
    await services.store.write([client.id], (tx) =>
      changeImport(tx, client.id, input.import, ['preview'], {
        state: 'cancelled',
        problem: result.says,
        finished: { id: actor.userId, name: actor.name, at: now },
      }),
    );
  await unstage(services, client.id, input.import);
  announce(services, client.id, input.import);
  return result;
}

async function factsOf(tx: Tx, clientId: string) {
  const row = await tx
    .selectFrom('clients')
    .select(['facts_version', 'profile'])
    .where('id', '=', clientId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { version: Number(row.facts_version), profile: row.profile };
}

async function write(
  tx: Tx,
  context: ImportContext,
  importId: string,
  plan: Plan,
  provenance: StoreInput['provenance'],
): Promise<void> {
  const { client, actor, now } = context;
  for (const one of plan.observations)
    await storeObservation(tx, client.id, one.id, {
      at: now,
      by: actor.userId,
      observedOn: one.day,
      dateFrom: one.from,
      provenance: provenance ?? 'import',
    });
  for (const document of plan.documents)
    await insertDocument(tx, {
      ...document,
      id: randomUUID(),
      clientId: client.id,
      importId,
      at: now,
      by: actor.userId,
    });
  for (const { attestation, evidence, missing } of plan.statements)
    await insertAttestation(tx, {
      id: randomUUID(),
      client_id: client.id,
      control_id: attestation.control,
      holds: attestation.holds,
      seen: attestation.seen,
      attested_by: attestation.by,
      note: attestation.note ?? null,
      evidence_sha: evidence,
      proof_missing: missing,
      expires: attestation.expires ?? null,
      import_id: importId,
      created_by: actor.userId,
      created_at: now,
    });
  await addEvidence(
    tx,
    client.id,
    plan.evidence.map(({ sha256, name, bytes }) => ({
      sha256,
      name,
      bytes,
      mediaType: mediaType(name),
      how: 'import',
      addedBy: actor.userId,
      addedByName: actor.name,
      addedAt: now,
    })),
  );
}

/** What the record tells of an import: names, addresses, kinds and counts, never rows. */
function recorded(plan: Plan) {
  return {
    files: plan.evidence.map(({ name, sha256 }) => ({ name, sha256 })),
    readings: plan.observations.map(({ kind, file, sha256, rows, day }) => ({
      kind,
      file,
      sha256,
      rows,
      day,
    })),
    documents: plan.documents.map(({ kind, version, file, sha256 }) => ({ kind, version, file, sha256 })),
    ...(plan.charterDraft === null ? {} : { charterDraft: plan.charterDraft.file }),
    attestations: plan.statements.length,
  };
}

/** Says who was quicker, so that nobody stores over what they have not seen. */
async function meanwhile(tx: Tx, { client }: ImportContext, version: number) {
  const last = await tx
    .selectFrom('audit_log')
    .select(['actor_name', 'at', 'action'])
    .where('client_id', '=', client.id)
    .where('action', 'not in', DRAFT_ACTIONS)
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  const stored = last?.action === 'imports.store' ? await lastStored(tx, client.id) : null;
  const at = stored?.at ?? last?.at ?? null;
  const by = stored?.byName ?? last?.actor_name ?? null;
  const time =
    at === null ? '' : ` at ${DateTime.fromJSDate(at, { zone: client.timezone }).toFormat('HH:mm')}`;
  return conflict(
    `${by ?? 'Somebody'} ${stored === null ? 'changed what this preview rests on' : 'stored another import'}${time}. Look at the new preview first.`,
    { by, at, version },
  );
}

const DRAFT_ACTIONS = [
  'imports.start',
  'imports.add_file',
  'imports.remove_file',
  'imports.set_file',
  'imports.read',
  'imports.cancel',
];
