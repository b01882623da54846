import { momentWords } from '#domain/text/moments.ts';
import type { HandlerContext } from '../context.ts';
import type { TableHeading } from './table.ts';

/** The heading as terms with values, the same in all formats. */
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

/**
 * The heading of every list of a client: the client, who exported it and when, with times in the client's time zone.
 */
export function clientHeading({
  client,
  now,
  actor,
}: HandlerContext): Omit<TableHeading, 'title' | 'filter'> {
  return { client: client.name, at: now, zone: client.timezone, person: actor.name };
}

/** The same for a list of the workspace, with times in UTC. */
export function workspaceHeading({ now, actor }: HandlerContext): Omit<TableHeading, 'title' | 'filter'> {
  return { client: null, at: now, zone: 'UTC', person: actor.name };
}
