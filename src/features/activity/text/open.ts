import { MAX_TEXT, TEXT_PART_WORDS, TEXT_PARTS } from '#domain/activity/text.ts';
import { activityNumbered } from '#store/activity/search.ts';
import { textsOf } from '#store/activity/texts.ts';
import type { HandlerContext } from '../../context.ts';
import { peopleOf } from '../../people/index.ts';
import { notFound, unprocessable } from '../../problems.ts';
import { ownSession } from '../../shared/own-session.ts';
import { accountsOf } from '../../shared/second-person.ts';
import { recordInCase } from './cases.ts';
import { openTexts, textPlace } from './key.ts';
import { agreementsTo } from './openings.ts';
import { textStateOf } from './state.ts';

interface Opening {
  readonly seq: number;
  /** What two people agreed to. */
  readonly opening: string;
}

/** The text of one event, with a record of who opened it, why, and with whose agreement. */
export async function openText(context: HandlerContext, { seq, opening }: Opening) {
  const { client, services } = context;
  ownSession(context);
  const people = await peopleOf(context, client, { masked: false });
  const accounts = await accountsOf(services);
  return context.change(async (tx, recorder) => {
    const activity = await activityNumbered(tx, client.id, seq);
    if (activity === null) throw notFound();
    const state = await textStateOf(tx, context, activity, people);
    if (state === null || state.state !== 'kept')
      throw unprocessable(state?.says ?? 'Such an event never comes with any text.');
    const { reason, incident, agreed } = await agreementsTo(tx, context, { opening, of: { seq } }, accounts);
    const rows = await textsOf(tx, client.id, activity);
    const lock = await openTexts(tx, services, client.id);
    if (lock === null) throw notFound();
    const texts = TEXT_PARTS.flatMap((part) =>
      rows
        .filter((row) => row.part === part)
        .map((row) => {
          const text = lock.open(row.locked, textPlace(row));
          return {
            part,
            title: TEXT_PART_WORDS[part],
            text,
            characters: row.characters,
            cut: row.characters > MAX_TEXT,
          };
        }),
    );
    await recorder.record({
      subject: { kind: 'activity', id: String(seq), name: activity.type },
      reason,
      after: {
        event: activity.id,
        at: activity.at,
        person: activity.person,
        parts: texts.map(({ part }) => part),
        agreed,
        incident: incident.code,
      },
    });
    await recordInCase(tx, context, { incident: incident.id, act: 'text_opened', note: activity.type });
    return { until: state.until, texts };
  });
}
// Guide: G5.2-04 G8-14 GB-09
