import { client as calls, queries } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';
import { toast } from '../../ui/toast.tsx';
import { decisionText, type Kind, peopleCount } from './words.ts';

export interface Wanted {
  readonly kind: Kind;
  readonly addresses: string[];
  readonly reason?: string;
}

export interface Refused {
  readonly addresses: readonly string[];
  readonly why: string;
}

/** A decision affects verdicts, lists and counts on all pages. */
async function refresh(): Promise<void> {
  await queries.invalidateQueries();
}

async function takeBack(client: string, decisions: readonly string[]): Promise<void> {
  try {
    for (const decision of decisions) await calls.people.withdraw({ client, decision });
    toast({ kind: 'done', text: decisions.length === 1 ? 'Withdrawn.' : `${decisions.length} withdrawn.` });
  } catch (error) {
    toast({ kind: 'failed', text: `Not everything was withdrawn. ${explainError(error).text}` });
  }
  await refresh();
}

/**
 * Stores decisions immediately and offers to undo them for ten seconds. Returns the people who could not be decided;
 * throws if the request itself fails.
 */
export async function decide(client: string, decisions: readonly Wanted[]): Promise<readonly Refused[]> {
  const [only, ...more] = decisions;
  if (only === undefined) return [];
  const { done, refused } =
    more.length === 0
      ? { done: [await calls.people.decide({ client, ...only })], refused: [] }
      : await calls.people.decideMany({ client, decisions: [...decisions] });
  await refresh();
  const ids = done.flatMap(({ id }) => (id === null ? [] : [id]));
  const [first] = done;
  if (first !== undefined)
    toast({
      kind: 'done',
      text:
        done.length === 1
          ? `Decided: ${decisionText(first)}.`
          : `Decision recorded for ${peopleCount(done.length)}.`,
      undo: () => void takeBack(client, ids),
    });
  return refused;
}

export async function withdraw(client: string, decision: string, reason: string): Promise<void> {
  await calls.people.withdraw({ client, decision, ...(reason.trim() === '' ? {} : { reason }) });
  await refresh();
  toast({ kind: 'done', text: 'Withdrawn.' });
}

/** For actions without a dialog: shows an error as a message at the foot of the page. */
export async function decideNow(client: string, wanted: Wanted): Promise<void> {
  try {
    await decide(client, [wanted]);
  } catch (error) {
    toast({ kind: 'failed', text: `Nothing was decided. ${explainError(error).text}` });
    await refresh();
  }
}
