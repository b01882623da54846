import { DateTime } from 'luxon';
import type { ClientPermission } from '#domain/access/permissions.ts';
import { profileSchema } from '#domain/model/profile.ts';
import { names } from '#domain/text/words.ts';
import { recordSettings } from '#store/detections/settings.ts';
import { addEvidence } from '#store/evidence/evidence.ts';
import { filesOf } from '#store/imports/files.ts';
import { changeImport, lastStored } from '#store/imports/imports.ts';
import { storeObservation } from '#store/imports/staging.ts';
import { keepUnusableFiles } from '#store/imports/unusable.ts';
import type { Tx } from '#store/open.ts';
import { conflict, forbidden, unprocessable } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { holdBack } from '../shared/watch-proposals.ts';
import type { ImportContext } from './context.ts';
import { announce, importOf, requireChangeable } from './find.ts';
import { mediaType } from './names.ts';
import type { Plan } from './plan.ts';
import type { KeptPreview } from './preview.ts';
import { takenOver } from './profile-changes.ts';
import { requireKind } from './require-kind.ts';
import type { SourceReport } from './source-report.ts';
import { claimDocuments, storeDocuments } from './store-documents.ts';
import { unstage } from './unstage.ts';

/** Why an import changes nothing: it is already stored, or cannot be used. */
function nothingStored({ files }: KeptPreview): string {
  const unusable = files.filter(({ outcome }) => UNUSABLE.has(outcome));
  if (unusable.length === 0) return 'All of this is already stored. Nothing was changed.';
  const rest = files.length > unusable.length ? ' The rest is already stored.' : '';
  return `Nothing was changed, because ${names(
    unusable.map(({ file }) => file),
    4,
  )} cannot be used. The preview says what to do.${rest}`;
}

/** Part of a profile was withheld for a second person's approval. */
const WAITS =
  ' Domains, days off, hours or a time zone with which detections would find less wait until someone else approves them.';

const UNUSABLE: ReadonlySet<KeptPreview['files'][number]['outcome']> = new Set([
  'malformed',
  'not_placed',
  'ignored',
]);

export interface StoreInput {
  readonly import: string;
  /** `facts` of the preview that the person saw. */
  readonly facts: number;
  /** Also adopts the profile among the files. */
  readonly profile?: boolean | undefined;
  /** `api`: read by Bylaw itself. Left out: imported files. */
  readonly provenance?: 'api' | undefined;
  /**
   * `count`: Bylaw wrote the documents itself, on behalf of a signed-in person or for the sandbox, so they take effect
   * at once. No request can set this. Left out: a charter becomes a draft, a journal and attestations become claims.
   */
  readonly documents?: 'count' | undefined;
  /** Permissions of the person who stores; left out: there is no request. */
  readonly can?: ((permission: ClientPermission) => boolean) | undefined;
}

/** Permissions required beside that to import, by a file's content. */
const NEEDED = [
  { of: 'charter', permission: 'charter.edit', words: 'drafting changes of its charter' },
  { of: 'journal', permission: 'work.edit', words: 'writing down what was done' },
  { of: 'statements', permission: 'attestations.write', words: 'attesting what was seen' },
] as const;

export interface StoredImport {
  readonly stored: boolean;
  readonly says: string;
}

/**
 * Makes an import's content part of a client's facts in one short transaction, or not at all. Throws if the facts are
 * not those of the preview. If all of it is stored already, nothing changes and nothing is recorded.
 */
