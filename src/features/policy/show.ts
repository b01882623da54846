import type { z } from 'zod';
import { DATA_CLASSES } from '#domain/model/catalogue.ts';
import { clausesOf, faultsOfPolicy, leftOutOf } from '#domain/policy/content.ts';
import { policyDifferences } from '#domain/policy/differences.ts';
import { isTranslation, TRANSLATIONS } from '#domain/policy/languages.ts';
import { readabilityOf } from '#domain/policy/plain.ts';
import { acknowledgedSince, inForce, nextVersion, versionLabel } from '#domain/policy/versions.ts';
import { NOTICE_SOURCES, namesSource } from '#domain/rules/policy/notice-covers.ts';
import { findPolicyDraft, type PolicyDraftRow, policyDrafts, policyStepsOf } from '#store/policy/drafts.ts';
import { openPage } from '#store/policy/pages.ts';
import { policySettings } from '#store/policy/settings.ts';
import { type PolicyVersionRow, policyVersions } from '#store/policy/versions.ts';
import type { PolicyTranslation } from '#store/schema/policy.ts';
import { staffSignIn } from '#store/staff/sign-in.ts';
import { approversHere, clientProfile, waitingWords, whyNotApprover } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { comingOf, coverageNow, summaryOf } from './coverage.ts';
import { dataReached, dataUnnamed } from './data.ts';
import type { PolicyPeople } from './people-task.ts';
import { clauseLines, fieldsOf, numbered, peopleNow, textOf, todayHere } from './read.ts';
import { scheduleOf } from './schedule.ts';
import type { draftShown, overview, versionLine, versionShown } from './schemas.ts';
import { signInOf } from './sign-in/settings.ts';
import { staleIn, textsOfVersion, translationStart, translationsOf } from './translated.ts';
import { faultWords, leftOutWords, placeWords, translationFaultWords, unnamedWords } from './words.ts';

export type DraftShown = z.input<typeof draftShown>;

export async function showPolicy(context: HandlerContext): Promise<z.input<typeof overview>> {
  const { client, services, can } = context;
  const today = todayHere(context);
  const { versions, drafts, page, settings, signIn, reached } = await context.read(async (tx) => ({
    reached: await dataReached(tx, context),
    versions: await policyVersions(tx, client.id),
    drafts: await policyDrafts(tx, client.id),
    page: await openPage(tx, client.id),
    settings: await policySettings(tx, client.id),
    signIn: await staffSignIn(tx, client.id),
  }));
  const coverage = await coverageNow(context);
  const current = inForce(versions.map(numbered), today);
  const open = drafts.find(isOpen);
  const { stated, collected } = await peopleNow(context);
  return {
    today,
    current: current && lineOf(current, versions, today),
    versions: versions.map((row) => lineOf(row, versions, today)),
    draft: open?.id ?? null,
    draftState: (open?.state as DraftShown['state'] | undefined) ?? null,
    page: page === undefined ? null : { madeBy: page.made_by_name, madeAt: page.made_at.toISOString() },
    signIn: signInOf(context, signIn),
    coverage: summaryOf(coverage),
    reminders: { ...scheduleOf(settings), ...comingOf(coverage) },
    charter:
      current === null
        ? stated?.version === undefined
          ? null
          : { version: stated.version, agrees: null }
        : { version: stated?.version ?? null, agrees: charterAgrees(stated, current, versions) },
    unnamed: current === null ? [] : unnamed(current.collected, collected),
    dataUnnamed: current === null ? [] : dataUnnamed(current.data, reached, context),
    mail: !client.sandbox && (await services.mail.configured()),
    may: {
      edit: can('policy.edit'),
      approve: can('policy.approve'),
      charter: can('charter.edit'),
      signIn: can('connections.edit'),
    },
  };
}

/** The charter's statement about the policy in force, worded so that controls read the same. */
export function statementOf(current: PolicyVersionRow, versions: readonly PolicyVersionRow[]) {
  const contact = [current.fields.contact, current.fields.contact_address].filter(Boolean).join(', ');
  return {
    version: String(current.number),
    published: acknowledgedSince(versions.map(numbered), current.number) ?? current.effective_on,
    clauses: [...clausesOf(current.content)],
    ...(contact === '' ? {} : { contact }),
    noticeCovers: [...current.collected],
  };
}

