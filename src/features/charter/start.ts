import { overlayTemplate } from '#domain/baselines/overlay.ts';
import { fill } from '#domain/baselines/placeholders.ts';
import { FIELDS } from '#domain/charter/fields.ts';
import { CLAUDE_PLAN_SHORT_WORDS } from '#domain/labels.ts';
import { baselineSchema, type ShippedBaseline } from '#domain/model/baseline.ts';
import { ownValue } from '#domain/model/own-value.ts';
import type { Profile } from '#domain/model/profile.ts';
import { dayWords } from '#domain/text/words.ts';
import { openDraftFrom } from '#store/charter/drafts.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import { announce, common, type Put } from './draft-change.ts';
import { clientProfile } from './profile.ts';
import { putDraft } from './propose.ts';

/** A shipped baseline with its placeholders filled for this client. */
function filled({ baseline }: ShippedBaseline, name: string, { domains }: Profile) {
  // The account owner is asked for, not guessed.
  const { value, leftOut } = fill(baseline, { name, domains, owner: null });
  return {
    baseline: baselineSchema.parse(value),
    leftOut: leftOut.flatMap(({ path }) => {
      const field = ownValue(FIELDS, path.replace(/^charter\./, ''));
      return path.startsWith('charter.') && field !== undefined ? [field.label] : [];
    }),
  };
}

/** The shipped baselines from which a charter can start, with those meant for such a client first. */
export async function listStarts(context: HandlerContext) {
  const profile = await clientProfile(context);
  const { client, services } = context;
  const items = services.catalogue.baselines.map((shipped) => {
    const { baseline } = filled(shipped, client.name, profile);
    const { claudePlans, m365 } = baseline.meantFor;
    return {
      id: shipped.id,
      name: baseline.name,
      purpose: baseline.purpose,
      plans: claudePlans.map((plan) => CLAUDE_PLAN_SHORT_WORDS[plan]),
      fits:
        claudePlans.includes(profile.claudePlan) &&
        (m365.length === 0 || (typeof profile.m365 === 'string' && m365.includes(profile.m365))),
    };
  });
  return { items: items.toSorted((a, b) => Number(b.fits) - Number(a.fits)), total: items.length };
}

/** Starts the first charter from a baseline, filled for this client. */
export async function startFrom(context: HandlerContext, id: string): Promise<Put> {
  const { client, services } = context;
  const shipped = services.catalogue.baselines.find((one) => one.id === id);
  if (shipped === undefined) throw notFound('No baseline with this id comes with Bylaw.');
  const { baseline, leftOut } = filled(shipped, client.name, await clientProfile(context));
  const origin = `catalogue:${shipped.id}` as const;
  const put = await context.change(async (tx, recorder) => {
    await tx.selectFrom('clients').select('id').where('id', '=', client.id).forUpdate().execute();
    if ((await newestCharter(tx, client.id)) !== null)
      throw unprocessable(
        'A charter is already in force. Change it in a draft, or apply a baseline under Baselines.',
      );
    const open = await openDraftFrom(tx, client.id, origin);
    if (open !== undefined)
      throw conflict(`${open.created_by_name} has already started from this baseline. Open that draft.`, {
        by: open.created_by_name,
        at: open.created_at,
        version: open.version,
      });
    return putDraft(tx, recorder, {
      ...common(context),
      value: overlayTemplate(baseline.charter, {}, 'adds'),
      title: `From the baseline ${baseline.name}`,
      reason: `The first charter starts from the baseline ${baseline.name}, as of ${dayWords(shipped.asOf)}.`,
      origin,
    });
  });
  announce(context, put.id);
  return { draft: put.id, version: put.version, notes: [...new Set(leftOut)] };
}
