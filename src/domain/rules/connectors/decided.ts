import { z } from 'zod';
import { switchedTo } from '../../activity/payload.ts';
import { at } from '../../decide/conditions.ts';
import { addDays } from '../../model/day.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { ask, askOfSeveral } from '../../text/message.ts';
import { affirmsOn, CONFLICT_WORDS, conflictOf } from '../../text/statement-notes.ts';
import { dayWords, names } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { statementOf } from '../statements.ts';
import { byWhom, coveredThrough, lastTogether } from './events.ts';

const decision = z.strictObject({
  /** Dotted path of a yes-or-no value in the charter. */
  path: z.string().min(1),
  /** The subject, as the start of a sentence: "Cowork". */
  words: z.string().min(1),
  /**
   * true: it is on by default in Claude, so a "no" in the charter has to be confirmed in Claude. By plan if plans
   * differ.
   */
  onByDefault: z.union([z.boolean(), z.strictObject({ team: z.boolean(), enterprise: z.boolean() })]),
  on: z.array(z.string()).default([]),
  off: z.array(z.string()).default([]),
  /** Counts only if the decision at this path is yes: without Cowork its details do not matter. */
  under: z.string().optional(),
});

/** CON-16, CON-19, CON-28: a default of Claude is decided, and if the decision is no, Claude is set accordingly. */
export const decided = defineRule({
  name: 'connector-default-decided',
  about:
    'The charter decides what Claude starts with. A decision against the default must be seen: by an event on Enterprise, or by a person who looked.',
  params: z.strictObject({
    decisions: z.array(decision).min(1),
    look: z.string().min(1),
    days: z.number().int().min(1).default(90),
    state: z.string().min(1),
    /** The statement says that Claude is set as the charter decides, so it holds only for that charter. */
    asDecided: z.boolean().optional(),
  }),
  decide(context, { decisions, look, days, state, asDecided }) {
    const question = askOfSeveral(
      'charter',
      decisions.map(({ path }) => path),
      `State ${state} in the charter.`,
      context.control.id,
    );
    if (!context.charter.ok) return absent(context.charter).cannotRead(question);
    const charter = context.charter;
    const counted = decisions.filter(
      (one) => one.under === undefined || at(charter.value, one.under) === true,
    );
    const lacking = counted.filter((one) => typeof at(charter.value, one.path) !== 'boolean');
    if (lacking.length > 0)
      return because(
        'connectors.decided.undecided',
        `The charter does not decide on ${names(
          lacking.map((one) => lower(one.words)),
          4,
        )}.`,
        { lacking: lacking.map(({ path }) => path) },
      ).cannotRead(question);
    const evidence: Evidence[] = counted.map((one) =>
      charter.cite(
        one.path,
        `${one.words}: ${at(charter.value, one.path) === true ? 'allowed' : 'not allowed'}`,
      ),
    );
    const wording = names(
      counted.map(
        (one) => `${lower(one.words)} ${at(charter.value, one.path) === true ? 'allowed' : 'not allowed'}`,
      ),
      6,
    );

    // A statement that compared Claude with an earlier decision says nothing about this one.
    const since = asDecided
      ? (counted
          .flatMap(({ path }) => context.charterSince(path) ?? [])
          .sort()
          .at(-1) ?? '')
      : '';
    const statement = statementOf(
      context,
      ({ seen }) => addDays(seen, days) >= context.today && seen >= since,
    );
    if (statement && !statement.holds) {
      return because(
        'connectors.decided.not_as_decided',
        `${statement.by} looked on ${dayWords(statement.seen)}, and Claude is not set as decided${statement.note ? `: ${statement.note.replace(/\.$/, '')}` : ''}. The charter says: ${wording}.`,
        { by: statement.by },
      ).fail([...evidence, context.citeAttestation(statement)]);
    }
    const refused = counted.filter((one) => at(charter.value, one.path) === false).map(({ words }) => words);
    const isRefused = refused.length > 0;
    const conflict =
      statement?.note === undefined || !isRefused
        ? null
        : affirmsRefused(statement.note, refused)
          ? 'denied'
          : conflictOf(statement.note, look);
    if (statement?.note !== undefined && conflict !== null)
      return because(
        'connectors.decided.note_denies',
        `${statement.by} looked on ${dayWords(statement.seen)} and recorded that Claude is set as decided, and noted “${statement.note.replace(/\.$/, '')}”, ${CONFLICT_WORDS[conflict]}.`,
        { by: statement.by, note: statement.note, because: conflict },
      ).cannotRead(ask('attestation', context.control.id, look), [
        ...evidence,
        context.citeAttestation(statement),
      ]);
    const unseen: string[] = [];
    for (const one of counted) {
      const wanted = at(charter.value, one.path) === true;
      const last = lastState(context, one.on, one.off);
      if (last?.on && !wanted && (!statement || statement.seen <= last.day)) {
        return because(
          'connectors.decided.switched_on',
          `${one.words} was switched on by ${last.words}; the charter does not allow it.`,
          { setting: one.path },
        ).fail([...evidence, last.evidence]);
      }
      if (last) evidence.push(last.evidence);
      // A self-contradictory event after the statement makes the current setting unknown.
      const unclear = last !== null && last.on === null && (!statement || statement.seen <= last.day);
      if (!wanted && unclear) unseen.push(lower(one.words));
      const seen =
        unclear || statement !== undefined || (last !== null && last.on === false && last.through !== null);
      if (!wanted && startsOn(one.onByDefault, context.profile.claudePlan) && !seen)
        unseen.push(lower(one.words));
    }
    // What is looked at is that the setting is off, which shows nothing where the charter allows it.
    const shown = isRefused || asDecided ? statement : undefined;
    if (shown) evidence.push(context.citeAttestation(shown));
    if (unseen.length > 0) {
      return because(
        'connectors.decided.not_seen',
        `The charter does not allow ${names(unseen, 4)}. No one has seen in the last ${days} days whether Claude is set that way.`,
      ).cannotRead(ask('attestation', context.control.id, look), evidence);
    }
    const proof = shown ? ` ${shown.by} saw on ${dayWords(shown.seen)} that Claude is set that way.` : '';
    return because('connectors.decided.decided', `Decided in the charter: ${wording}.${proof}`).pass(
      evidence,
    );
  },
});