function charterAgrees(
  stated: PolicyPeople['stated'],
  current: PolicyVersionRow,
  versions: readonly PolicyVersionRow[],
): boolean {
  if (stated === null) return false;
  const wanted = statementOf(current, versions);
  const same = (a: readonly string[], b: readonly string[]) =>
    new Set(a).symmetricDifference(new Set(b)).size === 0;
  return (
    stated.version === wanted.version &&
    stated.published === wanted.published &&
    stated.contact === (wanted.contact ?? null) &&
    same(stated.noticeCovers, wanted.noticeCovers) &&
    same(stated.clauses, wanted.clauses)
  );
}

export function isOpen({ state }: Pick<PolicyDraftRow, 'state'>): boolean {
  return state === 'draft' || state === 'proposed';
}

function lineOf(
  row: PolicyVersionRow,
  versions: readonly PolicyVersionRow[],
  today: string,
): z.input<typeof versionLine> {
  const current = inForce(versions.map(numbered), today);
  return {
    label: versionLabel(row),
    number: row.number,
    revision: row.revision,
    state:
      row.effective_on > today
        ? 'scheduled'
        : current !== null && versionLabel(current) === versionLabel(row)
          ? 'in_force'
          : 'superseded',
    effectiveOn: row.effective_on,
    title: row.content.title,
    reason: row.reason,
    proposedBy: row.proposed_by_name,
    approvedBy: row.approved_by_name,
    approvedAt: row.approved_at.toISOString(),
    sha256: row.sha256,
  };
}

/** A stored version by its label, or the one in force. */
export async function versionCalled(context: HandlerContext, label: string) {
  const versions = await context.read((tx) => policyVersions(tx, context.client.id));
  const row =
    label === 'current'
      ? inForce(versions.map(numbered), todayHere(context))
      : versions.find((one) => versionLabel(one) === label);
  if (row === null || row === undefined) throw notFound();
  return { row, versions };
}

export async function showVersion(
  context: HandlerContext,
  { version }: { readonly version: string },
): Promise<z.input<typeof versionShown>> {
  const { catalogue } = context.services;
  const { row, versions } = await versionCalled(context, version);
  const before = versions[versions.findIndex((one) => versionLabel(one) === versionLabel(row)) + 1];
  return {
    ...lineOf(row, versions, todayHere(context)),
    content: row.content,
    against: before === undefined ? null : versionLabel(before),
    differences: before === undefined ? [] : [...policyDifferences(before.content, row.content)],
    clauses: clauseLines(row.content, catalogue),
    leftOut: leftOutOf(row.content, row.left_out, catalogue.policyTemplate),
    readability: readable(row.content, context),
    translations: textsOfVersion(row).flatMap(({ language, content, sha256 }) =>
      isTranslation(language) ? [{ language, content, sha256 }] : [],
    ),
  };
}

function readable(content: PolicyVersionRow['content'], { services }: HandlerContext) {
  const { jargon, ...figures } = readabilityOf(content, services.catalogue.policyTemplate);
  return { ...figures, jargon: [...jargon] };
}

