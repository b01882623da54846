import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { NoteEntry } from '#domain/model/journey.ts';
import { names } from '#domain/text/words.ts';
import { allOverrides } from '#store/deployment/deployment.ts';
import type { Tx } from '#store/open.ts';
import { standingVerdicts } from '#store/verdicts/current.ts';
import { deploymentJourney, standOf } from './standing.ts';

/**
 * Why an entry of the journal cannot be written down yet: the task that it belongs to is locked, so nobody may say that
 * it was done. null: nothing is in the way. The verdicts have to be current.
 */
export async function whyLocked(
  tx: Tx,
  catalogue: Catalogue,
  clientId: string,
  entry: NoteEntry,
): Promise<string | null> {
  const journey = deploymentJourney(catalogue);
  const verdicts = (await standingVerdicts(tx, clientId)).map(({ verdict }) => verdict);
  const { tasks } = standOf(journey, verdicts, await allOverrides(tx, clientId)).standing;
  const found = tasks.find(({ task, state }) => task.writes.includes(entry) && state === 'locked');
  if (found === undefined) return null;
  const before = found.waitsFor.map((id) => {
    const at = journey.tasks.findIndex((one) => one.id === id);
    return `${at + 1} (${journey.tasks[at]?.title ?? id})`;
  });
  return `Task ${journey.tasks.indexOf(found.task) + 1}, “${found.task.title}”, is locked: it waits for ${before.length === 1 ? 'task' : 'tasks'} ${names(before, before.length)}. Prove ${before.length === 1 ? 'it' : 'those'} first. If it has to begin before or has begun already, ask for an override of the task; once a second person approves, it can be written down.`;
}

/**
 * Why a journal that came as a file cannot count yet: it states a first invitation that the journal which counts does
 * not, while inviting is locked.
 */
export async function whyInvitedTooEarly(
  tx: Tx,
  catalogue: Catalogue,
  clientId: string,
  { brought, counting }: { readonly brought: Journal; readonly counting: Journal },
): Promise<string | null> {
  const { firstInvitation } = brought;
  if (firstInvitation === undefined || firstInvitation === counting.firstInvitation) return null;
  const why = await whyLocked(tx, catalogue, clientId, 'firstInvitation');
  return why === null ? null : `The journal states a first invitation. ${why}`;
}
