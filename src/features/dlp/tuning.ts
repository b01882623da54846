import { randomUUID } from 'node:crypto';
import type { DlpTuning } from '#domain/dlp/compile.ts';
import { loosensTuning } from '#domain/dlp/loosening.ts';
import { isOwnRule, type OwnPattern, ownRuleId, ownRules } from '#domain/dlp/own-patterns.ts';
import {
  findWatchProposal,
  putWatchProposal,
  removeWatchProposal,
} from '#store/detections/watch-proposals.ts';
import { findTuning, putTuning } from '#store/dlp/tuning.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { lastChange } from '../last-change.ts';
import { conflict, unprocessable } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { proposedView, whyNotSecondTo } from '../shared/watch-proposals.ts';
import { forgetGuards } from './forget.ts';
import { addIncidentNote } from './incident-note.ts';
import { rulesOf } from './show.ts';
import { readTuning, tuningOf } from './tuning-of.ts';

type Tuned = Pick<DlpTuning, 'off' | 'memberNumbers' | 'allowed'>;
type Wanted = Tuned & {
  readonly version: number;
  /** Left out: unchanged. */
  readonly patterns?: readonly OwnPattern[] | undefined;
  /** Left out: unchanged. */
  readonly atLeast?: Readonly<Record<string, number>> | undefined;
  /** Incident for which a pattern was added. */
  readonly incident?: string | undefined;
};

export async function showTuning(context: HandlerContext) {
  const { client } = context;
  const row = await context.read((tx) => findTuning(tx, client.id));
  const proposal = await context.read((tx) => findWatchProposal(tx, client.id, 'dlp'));
  return {
    ...fieldsOf(readTuning(row?.value)),
    version: row?.version ?? 0,
    proposed:
      proposal === undefined
        ? null
        : {
            ...proposedView(
              proposal,
              whyNotSecondTo(context, await accountsOf(context.services), proposal, 'detections.edit'),
            ),
            ...fieldsOf(readTuning(proposal.value)),
          },
    changed: row === null ? null : { by: row.changed_by_name, at: row.changed_at.toISOString() },
  };
}

function fieldsOf({ off, memberNumbers, allowed, patterns, atLeast }: DlpTuning) {
  return {
    off: [...off],
    memberNumbers: [...memberNumbers],
    allowed: [...allowed],
    patterns: [...patterns],
    atLeast: { ...atLeast },
  };
}

/** What the audit log records about rules: ignored values may be personal data, so only their number. */
export const notedOf = ({ off, memberNumbers, allowed, patterns, atLeast }: DlpTuning) => ({
  off,
  memberNumbers,
  allowed: allowed.length,
  patterns,
  atLeast,
});

/** Two patterns with the same name would be one rule, and decisions could not say which one it was. */
export function refuseRepeated(patterns: readonly OwnPattern[]): void {
  const known = new Set<string>();
  for (const { title, least, atMost } of patterns) {
    const id = ownRuleId(title);
    if (known.has(id)) throw unprocessable(`Two patterns are called “${title}”. Give each one its own name.`);
    known.add(id);
    if (id === 'own_') throw unprocessable('A pattern needs a name with letters or digits.');
    if (atMost < least)
      throw unprocessable(`The minimum length of “${title}” is above its maximum. Change one of the two.`);
  }
}

/**
 * Changes what the client's guards detect. Takes effect with the next call, except that changes by which guards find
 * less wait for a second person if there is one.
 */
export async function setTuning(context: HandlerContext, wanted: Wanted) {
  const { client, actor, now, services } = context;
  const { version, memberNumbers, allowed, incident } = wanted;
  const known = new Set(rulesOf(context).map(({ id }) => id));
  const stored = await context.read((tx) => tuningOf(tx, client.id));
  refuseRepeated(wanted.patterns ?? stored.patterns);
  for (const { id } of ownRules(wanted.patterns ?? stored.patterns)) known.add(id);
  // Remove the settings of a deleted pattern: otherwise a later one with the same name would be off without anyone's
  // decision.
  const gone = new Set(
    [...stored.off, ...Object.keys(stored.atLeast)].filter((id) => isOwnRule(id) && !known.has(id)),
  );
  const named = [...wanted.off, ...Object.keys(wanted.atLeast ?? {})];
  const unknown = named.filter((id) => !known.has(id) && !gone.has(id));
  if (unknown.length > 0) throw unprocessable(`There is no rule “${unknown[0]}”. “dlp show” lists them.`);
  const accounts = await accountsOf(services);
  await context.change(async (tx, recorder) => {
    const before = await tuningOf(tx, client.id);
    const patterns = wanted.patterns ?? before.patterns;
    const off = wanted.off.filter((id) => !gone.has(id));
    const atLeast = Object.fromEntries(
      Object.entries(wanted.atLeast ?? before.atLeast).filter(([id]) => !gone.has(id)),
    );
    const value = { off, memberNumbers, allowed, patterns, atLeast };
    const usual = (id: string) => rulesOf(context).find((rule) => rule.id === id)?.atLeast ?? 1;
    const weaker = loosensTuning(before, value, usual);
    const waits = weaker && accounts.hasSecond(actor.userId, client.id, 'detections.edit');
    if (waits && incident !== undefined)
      throw unprocessable(
        'With this change less would be found, so it waits for someone else. Leave the incident out, or only add patterns.',
      );
    const row = {
      client_id: client.id,
      value: JSON.stringify(value),
      changed_at: now,
      changed_by: actor.userId,
      changed_by_name: actor.name,
    };
    if (waits) {
      if (((await findTuning(tx, client.id))?.version ?? 0) !== version)
        throw await tunedMeanwhile(tx, client.id);
      await putWatchProposal(tx, {
        client_id: client.id,
        setting: 'dlp',
        id: randomUUID(),
        value: row.value,
        proposed_by: actor.userId,
        proposed_by_name: actor.name,
        proposed_at: now,
        version,
      });
    } else {
      if (!(await putTuning(tx, row, version))) throw await tunedMeanwhile(tx, client.id);
      const open = await findWatchProposal(tx, client.id, 'dlp');
      // It was based on rules that have changed.
      if (open !== undefined) await removeWatchProposal(tx, open);
    }
    await recorder.record({
      subject: { kind: 'dlp_tuning', id: client.id, name: client.name },
      before: notedOf(before),
      after: waits ? { proposed: notedOf(value) } : { ...notedOf(value), ...(weaker ? { alone: true } : {}) },
    });
    if (incident !== undefined)
      await addIncidentNote(tx, context, incident, {
        act: 'pattern_saved',
        note: patterns.map(({ title }) => title).join(', ') || null,
      });
  });
  forgetGuards(services);
  return showTuning(context);
}

/** The message if someone else made a change first. */
export async function tunedMeanwhile(tx: Tx, clientId: string) {
  const { by, at } = await lastChange(tx, { chain: clientId, actions: 'dlp.tuning.' });
  const there = await findTuning(tx, clientId);
  return conflict(
    'Someone else changed this after you opened it. Nothing of yours is stored; look at the current version.',
    { by, at, version: there?.version ?? 0 },
  );
}