/** Words that name no decision of their own. */
const OF_ALL = new Set(['claude', 'cowork', 'running', 'acting', 'without', 'connector', 'tools', 'servers']);

/** Whether a note says that something is on that the charter refuses: "Cloud is on". */
function affirmsRefused(note: string, refused: readonly string[]): boolean {
  const subjects = refused.flatMap((words) =>
    words
      .toLowerCase()
      .split(/\P{L}+/u)
      .filter((word) => word.length > 4 && !OF_ALL.has(word)),
  );
  return affirmsOn(note, subjects);
}

function startsOn(value: z.infer<typeof decision>['onByDefault'], plan: string): boolean {
  if (typeof value === 'boolean') return value;
  return plan === 'enterprise' ? value.enterprise : value.team;
}

function lastState(
  context: CheckContext,
  on: readonly string[],
  off: readonly string[],
): { on: boolean | null; day: string; words: string; evidence: Evidence; through: string | null } | null {
  if (on.length + off.length === 0 || context.profile.claudePlan !== 'enterprise') return null;
  const events = context.events();
  if (!events.ok) return null;
  const together = lastTogether(
    events.rows.filter((event) => on.includes(event.type) || off.includes(event.type)),
  );
  const row = together.find((event) => on.includes(event.type)) ?? together.at(-1);
  if (!row) return null;
  const isOn = switchedTo(row.type, row.detail);
  const day = dayOf(row.at, context.profile.timezone);
  const words = byWhom(row, context.profile.timezone);
  return {
    on: isOn,
    day,
    words,
    evidence: events.cite(
      row,
      `switched ${isOn === null ? 'on or off (the event contradicts itself)' : isOn ? 'on' : 'off'} by ${words}`,
    ),
    through: coveredThrough(context, day),
  };
}

/** Product names keep their capitals; other words are lowercased inside a sentence. */
function lower(text: string): string {
  return /^(Cowork|Claude)/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
// Guide: G2.2-16 G2.2-18 G2.2-22 G7.2-17
