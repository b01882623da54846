import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import { type ActivityRow, KINDS } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { type CheckContext, defineRule, isUnread, type UnreadEvents } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { every } from './cell-words.ts';
import { matchConnector } from './match.ts';

/** CON-25: requests for connectors are answered in time (guide 3.4). */
export const requestsAnswered = defineRule({
  name: 'connector-requests-answered',
  about:
    'Reads the requests in the journal. On Enterprise, requests in the log that are not answered in the journal or the log are listed too, and a log that was given and cannot be used leaves the control open.',
  params: z.strictObject({ days: z.number().int().min(1) }),
  decide(context, { days }) {
    const question = ask(
      'journal',
      'connectorRequests',
      'List the requests for connectors under `connectorRequests` in the journal, each with its decision; an empty list is a valid answer.',
    );
    if (!context.journal.ok) return absent(context.journal).cannotRead(question);
    const requests = context.journal.value.connectorRequests;
    if (!requests)
      return because(
        'connectors.requests.not_listed',
        'The journal does not list the requests for connectors.',
      ).cannotRead(question);
    const { cite } = context.journal;
    const asked = requests
      .map((request, index) => ({ ...request, index }))
      .filter((request) => request.on <= context.today);
    const open = asked.filter(
      (request) =>
        request.decision === undefined ||
        (request.decidedOn !== undefined && request.decidedOn > context.today),
    );
    const items = open.map((request): Item & { due: string } => ({
      key: `${matchConnector(request.connector, context.catalogue).key}/${request.on}`.toLowerCase(),
      label: request.connector,
      detail: `Requested by ${request.by} on ${dayWords(request.on)}, ${count(daysBetween(request.on, context.today), 'day')} ago, without a decision.`,
      evidence: [
        cite(`connectorRequests.${request.index}`, `requested by ${request.by} on ${dayWords(request.on)}`),
      ],
      due: addDays(request.on, days),
    }));
    const late = items.filter((item) => item.due < context.today);
    if (late.length > 0)
      return because(
        'connectors.requests.late',
        `${count(late.length, 'request')} for a connector ${verb(late.length, 'has', 'have')} waited more than ${days} days: ${names(
          late.map((item) => item.label),
          4,
        )}.`,
      ).fail(
        late.flatMap((item) => item.evidence),
        late.map(plain),
      );
    const evidence = [cite('connectorRequests', count(requests.length, 'request'))];
    const ahead = requests.filter(({ on }) => on > context.today);
    if (ahead.length > 0)
      return because(
        'connectors.requests.ahead',
        `According to the journal ${count(ahead.length, 'request')} ${verb(ahead.length, 'was', 'were')} made on a day in the future: ${names(
          ahead.map(({ connector, on }) => `${connector} on ${dayWords(on)}`),
          4,
        )}.`,
      ).cannotRead(
        ask(
          'journal',
          'connectorRequests',
          'Correct `on` or `decidedOn` of these requests in the journal.',
          'days',
        ),
        evidence,
      );
    const early = asked.filter(({ on, decidedOn }) => decidedOn !== undefined && decidedOn < on);
    if (early.length > 0)
      return because(
        'connectors.requests.decided_before',
        `According to the journal ${count(early.length, 'request')} ${verb(early.length, 'was', 'were')} decided before ${verb(early.length, 'it was', 'they were')} made: ${names(
          early.map(({ connector }) => connector),
          4,
        )}. One of the dates is wrong.`,
      ).cannotRead(
        ask(
          'journal',
          'connectorRequests',
          'Correct `on` or `decidedOn` of these requests in the journal.',
          'days',
        ),
        early.map((one) =>
          cite(`connectorRequests.${one.index}`, `asked for on ${dayWords(one.on)}, decided before`),
        ),
      );
    const events = context.profile.claudePlan === 'enterprise' ? context.events() : null;
    // A log that was given but cannot be used may contain requests that the journal lacks.
    const unread =
      events?.ok === false
        ? isUnread(events.code)
          ? events
          : undefined
        : (events?.unread ?? dayless(context));
    if (events?.ok) {
      const lists = events.rows.filter(
        (row) => isRequest(row) && addDays(dayOf(row.at, context.profile.timezone), days) < context.today,
      );
      const open = new Set(unresolved(events.rows));
      // Each journal entry is one request, so it matches one of the log.
      const left = new Set(asked);
      const unlisted = lists.filter((row) => {
        if (!open.has(row)) return false;
        const day = dayOf(row.at, context.profile.timezone);
        const own = [...left].find((request) => Math.abs(daysBetween(request.on, day)) <= 1);
        if (own !== undefined) left.delete(own);
        return own === undefined;
      });
      if (unlisted.length > 0) {
        return because(
          'connectors.requests.unlisted',
          `The log holds ${count(unlisted.length, 'request')} for a connector older than ${days} days that the journal does not list and no event answers.`,
        ).cannotRead(
          ask(
            'journal',
            'connectorRequests',
            'Answer the request in Claude, or write it with its decision under `connectorRequests` in the journal.',
            'unlisted',
          ),
          [
            ...evidence,
            ...unlisted.map((row) =>
              events.cite(
                row,
                `request of ${row.actorName ?? row.actorEmail ?? 'someone'} on ${dayWords(dayOf(row.at, context.profile.timezone))}`,
              ),
            ),
          ],
        );
      }
    }
    if (unread !== undefined)
      return because(
        'connectors.requests.log_unread',
        `${journalWords(asked.length, items.length)} Whether the log holds requests that it does not list is not known. ${unread.why}`,
      ).cannotRead(unread.howToGet, evidence, items.map(plain));
    if (items.length > 0) {
      const due = items.map((item) => item.due).sort()[0] ?? context.today;
      return because(
        'connectors.requests.waiting',
        `${count(items.length, 'request')} ${verb(items.length, 'waits', 'wait')} for a decision, the oldest due by ${dayWords(due)}: ${names(
          items.map((item) => item.label),
          4,
        )}.`,
      ).pending(due, evidence, items.map(plain));
    }
    return because('connectors.requests.all_answered', journalWords(asked.length, 0)).pass(evidence);
  },
});

