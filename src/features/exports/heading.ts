import { momentWords } from '#domain/text/moments.ts';
import type { HandlerContext } from '../context.ts';
import type { TableHeading } from './table.ts';

/** The heading as terms with their words, the same in every form. */
export function headingLines(heading: TableHeading, rows: number): readonly (readonly [string, string])[] {
  return [
    ['List', heading.title],
    ['Client', heading.client ?? 'None; it is a list of the workspace'],
    ['Showing', heading.filter ?? 'Everything'],
    ['Rows', String(rows)],
    ['Taken', `${momentWords(heading.at, heading.zone, 'medium')} (${heading.zone})`],
    ['Taken by', heading.person],
  ];
}

/** What every list of a client says of itself: whose it is, who took it and when, with times in the client's zone. */
export function clientHeading({
  client,
  now,
  actor,
}: HandlerContext): Omit<TableHeading, 'title' | 'filter'> {
  return { client: client.name, at: now, zone: client.timezone, person: actor.name };
}

/** The same of a list of the workspace, with times in UTC. */
export function workspaceHeading({ now, actor }: HandlerContext): Omit<TableHeading, 'title' | 'filter'> {
  return { client: null, at: now, zone: 'UTC', person: actor.name };
}
