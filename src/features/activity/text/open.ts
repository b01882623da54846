import { MOST_TEXT, TEXT_PART_WORDS, TEXT_PARTS } from '#domain/activity/text.ts';
import { CONTENT_APPROVERS } from '#domain/charter/content-kept.ts';
import { fold } from '#domain/charter/names.ts';
import { activityNumbered } from '#store/activity/search.ts';
import { textsOf } from '#store/activity/texts.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { ownSession } from '../../account/own-session.ts';
import { charterOf } from '../../charter/read.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound, unprocessable } from '../../problems.ts';
import { peopleOf } from '../../usage/people.ts';
import { openTexts, textPlace } from './key.ts';
import { textStateOf } from './state.ts';

interface Opening {
  readonly seq: number;
  readonly reason: string;
  /** Names of those who agreed, as the charter writes them. */
  readonly agreed: readonly string[];
}

/** The text of one event, with the record that it was opened, by whom, why and with whose word. */
export async function openText(context: HandlerContext, { seq, reason, agreed }: Opening) {
  const { client, services } = context;
  ownSession(context);
  const people = await peopleOf(context, client, { masked: false });
  return context.change(async (tx, recorder) => {
    const activity = await activityNumbered(tx, client.id, seq);
    if (activity === null) throw notFound();
    const state = await textStateOf(tx, context, activity, people);
    if (state === null || state.state !== 'kept')
      throw unprocessable(state?.says ?? 'Such an event never comes with any text.');
    const { contentAccess } = charterOf(await newestCharter(tx, client.id));
    if (contentAccess?.allowed !== true)
      throw unprocessable('The charter in force does not allow that conversations of others are read.');
    const names = agreedNames(contentAccess.approvers, agreed, context);
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
            cut: row.characters > MOST_TEXT,
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
        agreed: names,
      },
    });
    return { until: state.until, texts };
  });
}

/** The people who agreed, each once, by the charter's spelling. Whoever opens it is none of them. */
function agreedNames(
  approvers: readonly string[],
  agreed: readonly string[],
  { actor }: Pick<HandlerContext, 'actor'>,
): string[] {
  const own = new Set([fold(actor.name), fold(actor.email)]);
  const named = new Map(approvers.map((name) => [fold(name), name]));
  const chosen = [...new Set(agreed.map(fold))].map((name) => {
    const known = named.get(name);
    if (known === undefined)
      throw unprocessable(
        `${agreed.find((one) => fold(one) === name)} is not among those who can agree. The charter names: ${approvers.join(', ') || 'nobody'}.`,
      );
    if (own.has(name)) throw unprocessable('You cannot agree to your own opening. Name two others.');
    return known;
  });
  if (chosen.length < CONTENT_APPROVERS)
    throw unprocessable(
      `Two people have to agree before text is opened. The charter names: ${approvers.join(', ') || 'nobody'}.`,
    );
  return chosen;
}
