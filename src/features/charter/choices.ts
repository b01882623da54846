import {
  CONTENT_KIND_WORDS,
  CONTENT_KINDS,
  CONTENT_SOURCE_WORDS,
  CONTENT_SOURCES,
} from '#domain/activity/text.ts';
import { INCIDENT_TYPES } from '#domain/rules/operations/incident-plan.ts';
import { NOTICE_SOURCES } from '#domain/rules/policy/notice-covers.ts';
import { sentence } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { clientProfile } from './profile.ts';

/** Suggestions for the fields of a charter: the client's people and systems, and the catalogue's lists. */
export async function chooseFrom(context: HandlerContext) {
  const { client, services, can } = context;
  const { catalogue } = services;
  const { domains } = await clientProfile(context);
  const ran = await services.verdicts.run(client.id, 'charterChoices', undefined);
  if (ran === null) throw notFound();
  const { connectors: seen, people, accounts, ...read } = ran.result;
  const theirs = can('people.read');
  const known = catalogue.connectors.map(({ name, actions }) => ({
    name,
    actions: actions.map(({ title }) => title),
  }));
  const names = new Set(known.map(({ name }) => name.toLowerCase()));
  return {
    ...read,
    people: theirs ? people : null,
    accounts: theirs ? accounts : null,
    domains: [...domains],
    connectors: [
      ...known,
      ...seen.filter((name) => !names.has(name.toLowerCase())).map((name) => ({ name, actions: [] })),
    ],
    controls: catalogue.controls.map(({ id, title }) => ({ value: id, label: title })),
    clauses: catalogue.clauses.map(({ id, title }) => ({ value: id, label: title })),
    incidents: INCIDENT_TYPES.map(({ id, words }) => ({ value: id, label: sentence(words) })),
    notice: NOTICE_SOURCES.map(({ id, words }) => ({ value: id, label: sentence(words) })),
    textKinds: CONTENT_KINDS.map((value) => ({ value, label: CONTENT_KIND_WORDS[value] })),
    textSources: CONTENT_SOURCES.map((value) => ({ value, label: CONTENT_SOURCE_WORDS[value] })),
  };
}
