import type { SinkFilter } from '#domain/forwarding/event.ts';
import type { Tx } from '#store/open.ts';
import { findSink, type SinkRow } from '#store/sinks/sinks.ts';
import type { HandlerContext } from '../context.ts';
import { lastChange } from '../last-change.ts';
import { conflict, forbidden, notFound } from '../problems.ts';
import type { PendingActSetting } from '../shared/pending-acts.ts';

/** A sink as it was shown. */
export interface One {
  readonly sink: string;
  readonly version: number;
}

/** What a change of a sink waits by. */
export const settingOf = (sink: string): PendingActSetting => `sink:${sink}`;

/** Where an audit log goes is decided by those who may read it, as long as it goes there. */
export function refuseUnread({ can }: HandlerContext, filter: SinkFilter): void {
  if (filter.audit === true && !can('audit.read'))
    throw forbidden('Your role does not include reading the audit log that this sink receives.');
  if (filter.workspaceAudit === true && !can('workspace.audit', null))
    throw forbidden(
      'This sink receives the audit log of the workspace, so only an Owner can add, change, pause or remove it.',
    );
}

/** The sink, as it was shown; another version is refused. */
export async function found(tx: Tx, context: HandlerContext, { sink, version }: One): Promise<SinkRow> {
  const row = await findSink(tx, context.client.id, sink);
  if (row === undefined) throw notFound();
  if (row.version !== version) throw await editConflict(tx, context, row);
  return row;
}

export async function editConflict(tx: Tx, { client }: HandlerContext, row: SinkRow) {
  const { by, at } = await lastChange(tx, { chain: client.id, actions: 'sinks.', subject: row.id });
  return conflict(
    'Someone else changed this sink after you opened it. Nothing of yours is stored; look at the current version.',
    { by, at, version: row.version },
  );
}

export function publish({ services, client }: HandlerContext, id: string): void {
  services.events.publish({ client: client.id, topic: 'sinks', id });
}