export async function storeImport(context: ImportContext, input: StoreInput): Promise<StoredImport> {
  const { client, actor, now, services } = context;
  const accounts = input.profile === true ? await accountsOf(services) : null;
  const result = await context.change(async (tx, recorder): Promise<StoredImport> => {
    const row = await importOf(tx, client.id, input.import, { lock: true });
    requireChangeable(row);
    if (row.state !== 'preview')
      throw unprocessable('There is no preview of this import yet. Read the files first and look at it.');
    const preview = row.preview as KeptPreview;
    const facts = await factsOf(tx, client.id);
    if (facts.version !== input.facts || row.previewVersion !== input.facts)
      throw await editConflict(tx, context, row.version);
    const { plan } = preview;
    for (const { of, permission, words } of NEEDED) {
      const file = fileOf(plan, of);
      if (file === null || input.can === undefined || input.can(permission)) continue;
      throw forbidden(
        `Your role for ${client.name} does not include ${words}, which ${file} would do. Leave the file out, or ask someone who can.`,
      );
    }
    if (input.can !== undefined)
      for (const one of plan.observations) requireKind(input.can, client.name, one);
    if (input.can !== undefined) await refuseDocumentsOfOthers(tx, context, input.import, plan);
    const brought =
      accounts !== null && plan.profile !== null ? takenOver(facts.profile, plan.profile) : null;
    if (!preview.changesAnything && brought === null) {
      recorder.unchanged();
      return { stored: false, says: nothingStored(preview) };
    }
    await write(tx, context, input, plan);
    if (input.documents === 'count') await storeDocuments(tx, context, input.import, plan);
    else await claimDocuments(tx, recorder, context, input.import, plan);
    const before = profileSchema.parse(facts.profile);
    const held =
      accounts === null || brought === null
        ? null
        : await holdBack(tx, { client: client.id, before, after: brought, by: actor, accounts, now });
    if (held !== null) {
      const { profile } = held;
      await tx
        .updateTable('clients')
        .set((eb) => ({ profile: JSON.stringify(profile), version: eb('version', '+', 1) }))
        .where('id', '=', client.id)
        .execute();
      await recordSettings(tx, client.id, { before, after: profile, now });
    }
    await changeImport(tx, client.id, input.import, ['preview'], {
      state: 'stored',
      finished: { id: actor.userId, name: actor.name, at: now },
    });
    await recorder.record({
      action: 'imports.store',
      subject: { kind: 'import', id: input.import },
      ...(held === null ? {} : { before: { profile: facts.profile } }),
      after: { ...recorded(plan), ...(held === null ? {} : { profile: held.profile, ...held.noted }) },
    });
    const counting = input.documents === 'count' && NEEDED.some(({ of }) => fileOf(plan, of) !== null);
    if (plan.observations.length > 0 || refusedAny(plan) || counting || held !== null) await recorder.facts();
    return {
      stored: true,
      says: `${preview.stores ? `Stored: ${preview.stores}.` : 'Everything in the preview was stored.'}${held?.noted.proposed === undefined ? '' : WAITS}`,
    };
  });
  // A draft that would change nothing is discarded; it was never a fact.
  if (!result.stored)
    await services.store.write([client.id], (tx) =>
      changeImport(tx, client.id, input.import, ['preview'], {
        state: 'canceled',
        problem: result.says,
        finished: { id: actor.userId, name: actor.name, at: now },
      }),
    );
  await unstage(services, client.id, input.import);
  announce(services, client.id, input.import);
  return result;
}

/**
 * Documents belong to whoever added them: if another person stored them, the author could approve their own
 * statements.
 */
async function refuseDocumentsOfOthers(
  tx: Tx,
  { client, actor }: ImportContext,
  importId: string,
  plan: Plan,
): Promise<void> {
  if (NEEDED.every(({ of }) => fileOf(plan, of) === null)) return;
  const files = await filesOf<SourceReport>(tx, client.id, [importId]);
  const other = files.find(
    ({ reports, addedBy }) =>
      addedBy !== null && addedBy.id !== actor.userId && reports.some(({ is }) => is === 'document'),
  );
  if (other === undefined) return;
  throw forbidden(
    `${other.addedBy?.name} added ${other.name}, so ${other.addedBy?.name} stores it: what it says is theirs. Leave it out, or add the file yourself.`,
  );
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
  { import: importId, provenance }: StoreInput,
  plan: Plan,
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
  if (refusedAny(plan)) await keepUnusableFiles(tx, client.id, importId, plan.unusable ?? []);
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

function refusedAny({ unusable = [] }: Plan): boolean {
  return unusable.length > 0;
}

function fileOf(plan: Plan, of: (typeof NEEDED)[number]['of']): string | null {
  return of === 'statements' ? (plan.statements[0]?.attestation.source ?? null) : (plan[of]?.file ?? null);
}

/** What the audit record of an import contains: names, hashes, kinds and counts, never rows. */
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
    ...(plan.charter === null ? {} : { charterDraft: plan.charter.file }),
    ...(plan.journal === null ? {} : { journal: plan.journal.file }),
    attestations: plan.statements.length,
  };
}

/** Reports who was faster, so that nobody stores over something they have not seen. */
async function editConflict(tx: Tx, { client }: ImportContext, version: number) {
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
    at === null
      ? ''
      : ` at ${DateTime.fromJSDate(at, { zone: client.timezone }).toFormat('h:mm a', { locale: 'en-US' })}`;
  return conflict(
    `${by ?? 'Someone'} ${stored === null ? 'changed what this preview rests on' : 'stored another import'}${time}. Review the new preview first.`,
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
