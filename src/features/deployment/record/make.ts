import { paperOf } from '#domain/text/paper.ts';
import type { HandlerContext } from '../../context.ts';
import { keepSignedRecord, signedRecordFile } from '../../signed-records/index.ts';
import { RECORD, showDeployment } from '../show.ts';
import { recordView } from './view.ts';

/** Creates a record of the current state of the deployment, signs it and keeps it as evidence. */
export async function makeRecord(
  context: HandlerContext,
  paper: 'a4' | 'letter' = paperOf(context.client.timezone),
) {
  const { services, client, actor, now } = context;
  const shown = await showDeployment(context);
  const created = await keepSignedRecord(context, {
    how: RECORD,
    name: 'deployment-record',
    reason: `Deployment record of ${client.name}`,
    template: new URL('record.typ', import.meta.url),
    view: (fingerprint) =>
      recordView(shown, {
        by: actor.name,
        at: now,
        zone: client.timezone,
        fingerprint,
        paper: paper === 'letter' ? 'us-letter' : 'a4',
      }),
    after: { proved: shown.proved, of: shown.of },
  });
  services.events.publish({ client: client.id, topic: 'deployment', id: created.sha256 });
  return created;
}

/** A stored record, unchanged since it was created. */
export const recordFile = (context: HandlerContext, sha256: string) =>
  signedRecordFile(context, RECORD, sha256);
