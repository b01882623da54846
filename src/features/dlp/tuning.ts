import type { DlpTuning } from '#domain/dlp/compile.ts';
import { isOwnRule, type OwnPattern, ownRuleId, ownRules } from '#domain/dlp/own-patterns.ts';
import { findTuning, putTuning } from '#store/dlp/tuning.ts';
import type { HandlerContext } from '../context.ts';
import { lastChange } from '../meanwhile.ts';
import { conflict, unprocessable } from '../problems.ts';
import { forgetGuards } from './forget.ts';
import { noteOnIncident } from './note-on-incident.ts';
import { rulesOf } from './show.ts';
import { tuningOf } from './tuning-of.ts';

type Tuned = Pick<DlpTuning, 'off' | 'memberNumbers' | 'allowed'>;
type Wanted = Tuned & {
  readonly version: number;
  /** Left out: they stay as they are. */
  readonly patterns?: readonly OwnPattern[] | undefined;
  /** Left out: they stay as they are. */
  readonly atLeast?: Readonly<Record<string, number>> | undefined;
  /** Incident that a pattern was added for. */
  readonly incident?: string | undefined;
};

export async function showTuning(context: HandlerContext) {
  const { client } = context;
  const row = await context.read((tx) => findTuning(tx, client.id));
  const { off, memberNumbers, allowed, patterns, atLeast } = await context.read((tx) =>
    tuningOf(tx, client.id),
  );
  return {
    off: [...off],
    memberNumbers: [...memberNumbers],
    allowed: [...allowed],
    patterns: [...patterns],
    atLeast: { ...atLeast },
    version: row?.version ?? 0,
    changed: row === null ? null : { by: row.changed_by_name, at: row.changed_at.toISOString() },
  };
}

/** Two patterns of one name would be one rule, of which decisions could not say which it was. */
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

/** Changes what the client's guards look for. It counts with the next call. */
export async function setTuning(context: HandlerContext, wanted: Wanted) {
  const { client, actor, now, services } = context;
  const { version, memberNumbers, allowed, incident } = wanted;
  const known = new Set(rulesOf(context).map(({ id }) => id));
  const stored = await context.read((tx) => tuningOf(tx, client.id));
  refuseRepeated(wanted.patterns ?? stored.patterns);
  for (const { id } of ownRules(wanted.patterns ?? stored.patterns)) known.add(id);
  // What was set for a pattern goes with it: a later one of the same name would be off, and nobody had said so.
  const gone = new Set(
    [...stored.off, ...Object.keys(stored.atLeast)].filter((id) => isOwnRule(id) && !known.has(id)),
  );
  const named = [...wanted.off, ...Object.keys(wanted.atLeast ?? {})];
  const unknown = named.filter((id) => !known.has(id) && !gone.has(id));
  if (unknown.length > 0) throw unprocessable(`There is no rule “${unknown[0]}”. “dlp show” lists them.`);
  await context.change(async (tx, recorder) => {
    const before = await tuningOf(tx, client.id);
    const patterns = wanted.patterns ?? before.patterns;
    const off = wanted.off.filter((id) => !gone.has(id));
    const atLeast = Object.fromEntries(
      Object.entries(wanted.atLeast ?? before.atLeast).filter(([id]) => !gone.has(id)),
    );
    const value = { off, memberNumbers, allowed, patterns, atLeast };
    const row = {
      client_id: client.id,
      value: JSON.stringify(value),
      changed_at: now,
      changed_by: actor.userId,
      changed_by_name: actor.name,
    };
    if (!(await putTuning(tx, row, version))) {
      const { by, at } = await lastChange(tx, { chain: client.id, actions: 'dlp.tuning.' });
      const there = await findTuning(tx, client.id);
      throw conflict(
        'Someone else changed this after you opened it. Nothing of yours is stored; look at the current version.',
        { by, at, version: there?.version ?? 0 },
      );
    }
    await recorder.record({
      subject: { kind: 'dlp_tuning', id: client.id, name: client.name },
      before: {
        off: before.off,
        memberNumbers: before.memberNumbers,
        allowed: before.allowed.length,
        patterns: before.patterns,
        atLeast: before.atLeast,
      },
      after: { off, memberNumbers, allowed: allowed.length, patterns, atLeast },
    });
    if (incident !== undefined)
      await noteOnIncident(tx, context, incident, {
        act: 'pattern_saved',
        note: patterns.map(({ title }) => title).join(', ') || null,
      });
  });
  forgetGuards(services);
  return showTuning(context);
}
