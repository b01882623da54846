import { randomUUID } from 'node:crypto';
import {
  contentFrom,
  faultsOfPolicy,
  leftOutOf,
  MAX_CHARACTERS,
  type PolicyContent,
} from '#domain/policy/content.ts';
import { policyDifferences } from '#domain/policy/differences.ts';
import type { Translation } from '#domain/policy/languages.ts';
import type { Tx } from '#store/open.ts';
import {
  addPolicyStep,
  changePolicyDraft,
  findPolicyDraft,
  insertPolicyDraft,
  type PolicyDraftRow,
  policyDrafts,
} from '#store/policy/drafts.ts';
import { policyVersions } from '#store/policy/versions.ts';
import type { PolicyTranslation } from '#store/schema/policy.ts';
import { clientProfile } from '../charter/index.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { conflict, forbidden, notFound, unprocessable } from '../problems.ts';
import { dataReached } from './data.ts';
import { fieldsOf, peopleNow, textOf, todayHere } from './read.ts';
import { type DraftShown, isOpen, showDraft, unnamed, whyMaterial } from './show.ts';
import { carried, given, longestText, sameTranslations, translationsOf } from './translated.ts';
import { faultWords, leftOutWords, translationFaultWords, unnamedWords } from './words.ts';

export interface Chosen {
  readonly policyDraft: string;
  readonly version: number;
}

interface Parts {
  readonly reason: string;
  readonly content: PolicyContent;
  readonly fields: Readonly<Record<string, string>>;
  readonly translations?: Readonly<Record<Translation, PolicyTranslation | null>> | undefined;
  readonly collected: readonly string[];
  readonly data?: readonly string[] | undefined;
  readonly leftOut?: Readonly<Record<string, string>> | undefined;
  readonly material: boolean;
  readonly effectiveOn: string | null;
}

