import { DateTime } from 'luxon';
import type { z } from 'zod';
import { diff } from '#domain/diff/diff.ts';
import { dayWords, sentence } from '#domain/text/words.ts';
import type { AuditFilter, Link } from '#store/audit/read.ts';
import { chainHash } from '#store/audit.ts';
import type { ActionTitles } from '../context.ts';
import { parsed } from './chain.ts';
import type { fullRecordSchema, recordSchema } from './contract.ts';
import { doneWords } from './done-words.ts';

type RecordView = z.infer<typeof recordSchema>;
type FullRecordView = z.infer<typeof fullRecordSchema>;

/** A record for a list. One whose text cannot be read is shown as such: that it is there must not be hidden. */
export function viewOf(link: Link, titles: ActionTitles): RecordView {
  const body = parsed(link.body);
  if (body === null) {
    return {
      seq: link.seq,
      id: `${link.seq}`,
      at: link.at.toISOString(),
      actor: { kind: 'unreadable', id: null, name: 'Cannot be read' },
      action: 'unreadable',
      what: 'This record’s text was changed and cannot be read',
      subject: { kind: 'unreadable', id: null, name: null },
      reason: null,
      hash: link.hash,
    };
  }
  return {
    seq: link.seq,
    id: body.id,
    at: body.at,
    actor: body.actor,
    action: body.action,
    what: actionWords(body.action, titles),
    subject: { kind: body.subject.kind, id: body.subject.id, name: body.subject.name ?? null },
    reason: body.reason,
    hash: link.hash,
  };
}

export function fullViewOf(link: Link, titles: ActionTitles): FullRecordView {
  const body = parsed(link.body);
  return {
    ...viewOf(link, titles),
    prev: link.prev,
    body: link.body,
    whole: body !== null && chainHash(link.prev, link.body) === link.hash,
    differences:
      body === null
        ? []
        : diff(body.before ?? null, body.after ?? null).map(({ path, is, before, after }) => ({
            path: [...path],
            is,
            before,
            after,
          })),
  };
}

/** What was done, in words: from the title of the operation that does it, else from the code itself. */
export function actionWords(action: string, titles: ActionTitles): string {
  const title = titles.get(action);
  return doneWords(action, title) ?? title ?? sentence(action.replaceAll('.', ': ').replaceAll('_', ' '));
}

export interface FilterInput {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly text?: string | undefined;
}

/** Days of a zone as instants: from the first moment of `from` to the first moment after `to`. */
export function spanOf(
  { from, to }: Pick<FilterInput, 'from' | 'to'>,
  zone: string,
): { from?: Date; until?: Date } {
  return {
    ...(from ? { from: DateTime.fromISO(from, { zone }).startOf('day').toJSDate() } : {}),
    ...(to ? { until: DateTime.fromISO(to, { zone }).plus({ days: 1 }).startOf('day').toJSDate() } : {}),
  };
}

/** The filter for the store. An empty text filters nothing. */
export function filterOf(input: FilterInput, zone: string): AuditFilter {
  const { actor, action, subjectKind, subjectId, text } = input;
  return {
    ...spanOf(input, zone),
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(subjectKind ? { subjectKind } : {}),
    ...(subjectId ? { subjectId } : {}),
    ...(text ? { text } : {}),
  };
}

/** The filter for a person; `actorName` is what the actor's key stands for. */
export function filterWords(input: FilterInput, actorName: string | null): string | null {
  const parts = [
    input.from ? `from ${dayWords(input.from)}` : '',
    input.to ? `up to ${dayWords(input.to)}` : '',
    input.actor ? `by ${actorName ?? input.actor}` : '',
    input.action ? `action ${input.action}` : '',
    input.subjectKind ? `about ${input.subjectKind}` : '',
    input.subjectId ? `with id ${input.subjectId}` : '',
    input.text ? `that say “${input.text}”` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : `Records ${parts.join(', ')}`;
}
