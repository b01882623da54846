import type { TaskStatus } from '#domain/journeys/status.ts';
import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Licenses } from '#domain/model/licenses.ts';
import { type Profile, profileSchema } from '#domain/model/profile.ts';
import type { State } from '#domain/model/verdict.ts';
import { dayWords, names } from '#domain/text/words.ts';
import type { LeftState, ProfileChange } from '#store/deployment/plan-changes.ts';
import type { CurrentVerdict } from '#store/verdicts/current.ts';
import { present } from '../shared/moment.ts';

/** A change of the client's plan, licenses or add-ons, in words. */
export interface PlanChange {
  readonly at: Date;
  /** Day in the client's time zone. */
  readonly on: string;
  readonly by: string;
  /** For example "the plan changed from Claude Team to Claude Enterprise". */
  readonly words: string;
}

/** Changes of plan, licenses and add-ons, oldest first. Other changes of the profile are left out. */
export function planChanges(
  changes: readonly ProfileChange[],
  licenses: Licenses,
  zone: string,
): PlanChange[] {
  return changes.flatMap(({ at, by, before, after }) => {
    const was = profileSchema.safeParse(before);
    const is = profileSchema.safeParse(after);
    if (!was.success || !is.success) return [];
    const parts = [
      changed('the plan', planWords(was.data), planWords(is.data)),
      changed('Microsoft 365', m365Words(was.data, licenses), m365Words(is.data, licenses)),
      changed('the add-ons', listWords(was.data.addOns), listWords(is.data.addOns)),
      changed('the web gateway', thingWords(was.data.swg), thingWords(is.data.swg)),
      changed('the SIEM', thingWords(was.data.siem), thingWords(is.data.siem)),
      changed(
        'the device management',
        thingWords(was.data.deviceManagement),
        thingWords(is.data.deviceManagement),
      ),
    ].filter((part) => part !== null);
    return parts.length === 0
      ? []
      : [{ at, by, on: present(at, zone).today, words: names(parts, parts.length) }];
  });
}

function changed(what: string, before: string, after: string): string | null {
  return before === after ? null : `${what} changed from ${before} to ${after}`;
}

const planWords = ({ claudePlan }: Profile) => CLAUDE_PLAN_WORDS[claudePlan];

function m365Words({ m365 }: Profile, { tiers }: Licenses): string {
  if (m365 === undefined) return 'not stated';
  return typeof m365 === 'string' ? (tiers[m365]?.name ?? m365) : listWords(m365);
}

const listWords = (list: readonly string[]) => (list.length === 0 ? 'none' : names([...list], 12));

function thingWords(thing: string | null | undefined): string {
  return thing === undefined || thing === '' ? 'not stated' : (thing ?? 'none');
}

/** A change of the profile triggers an evaluation at once; verdicts that changed later than this have another cause. */
const FOLLOWS_MS = 10 * 60_000;

interface Moved {
  readonly control: string;
  readonly before: State;
  readonly at: Date;
}

/**
 * How a change of plan or licenses affected a task, as a sentence: it became needed or not needed, or more or less can
 * be proved. null if no such change affected it.
 */
export function changeOfTask(
  { task, state }: TaskStatus,
  verdicts: ReadonlyMap<string, CurrentVerdict>,
  left: readonly LeftState[],
  changes: readonly PlanChange[],
): string | null {
  const moved = task.proof.flatMap((control): Moved[] => {
    const now = verdicts.get(control);
    return now === undefined ? [] : (movedOf(control, now, left) ?? []);
  });
  const last = moved.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
  const cause =
    last === undefined
      ? undefined
      : changes.findLast(({ at }) => at <= last.at && last.at.getTime() - at.getTime() <= FOLLOWS_MS);
  if (last === undefined || cause === undefined) return null;
  const because = `since ${dayWords(cause.on)}: ${cause.words}.`;
  if (state === 'not_needed') return `Not needed ${because}`;
  if (state === 'not_licensed') return `Not licensed ${because}`;
  const before = task.proof.map(
    (control) => moved.find((one) => one.control === control)?.before ?? verdicts.get(control)?.verdict.state,
  );
  if (before.every((one) => one === 'not_applicable')) return `Needed ${because}`;
  if (before.every((one) => one === undefined || isNothing(one))) return `Can be proved ${because}`;
  return isNothing(last.before) ? `More has to be proved ${because}` : `Less can be proved ${because}`;
}

/** Whether a control in this state needs no evidence for the client. */
function isNothing(state: State): boolean {
  return state === 'not_applicable' || state === 'not_licensed';
}

/** The last time a control changed between needing evidence and needing none. */
function movedOf(control: string, now: CurrentVerdict, left: readonly LeftState[]): Moved[] | null {
  const other = left
    .filter((one) => one.control === control && isNothing(one.state) !== isNothing(now.verdict.state))
    .toSorted((a, b) => b.until.getTime() - a.until.getTime())[0];
  return other === undefined ? null : [{ control, before: other.state, at: other.until }];
}
