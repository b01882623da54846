import { observedOn } from '#domain/decide/observed-on.ts';
import type { Completion, JourneyStatus, TaskStatus } from '#domain/journeys/status.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { count, dayWords, names } from '#domain/text/words.ts';
import { kindWords } from '../shared/words.ts';

/** Whether a verdict counts as proof. An accepted exception does. */
export function holds(state: Verdict['state']): boolean {
  return state === 'pass' || state === 'accepted';
}

/** Number of checks applicable to this client that hold, and their total. */
export function holding({ task, proof }: TaskStatus): { hold: number; of: number } {
  const needless = proof.filter(({ state }) => state === 'not_applicable').length;
  return { hold: proof.filter(({ state }) => holds(state)).length, of: task.proof.length - needless };
}

/**
 * Progress of a deployment in one sentence. Complete means that nothing more can be done here; the sentence also counts
 * what is not proved and why nothing can be done about it.
 */
export function completionWords(completion: Completion): string {
  const { complete, proved, notNeeded, notLicensed, policyOnly, open, locked } = completion;
  const rest = [
    part(notNeeded, 'not needed'),
    part(notLicensed, 'not licensed and replaced by other measures'),
    part(policyOnly, 'covered by policy only'),
  ].filter((words) => words !== '');
  if (complete) return `Complete: ${[`${proved} proved`, ...rest].join(', ')}.`;
  const of = proved + notLicensed + policyOnly + open + locked;
  return `${[`${proved} of ${count(of, 'task')} proved`, ...rest].join(', ')}.`;
}

function part(n: number, one: string, many = one): string {
  return n === 0 ? '' : `${n} ${n === 1 ? one : many}`;
}

export function completionView(completion: Completion): Completion & { readonly words: string } {
  return { ...completion, words: completionWords(completion) };
}

/** Status of a task in a few words, shown below its title. */
export function statusWords(
  status: TaskStatus,
  numberOf: (id: string) => number,
  dayText: (day: string) => string = dayWords,
): string {
  const { hold, of } = holding(status);
  const checks =
    of === 1
      ? hold === 1
        ? 'Its check holds'
        : 'Its check does not hold yet'
      : `${hold} of ${of} checks hold`;
  switch (status.state) {
    case 'proved':
      return provedWords(status, dayText);
    case 'not_needed':
      return 'Not needed here';
    case 'locked': {
      const numbers = status.waitsFor.map((id) => String(numberOf(id)));
      return `Waits for ${numbers.length === 1 ? 'task' : 'tasks'} ${names(numbers, 12)}`;
    }
    case 'not_licensed':
      return 'Not included in the plan or licenses';
    case 'policy_only':
      return 'Only a policy holds here';
    case 'pending':
    case 'fails':
    case 'cannot_read':
      return checks;
  }
}

function provedWords({ proof }: TaskStatus, dayText: (day: string) => string): string {
  const accepted = proof.filter(({ state }) => state === 'accepted').length;
  const observed = proof.flatMap((verdict) => {
    const day = observedOn(verdict);
    const kind = verdict.evidence.find((one) => one.observedOn === day)?.kind;
    return day === null || kind === undefined ? [] : [{ day, kind }];
  });
  // Attestations are distinguished from readings: they name the whole only if nothing was read.
  const read = observed.filter(({ kind }) => kind !== 'attestations');
  const newest = (read.length === 0 ? observed : read).reduce<{ day: string; kind: string } | null>(
    (a, b) => (a === null || b.day > a.day ? b : a),
    null,
  );
  const from =
    newest === null
      ? 'Proved'
      : newest.kind === 'attestations'
        ? `Attested only, ${dayText(newest.day)}`
        : `Proved by the ${kindWords(newest.kind)} of ${dayText(newest.day)}`;
  return accepted === 0 ? from : `${from}, ${accepted} by exception`;
}

/** What a locked task waits for, check by check. */
export function openChecks(
  status: TaskStatus,
  journey: JourneyStatus,
): readonly { readonly task: string; readonly control: string; readonly state: Verdict['state'] }[] {
  return status.waitsFor.flatMap((id) => {
    const before = journey.tasks.find(({ task }) => task.id === id);
    if (before === undefined) return [];
    const states = new Map(before.proof.map(({ control, state }) => [control, state]));
    const own = before.task.proof
      .map((control) => ({ task: id, control, state: states.get(control) ?? ('cannot_read' as const) }))
      .filter(({ state }) => state === 'fail' || state === 'cannot_read' || state === 'pending');
    // A gate whose own checks hold waits for the tasks before it.
    return own.length > 0 ? own : openChecks(before, journey);
  });
}

export function lockWords(titles: readonly string[]): string {
  return `It waits for ${count(titles.length, 'check')}: ${names(titles, 4)}. Once ${titles.length === 1 ? 'it holds' : 'all hold'}, the task unlocks automatically.`;
}
// Guide: G2.2-31