/** Starts a draft from the newest version, or from the template with the known facts of the client filled in. */
export async function makeDraft(context: HandlerContext): Promise<DraftShown> {
  const { client, actor, now, services } = context;
  const { policyTemplate: template } = services.catalogue;
  const { collected } = await peopleNow(context);
  const { domains } = await clientProfile(context);
  const id = randomUUID();
  await context.change(async (tx, recorder) => {
    const [newest] = await policyVersions(tx, client.id);
    const reached = [...(await dataReached(tx, context)).keys()];
    const known = { client_name: client.name, domains: domains.map((domain) => `@${domain}`).join(' or ') };
    const start = Object.fromEntries(
      template.fields.flatMap(({ id: field, from, start: words = '' }) =>
        from === 'collected' || from === 'data' ? [] : [[field, from === undefined ? words : known[from]]],
      ),
    );
    const added = await insertPolicyDraft(tx, {
      client_id: client.id,
      id,
      reason: newest === undefined ? 'The first version.' : 'What changes:',
      content: JSON.stringify(newest?.source ?? contentFrom(template)),
      fields: JSON.stringify({ ...start, ...newest?.fields }),
      translations: JSON.stringify(carried(newest)),
      collected: JSON.stringify(newest?.collected ?? collected),
      data: JSON.stringify(newest?.data ?? [...new Set([...reached, 'public'])]),
      left_out: JSON.stringify(newest?.left_out ?? {}),
      material: true,
      effective_on: null,
      state: 'draft',
      created_by: actor.userId,
      created_by_name: actor.name,
      created_at: now,
      changed_by: actor.userId,
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (!added) {
      const open = (await policyDrafts(tx, client.id)).find(isOpen);
      throw conflict(
        `${open?.changed_by_name ?? 'Someone'} has a draft of the policy open. Go on with that one.`,
        {
          by: open?.changed_by_name ?? null,
          at: open?.changed_at ?? null,
          version: open?.version ?? null,
        },
      );
    }
    await step(tx, context, id, 'made', null);
    await recorder.record({
      subject: { kind: 'policy_draft', id },
      after: { from: newest === undefined ? 'template' : `version ${newest.number}.${newest.revision}` },
    });
  });
  return shown(context, id);
}

/** Replaces the content of an open draft. A proposed one becomes a draft again. */
export async function editDraft(context: HandlerContext, input: Chosen & Parts): Promise<DraftShown> {
  const { catalogue } = context.services;
  const known = new Set(catalogue.policyTemplate.fields.map(({ id }) => id));
  const fields = Object.fromEntries(Object.entries(input.fields).filter(([id]) => known.has(id)));
  const collected = input.collected.filter((id) => Object.hasOwn(catalogue.policyTemplate.collected, id));
  await context.change(async (tx, recorder) => {
    const row = await openDraft(tx, context, input);
    const before = textOf(row, catalogue);
    const translations = given(row, input.translations);
    const data = [...(input.data ?? row.data)];
    const next = { content: input.content, fields, collected, data };
    const characters = longestText({ ...next, translations }, catalogue);
    if (characters > MAX_CHARACTERS)
      throw unprocessable(
        `With its fields filled in, the text has ${characters.toLocaleString('en-US')} characters. A policy can have ${MAX_CHARACTERS.toLocaleString('en-US')}: shorten it, or name long fields less often.`,
      );
    const leftOut = Object.fromEntries(
      leftOutOf(input.content, input.leftOut ?? row.left_out, catalogue.policyTemplate).flatMap(
        ({ id, reason }) => (reason === '' ? [] : [[id, reason]]),
      ),
    );
    await put(tx, context, row, {
      reason: input.reason,
      content: JSON.stringify(input.content),
      fields: JSON.stringify(fields),
      translations: JSON.stringify(translations),
      collected: JSON.stringify(collected),
      data: JSON.stringify(data),
      left_out: JSON.stringify(leftOut),
      material: input.material,
      effective_on: input.effectiveOn,
      state: 'draft',
      changed_by: context.actor.userId,
      changed_by_name: context.actor.name,
      changed_at: context.now,
    });
    await step(tx, context, row.id, 'edited', null);
    await recorder.record({
      subject: { kind: 'policy_draft', id: row.id },
      before: { state: row.state, material: row.material, effectiveOn: row.effective_on, reason: row.reason },
      after: {
        state: 'draft',
        material: input.material,
        effectiveOn: input.effectiveOn,
        reason: input.reason,
        changed: policyDifferences(before, textOf(next, catalogue)).map(({ where }) => where),
        translations: Object.keys(translations),
        leftOut,
      },
    });
  });
  return shown(context, input.policyDraft);
}

/** Sends a draft for approval; one with an open field or placeholder is refused. */
export async function proposeDraft(context: HandlerContext, input: Chosen): Promise<DraftShown> {
  const { collected } = await peopleNow(context);
  await context.change(async (tx, recorder) => {
    const row = await openDraft(tx, context, input);
    if (row.state === 'proposed') throw editConflict(row);
    const [newest] = await policyVersions(tx, context.client.id);
    refuseFaults(context, row, collected);
    const text = textOf(row, context.services.catalogue);
    if (
      newest !== undefined &&
      policyDifferences(newest.content, text).length === 0 &&
      sameTranslations(newest, row, context.services.catalogue)
    )
      throw unprocessable('The draft says the same as the newest version, so there is nothing to approve.');
    const material = row.material || whyMaterial(newest ?? null, text) !== null;
    await put(tx, context, row, {
      state: 'proposed',
      material,
      round: row.round + 1,
      proposed_by: context.actor.userId,
      proposed_by_name: context.actor.name,
      proposed_at: context.now,
    });
    await step(tx, context, row.id, 'proposed', null);
    await recorder.record({
      subject: { kind: 'policy_draft', id: row.id },
      reason: row.reason,
      before: { state: row.state },
      after: { state: 'proposed', material, text },
    });
  });
  return shown(context, input.policyDraft);
}

/** Refuses a draft that cannot be published, naming the first fault. */
export function refuseFaults(context: HandlerContext, row: PolicyDraftRow, read: readonly string[]): void {
  const { catalogue } = context.services;
  const template = catalogue.policyTemplate;
  const [fault] = faultsOfPolicy(row.content, fieldsOf(row, catalogue), template);
  if (fault !== undefined) throw unprocessable(faultWords(fault, template));
  for (const { language, faults } of translationsOf(row, catalogue))
    for (const found of faults)
      throw unprocessable(translationFaultWords(found, language, { content: row.content, template }));
  const [missing] = unnamed(row.collected, read);
  if (missing !== undefined) throw unprocessable(unnamedWords(missing));
  const left = leftOutOf(row.content, row.left_out, template).find(({ reason }) => reason === '');
  if (left !== undefined) throw unprocessable(leftOutWords(left));
  if (row.effective_on !== null && row.effective_on < todayHere(context))
    throw unprocessable('The first day it should apply has passed. Choose a later one.');
}

/** Returns a proposed draft to its editors. */
export async function returnDraft(
  context: HandlerContext,
  input: Chosen & { readonly reason: string },
): Promise<DraftShown> {
  await context.change(async (tx, recorder) => {
    const row = await openDraft(tx, context, input);
    if (row.state !== 'proposed')
      throw unprocessable('The draft was not sent for approval yet, so there is nothing to decide.');
    if (row.proposed_by === context.actor.userId)
      throw forbidden('You proposed this draft. Withdraw it if it should not be approved.');
    await end(tx, context, recorder, row, { state: 'draft', act: 'returned', reason: input.reason });
  });
  return shown(context, input.policyDraft);
}

/** Withdraws a draft without effect. */
export async function withdrawDraft(
  context: HandlerContext,
  input: Chosen & { readonly reason: string },
): Promise<DraftShown> {
  await context.change(async (tx, recorder) => {
    const row = await openDraft(tx, context, input);
    await end(tx, context, recorder, row, { state: 'withdrawn', act: 'withdrawn', reason: input.reason });
  });
  return shown(context, input.policyDraft);
}

async function end(
  tx: Tx,
  context: HandlerContext,
  recorder: Recorder,
  row: PolicyDraftRow,
  { state, act, reason }: { state: 'draft' | 'withdrawn'; act: string; reason: string },
): Promise<void> {
  const { actor, now } = context;
  const ended =
    state === 'draft'
      ? {}
      : { ended_by: actor.userId, ended_by_name: actor.name, ended_at: now, ended_reason: reason };
  await put(tx, context, row, { state, ...ended });
  await step(tx, context, row.id, act, reason);
  await recorder.record({
    subject: { kind: 'policy_draft', id: row.id },
    reason,
    before: { state: row.state },
    after: { state },
  });
}

/** An open draft, checked to have the version that was shown. */
export async function openDraft(
  tx: Tx,
  { client }: HandlerContext,
  { policyDraft, version }: Chosen,
): Promise<PolicyDraftRow> {
  const row = await findPolicyDraft(tx, client.id, policyDraft);
  if (row === undefined) throw notFound();
  if (!isOpen(row) || row.version !== version) throw editConflict(row);
  return row;
}

/** Updates a draft unless it changed since it was read. */
export async function put(
  tx: Tx,
  { client }: HandlerContext,
  row: PolicyDraftRow,
  values: Parameters<typeof changePolicyDraft>[4],
): Promise<void> {
  if ((await changePolicyDraft(tx, client.id, row.id, row.version, values)) === null) throw editConflict(row);
}

export async function step(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  draft: string,
  act: string,
  note: string | null,
): Promise<void> {
  await addPolicyStep(tx, {
    client_id: client.id,
    policy_draft_id: draft,
    act,
    note,
    done_by: actor.userId,
    done_by_name: actor.name,
    done_at: now,
  });
}

function editConflict(row: PolicyDraftRow) {
  const by = row.ended_by_name ?? (row.state === 'proposed' ? row.proposed_by_name : row.changed_by_name);
  return conflict(`${by ?? 'Someone'} changed this draft in the meantime. Look at it again.`, {
    by,
    at: row.ended_at ?? (row.state === 'proposed' ? row.proposed_at : row.changed_at),
    version: row.version,
  });
}

export async function shown(context: HandlerContext, id: string): Promise<DraftShown> {
  context.services.events.publish({ client: context.client.id, topic: 'policy', id });
  return showDraft(context, { policyDraft: id });
}
// Guide: G8-00