/**
 * Why the imported events cannot show that nothing else was requested: no day is covered completely, because a file
 * ends within its only day or has events that could not be read.
 */
function dayless(context: CheckContext): UnreadEvents | undefined {
  if (context.profile.claudePlan !== 'enterprise') return undefined;
  const given = (['activities', 'audit_log'] as const).flatMap((kind) => {
    const read = context.read(kind, Number.POSITIVE_INFINITY);
    return read.ok ? [read] : [];
  });
  const files = given.flatMap(({ readings }) => readings.map(({ file, covers }) => ({ file, covers })));
  const [first] = files;
  if (first === undefined || files.some(({ covers }) => covers !== undefined)) return undefined;
  return {
    code: 'partial',
    why: `In ${names(files.map(({ file }) => file))}, for no day are the events certain to be complete.`,
    howToGet: ask('source', 'activities', KINDS.activities.howToGet),
  };
}

/** Summary of the journal's requests: how many it lists, and how many are waiting. */
function journalWords(listed: number, waiting: number): string {
  if (listed === 0) return 'The journal lists no request for a connector.';
  return waiting === 0
    ? `${every(listed, 'request')} in the journal ${verb(listed, 'is', 'are')} decided.`
    : `Of ${count(listed, 'request')} in the journal ${waiting} ${verb(waiting, 'waits', 'wait')} for a decision.`;
}

function isRequest({ type, detail }: ActivityRow): boolean {
  if (type !== 'admin_request_created') return false;
  // A request that does not say what it is for may be for a connector.
  const of = String(detail.request_type ?? '').trim();
  return of === '' || /connector|mcp|integration/i.test(of);
}

/**
 * Requests without an answer. An answer does not name requests, only how many it settles, so the oldest are removed; an
 * answer without a decision settles none.
 */
function unresolved(rows: readonly ActivityRow[]): ActivityRow[] {
  const open: ActivityRow[] = [];
  for (const row of rows) {
    if (isRequest(row)) open.push(row);
    if (row.type !== 'admin_connector_request_resolved') continue;
    if (row.detail.decision === 'unspecified') continue;
    const settled = Number(row.detail.resolved_count ?? 1);
    open.splice(0, Number.isInteger(settled) && settled >= 0 ? settled : 1);
  }
  return open;
}

function plain({ due: _, ...item }: Item & { due: string }): Item {
  return item;
}
// Guide: G3.4-03
