import { changeJourney, findJourney, type PersonJourneyRow } from '#store/work/person-journeys.ts';
import type { HandlerContext } from '../context.ts';
import { resolveOwner } from '../owners/index.ts';
import { notFound } from '../problems.ts';
import { aTurn } from '../shared/turn.ts';
import { editConflict, ended, subjectOf, wordsOf } from './acts.ts';
import { lookAt } from './current-state.ts';
import { type Journey, journeyView } from './view.ts';
import { loadViewContext } from './view-context.ts';

/**
 * Gives several open offboardings or onboardings to one owner, all or none. Steps with an owner of their own keep it.
 */
export async function assignJourneys(
  context: HandlerContext,
  input: {
    readonly journeys: readonly { readonly journey: string; readonly version: number }[];
    readonly owner: string | null;
  },
): Promise<{ items: Journey[] }> {
  const { services, client } = context;
  const owner = await resolveOwner(services, client.id, input.owner);
  const part = {
    owner_user: owner?.user ?? null,
    owner_name: owner?.name ?? null,
    owner_mail: owner?.mail ?? null,
  };
  const asked = new Map(input.journeys.map(({ journey, version }) => [journey, version]));
  const after = await context.change(async (tx, recorder) => {
    const rows: PersonJourneyRow[] = [];
    let changes = 0;
    for (const [journey, version] of asked) {
      await aTurn();
      const row = await findJourney(tx, client.id, journey);
      if (row === null) throw notFound();
      if (row.version !== version) throw editConflict(row);
      if (row.ended_at !== null) throw ended(row, client.timezone);
      const next = { ...row, ...part };
      if (
        JSON.stringify(wordsOf(next)) === JSON.stringify(wordsOf(row)) &&
        next.owner_user === row.owner_user
      ) {
        rows.push(row);
        continue;
      }
      if (!(await changeJourney(tx, row, next))) throw editConflict(row);
      await recorder.record({ subject: subjectOf(row), before: wordsOf(row), after: wordsOf(next) });
      changes += 1;
      rows.push({ ...next, version: row.version + 1 });
    }
    if (changes === 0) recorder.unchanged();
    return rows;
  });
  services.events.publish({ client: client.id, topic: 'people', id: null });
  const beside = await loadViewContext(context);
  return { items: (await lookAt(context, client, after)).journeys.map((one) => journeyView(one, beside)) };
}
// Guide: G6.6-00
