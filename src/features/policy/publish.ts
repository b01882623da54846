import { nextVersion, versionLabel } from '#domain/policy/versions.ts';
import { dayWords } from '#domain/text/words.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { policyStepsOf } from '#store/policy/drafts.ts';
import { insertPolicyVersion, policyVersions } from '#store/policy/versions.ts';
import { charterOf, common, putDraft, whyNotApprover } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { forbidden, unprocessable } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { type Chosen, openDraft, put, refuseFaults, shown, step } from './drafts.ts';
import { fieldsOf, hashOf, peopleNow, textOf, todayHere } from './read.ts';
import { type DraftShown, statementOf, versionCalled, whyMaterial } from './show.ts';
import { publishedTranslations } from './translated.ts';

/**
 * Approves and thereby publishes a draft: the version and its audit record are one transaction. It takes effect on the
 * draft's date, but not before today.
 */
export async function approveDraft(
  context: HandlerContext,
  input: Chosen & { readonly note?: string | undefined },
): Promise<DraftShown> {
  const { client, actor, now, services } = context;
  const { catalogue } = services;
  const accounts = await accountsOf(services);
  const { stated, collected } = await peopleNow(context);
  await context.change(async (tx, recorder) => {
    const row = await openDraft(tx, context, input);
    if (row.state !== 'proposed')
      throw unprocessable('The draft has not been sent for approval yet. Its editor has to send it first.');
    const steps = await policyStepsOf(tx, client.id, row.id);
    const why = whyNotApprover({ row, steps, approvals: [] }, actor, accounts);
    if (why !== null) throw forbidden(why);
    const today = todayHere(context);
    refuseFaults(context, row, collected);
    const [newest = null] = await policyVersions(tx, client.id);
    const text = textOf(row, catalogue);
    const material = row.material || whyMaterial(newest, text) !== null;
    const next = nextVersion(newest, material, stated?.version ?? null);
    const effectiveOn = row.effective_on ?? today;
    if (newest !== null && newest.effective_on > effectiveOn)
      throw unprocessable(
        `Version ${versionLabel(newest)} takes effect on ${dayWords(newest.effective_on)}. A later version cannot take effect before it.`,
      );
    const note = input.note === undefined || input.note === '' ? null : input.note;
    const sha256 = hashOf(text);
    const translations = publishedTranslations(row, catalogue);
    await insertPolicyVersion(tx, {
      client_id: client.id,
      ...next,
      policy_draft_id: row.id,
      content: JSON.stringify(text),
      source: JSON.stringify(row.content),
      fields: JSON.stringify(fieldsOf(row, catalogue)),
      collected: JSON.stringify(row.collected),
      data: JSON.stringify(row.data),
      left_out: JSON.stringify(row.left_out),
      translations: JSON.stringify(translations),
      sha256,
      reason: row.reason,
      effective_on: effectiveOn,
      proposed_by_name: row.proposed_by_name ?? row.changed_by_name,
      approved_by: actor.userId,
      approved_by_name: actor.name,
      approved_at: now,
    });
    await put(tx, context, row, {
      state: 'published',
      ended_by: actor.userId,
      ended_by_name: actor.name,
      ended_at: now,
      ended_reason: note,
    });
    await step(tx, context, row.id, 'approved', note);
    await recorder.record({
      subject: { kind: 'policy', id: versionLabel(next), name: text.title },
      reason: note,
      before: { version: newest === null ? null : versionLabel(newest) },
      after: {
        version: versionLabel(next),
        sha256,
        translations: Object.fromEntries(
          Object.entries(translations).map(([language, translated]) => [language, translated.sha256]),
        ),
        effectiveOn,
        material,
        leftOut: row.left_out,
        proposedBy: row.proposed_by_name,
        approvedBy: actor.name,
      },
    });
    await recorder.facts();
  });
  return shown(context, input.policyDraft);
}

/** Copies what is in force here to a draft of the charter, on which controls depend. */
export async function carryToCharter(context: HandlerContext): Promise<{ draft: string }> {
  const { row, versions } = await versionCalled(context, 'current');
  const wanted = statementOf(row, versions);
  const created = await context.change(async (tx, recorder) => {
    const charter = charterOf(await newestCharter(tx, context.client.id));
    return putDraft(tx, recorder, {
      ...common(context),
      value: { ...charter, policy: { ...charter.policy, ...wanted, approvedBy: row.approved_by_name } },
      title: `Policy ${versionLabel(row)}`,
      reason: `In effect from ${dayWords(row.effective_on)}, approved by ${row.approved_by_name}. SHA-256 ${row.sha256}.`,
      origin: 'policy',
      replace: true,
    });
  });
  context.services.events.publish({ client: context.client.id, topic: 'charter', id: created.id });
  return { draft: created.id };
}
// Guide: G2.1-05 G4.2-04
