import { isSettled } from '#domain/journeys/status.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { Journey, NoteEntry, Task } from '#domain/model/journey.ts';
import { names } from '#domain/text/words.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { allOverrides } from '#store/deployment/deployment.ts';
import type { Tx } from '#store/open.ts';
import { currentVerdicts } from '#store/verdicts/current.ts';
import { charterOf } from '../charter/index.ts';
import { readStaffPolicy } from '../policy/index.ts';
import { notesOf } from './entries.ts';
import { deploymentJourney, progressOf } from './status.ts';

/**
 * Why a journal entry cannot be written yet: its task is locked, so it cannot have been done. null if it can. The
 * verdicts must be current; `written` is the journal without the entry.
 */
export async function whyLocked(
  tx: Tx,
  catalogue: Catalogue,
  clientId: string,
  entry: NoteEntry,
  written: Journal,
  now: Date,
): Promise<string | null> {
  const journey = deploymentJourney(catalogue);
  const verdicts = (await currentVerdicts(tx, clientId)).map(({ verdict }) => verdict);
  const { tasks } = progressOf(journey, verdicts, await allOverrides(tx, clientId)).status;
  const mine = tasks.filter(({ task }) => task.writes.includes(entry));
  const found = mine.find(({ state }) => state === 'locked');
  if (found === undefined) {
    if (mine[0] === undefined) return null;
    const missing = whyNotOnFile(journey, mine[0].task, written);
    if (missing !== null || entry !== 'firstInvitation') return missing;
    // An override may have been approved while the policy task was still open, so the policy is checked separately.
    const policy = tasks.find(({ task }) => task.writes.includes('policyAnnounced'));
    if (mine[0].overridden && policy !== undefined && !isSettled(policy.state)) return null;
    return whyNoPolicy(tx, clientId, now, journey.tasks.indexOf(mine[0].task) + 1);
  }
  const before = found.waitsFor.map((id) => {
    const at = journey.tasks.findIndex((one) => one.id === id);
    return `${at + 1} (${journey.tasks[at]?.title ?? id})`;
  });
  return `Task ${journey.tasks.indexOf(found.task) + 1}, “${found.task.title}”, is locked: it waits for ${before.length === 1 ? 'task' : 'tasks'} ${names(before, before.length)}. Prove ${before.length === 1 ? 'it' : 'those'} first. If the task has to start earlier, or has already started, request an override for it; once a second person has approved that, it can be written down.`;
}

/** No one is invited before the policy is published here or, if it is kept elsewhere, its approver is on record. */
async function whyNoPolicy(tx: Tx, clientId: string, now: Date, number: number): Promise<string | null> {
  const { version } = await readStaffPolicy(tx, clientId, now);
  const stated = charterOf(await newestCharter(tx, clientId)).policy;
  return version !== null || stated?.approvedBy !== undefined
    ? null
    : `Task ${number} waits for the acceptable use policy: no version that was published here is in force, and the charter names no one who approved one. Publish it under Policy, or state its approver in the charter.`;
}

/** Why an open task cannot be recorded as done: entries that have to be on file first are missing. */
function whyNotOnFile({ tasks }: Journey, task: Task, journal: Journal): string | null {
  const missing = notesOf(task.onFile, journal).filter(({ written }) => written === null);
  if (missing.length === 0) return null;
  const words = missing.map(({ entry, label }) => {
    const at = tasks.findIndex(({ writes }) => writes.includes(entry));
    return `“${label}” (task ${at + 1})`;
  });
  return `Task ${tasks.indexOf(task) + 1}, “${task.title}”, needs on file before: ${names(words, words.length)}. Write ${words.length === 1 ? 'it' : 'them'} down first, with the evidence.`;
}

/**
 * Why an imported journal cannot take effect yet: it states a first invitation that the current journal does not, while
 * inviting is locked.
 */
export async function whyInvitedTooEarly(
  tx: Tx,
  catalogue: Catalogue,
  clientId: string,
  { brought, counting, now }: { readonly brought: Journal; readonly counting: Journal; readonly now: Date },
): Promise<string | null> {
  const { firstInvitation } = brought;
  if (firstInvitation === undefined || firstInvitation === counting.firstInvitation) return null;
  const why = await whyLocked(tx, catalogue, clientId, 'firstInvitation', brought, now);
  return why === null ? null : `The journal states a first invitation. ${why}`;
}
// Guide: G2.1-00 G2.2-14
