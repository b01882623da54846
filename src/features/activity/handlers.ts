import { z } from 'zod';
import { activityNumbered, otherReports, type Place, searchActivities } from '#store/activity/search.ts';
import { choicesIn, lastBySource, logSpan } from '#store/usage/read.ts';
import { spanOf } from '../audit/index.ts';
import { textWords } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { readCursor, writeCursor } from '../paging.ts';
import { peopleOf } from '../people/index.ts';
import { notFound } from '../problems.ts';
import { connectorNames } from '../shared/connector-names.ts';
import { asDownload } from '../shared/download.ts';
import { planOf } from '../sources/index.ts';
import { blindSpots } from '../usage/index.ts';
import { attachContent, listContent, removeContent } from './content/files.ts';
import { askForContent, openContent } from './content/open.ts';
import type { activityContract } from './contract.ts';
import { eachOnce } from './each-once.ts';
import { filterOf } from './filter.ts';
import { activityTable } from './table.ts';
import { openText } from './text/open.ts';
import { answerOpening, askForText, listOpenings } from './text/openings.ts';
import { textStateOf } from './text/state.ts';
import { detailOf, lineOf, type View } from './view.ts';

export const activityHandlers: HandlersOf<typeof activityContract> = {
  content: {
    list: (context, { incident }) => listContent(context, incident === undefined ? {} : { incident }),
    attach: attachContent,
    ask: askForContent,
    open: openContent,
    remove: removeContent,
  },

  list: async (context, input) => {
    const view = await viewOf(context);
    const filter = filterOf(input, spanOf(input, context.client.timezone), view);
    const { activities, next } = await context.read((tx) =>
      searchActivities(tx, context.client.id, filter, {
        before: input.cursor === undefined ? null : readCursor(input.cursor, placeSchema),
        limit: input.limit,
      }),
    );
    return {
      // A filter by one source includes everything that it reports.
      items: (input.source === undefined
        ? eachOnce(activities)
        : activities.map((activity) => ({ activity, also: [] }))
      ).map(({ activity, also }) => lineOf(activity, view, also)),
      nextCursor: next === null ? null : writeCursor([next.at, next.id]),
      lookedTo: next !== null && activities.length < input.limit ? next.at : null,
    };
  },

  choices: async (context) => {
    const view = await viewOf(context);
    const { first, last, text, people, connectors, plan, reported } = await context.read(async (tx) => ({
      text: await textWords(tx, context),
      ...(await logSpan(tx, context.client.id)),
      ...(await choicesIn(tx, context.client.id)),
      plan: await planOf(tx, context.client.id),
      reported: await lastBySource(tx, context.client.id, '0'),
    }));
    const named = new Map(people.map((person) => view.people.of(person)).map((one) => [one.key, one]));
    return {
      first,
      last,
      text,
      people: view.whole ? [...named.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en')) : [],
      connectors: connectors
        .map((id) => ({ id, name: view.connectorName(id, null) }))
        .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
      blind: blindSpots(context.services.catalogue.usageBlind, plan, new Set(reported.keys())).filter(
        ({ about }) => about === 'log',
      ),
    };
  },

  table: async (context, input) =>
    asDownload(await activityTable(context, await viewOf(context), input, input.format)),

  get: async (context, input) => {
    const view = await viewOf(context);
    const people = await peopleOf(context, context.client, { masked: false });
    return context.read(async (tx) => {
      const activity = await activityNumbered(tx, context.client.id, input.seq);
      if (activity === null) throw notFound();
      const also = await otherReports(tx, context.client.id, activity);
      return { ...detailOf(activity, view, also), text: await textStateOf(tx, context, activity, people) };
    });
  },

  openText,
  askText: askForText,
  textOpenings: listOpenings,
  answerText: answerOpening,
};

/** Without permission to see people, an activity is shown without who did it. */
async function viewOf(context: HandlerContext): Promise<View> {
  const whole = context.can('people.read', context.client.id);
  return {
    people: await peopleOf(context, context.client, { masked: !whole }),
    connectorName: connectorNames(context.services.catalogue),
    catalogue: context.services.catalogue,
    whole,
  };
}

const placeSchema = z
  .tuple([z.iso.datetime({ precision: 3 }), z.string()])
  .transform(([at, id]): Place => ({ at, id }));