export async function showDraft(
  context: HandlerContext,
  { policyDraft }: { readonly policyDraft: string },
): Promise<DraftShown> {
  const { client, services, actor, can } = context;
  const { catalogue } = services;
  const { row, steps, versions, reached } = await context.read(async (tx) => {
    const found = await findPolicyDraft(tx, client.id, policyDraft);
    if (found === undefined) throw notFound();
    return {
      row: found,
      reached: await dataReached(tx, context),
      steps: await policyStepsOf(tx, client.id, policyDraft),
      versions: await policyVersions(tx, client.id),
    };
  });
  // A published draft is compared with the preceding version, any other with the newest one.
  const published = versions.find(({ policy_draft_id: draft }) => draft === row.id);
  const newest = versions[published === undefined ? 0 : versions.indexOf(published) + 1] ?? null;
  const { stated, collected } = await peopleNow(context);
  const fields = fieldsOf(row, catalogue);
  const text = textOf(row, catalogue);
  const template = catalogue.policyTemplate;
  const proposed = row.state === 'proposed';
  const hands = { row, steps, approvals: [] };
  const accounts = await accountsOf(services);
  const approvers = proposed ? await approversHere(context, 'policy.approve') : [];
  const whyNot = whyNotApprover(hands, actor, accounts);
  const others = approvers.filter(({ id }) => whyNotApprover(hands, { userId: id }, accounts) === null);
  const must = whyMaterial(newest, text);
  const leftOut = leftOutOf(row.content, row.left_out, template);
  const translated = translationsOf(row, catalogue);
  const { domains } = await clientProfile(context);
  return {
    id: row.id,
    state: row.state as DraftShown['state'],
    reason: row.reason,
    content: row.content,
    filled: text,
    fields: template.fields.map(({ id, label, hint, from }) => ({
      id,
      label,
      hint: hint ?? null,
      value: fields[id] ?? '',
      given: from === 'collected' || from === 'data',
    })),
    collected: NOTICE_SOURCES.map(({ id, words }) => ({
      id,
      words: template.collected[id] ?? words,
      named: row.collected.includes(id),
      read: collected.includes(id),
    })),
    data: DATA_CLASSES.map((id) => ({
      id,
      words: template.data[id] ?? id,
      named: row.data.includes(id),
      reached: [...(reached.get(id) ?? [])],
    })),
    translations: TRANSLATIONS.map((language) => {
      const found = translated.find((one) => one.language === language);
      return {
        language,
        text: found === undefined ? null : withFields(found.translation),
        filled: found?.filled ?? null,
        start: withFields(translationStart(row, language, { domains, catalogue })),
        stale:
          found === undefined
            ? []
            : staleIn(language, { text, translated: found.filled }, newest).map((id) => placeWords(text, id)),
      };
    }),
    material: row.material || must !== null,
    mustBeMaterial: must,
    effectiveOn: row.effective_on,
    becomes: versionLabel(
      published ?? nextVersion(newest, row.material || must !== null, stated?.version ?? null),
    ),
    against: newest === null ? null : versionLabel(newest),
    differences: [...policyDifferences(newest?.content ?? null, text)],
    faults: [
      ...faultsOfPolicy(row.content, fields, template).map((fault) => faultWords(fault, template)),
      ...translated.flatMap(({ language, faults }) =>
        faults.map((fault) => translationFaultWords(fault, language, { content: row.content, template })),
      ),
      ...unnamed(row.collected, collected).map(unnamedWords),
      ...leftOut.filter(({ reason }) => reason === '').map(leftOutWords),
    ],
    clauses: clauseLines(text, catalogue),
    leftOut,
    dataUnnamed: dataUnnamed(row.data, reached, context),
    readability: readable(text, context),
    madeBy: row.created_by_name,
    changedBy: row.changed_by_name,
    changedAt: row.changed_at.toISOString(),
    proposedBy: row.proposed_by_name,
    waiting: proposed
      ? waitingWords(
          0,
          1,
          others.map(({ name }) => name),
        )
      : null,
    whyNot: proposed ? (can('policy.approve') ? whyNot : 'Your role does not approve policies.') : null,
    steps: steps.map((step) => ({
      act: step.act,
      by: step.done_by_name,
      at: step.done_at.toISOString(),
      note: step.note,
    })),
    may: {
      edit: can('policy.edit') && isOpen(row),
      approve: proposed && can('policy.approve') && whyNot === null,
    },
    version: row.version,
  };
}

function withFields({ content, fields }: PolicyTranslation) {
  return { content, fields: { ...fields } };
}

/** Sources that are read but not named in the notice, in words. */
export function unnamed(named: readonly string[], read: readonly string[]): string[] {
  return NOTICE_SOURCES.filter((source) => read.includes(source.id) && !namesSource(named, source)).map(
    ({ words }) => words,
  );
}

/** Why everyone has to acknowledge it, whatever its editor chose; null: the editor decides. */
export function whyMaterial(
  newest: Pick<PolicyVersionRow, 'content' | 'collected'> | null,
  text: PolicyVersionRow['content'],
): string | null {
  if (newest === null) return 'It is the first version.';
  const [before, after] = [new Set(clausesOf(newest.content)), new Set(clausesOf(text))];
  if (before.symmetricDifference(after).size > 0)
    return 'A clause was added or removed, so everyone has to acknowledge it.';
  return null;
}
