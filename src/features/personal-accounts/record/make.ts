import { paperOf } from '#domain/text/paper.ts';
import type { HandlerContext } from '../../context.ts';
import { unprocessable } from '../../problems.ts';
import { keepSignedRecord, signedRecordFile } from '../../signed-records/index.ts';
import { RECORD, wholeNow } from '../list.ts';
import { statisticsOf } from '../views.ts';
import { recordView } from './view.ts';

/** Creates a record of the current personal accounts, signs it and keeps it as evidence. */
export async function makeRecord(
  context: HandlerContext,
  paper: 'a4' | 'letter' = paperOf(context.client.timezone),
) {
  const { services, client, actor, now } = context;
  const whole = await wholeNow(context);
  const { reading } = whole;
  if (reading.reports.length === 0)
    throw unprocessable(
      `There is nothing to prove yet: no Domain memberships report was brought. ${reading.gap?.howToGet ?? ''}`.trim(),
    );
  const created = await keepSignedRecord(context, {
    how: RECORD,
    name: 'personal-accounts',
    reason: `Record of personal accounts of ${client.name}`,
    template: new URL('record.typ', import.meta.url),
    view: (fingerprint) =>
      recordView(whole, {
        client: client.name,
        by: actor.name,
        at: now,
        zone: client.timezone,
        fingerprint,
        paper: paper === 'letter' ? 'us-letter' : 'a4',
      }),
    after: statisticsOf(reading.entries, reading.today),
  });
  services.events.publish({ client: client.id, topic: 'people', id: null });
  return created;
}

/** A stored record, unchanged since it was created. */
export const recordFile = (context: HandlerContext, sha256: string) =>
  signedRecordFile(context, RECORD, sha256);
