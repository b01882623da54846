import { failed } from '../../acts.ts';
import { api, client as calls, queries } from '../../api.ts';
import { toast } from '../../ui/toast.tsx';

/** Refetches everything that shows who leaves or joins. */
export async function reread(): Promise<void> {
  await Promise.all(
    [api.journeys, api.people, api.work, api.home, api.shell].map((part) =>
      queries.invalidateQueries({ queryKey: part.key() }),
    ),
  );
}

/** Confirms an action and offers to undo it while the message is shown. */
export function undoable(text: string, takeBack: () => Promise<unknown>): void {
  const undo = () =>
    takeBack()
      .then(reread)
      .then(() => toast({ kind: 'done', text: 'Undone.' }), failed);
  toast({ kind: 'done', text, undo: () => void undo() });
}

export type Ending = Parameters<typeof calls.journeys.end>[0]['why'];

/** Ends a journey, with an undo that reopens it. */
export async function endJourney(
  slug: string,
  { id, version }: { readonly id: string; readonly version: number },
  why: Ending,
): Promise<void> {
  try {
    const ended = await calls.journeys.end({ client: slug, journey: id, version, why });
    await reread();
    undoable('Ended. It stays on record.', () =>
      calls.journeys.reopen({ client: slug, journey: id, version: ended.version }),
    );
  } catch (error) {
    failed(error);
  }
}

export async function reopenJourney(
  slug: string,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<void> {
  try {
    await calls.journeys.reopen({ client: slug, journey: id, version });
    await reread();
    toast({ kind: 'done', text: 'Reopened.' });
  } catch (error) {
    failed(error);
  }
}

export async function withdrawMark(
  slug: string,
  journey: string,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<void> {
  try {
    await calls.journeys.mark({ client: slug, journey, step: id, version, on: null });
    await reread();
    toast({ kind: 'done', text: 'The mark was withdrawn.' });
  } catch (error) {
    failed(error);
  }
}
