import {
  CLASSIFICATION_WORDS,
  type Classification,
  DETERMINATION_WORDS,
  DETERMINATIONS,
  type Determination,
} from '#domain/microsoft/alert-closing.ts';
import { classified } from '#domain/rules/microsoft/defender-alerts.ts';
import { findAlertClosing, putAlertClosing } from '#store/microsoft/alert-closings.ts';
import type { HandlerContext } from '../context.ts';
import { namesHere } from '../people/index.ts';
import { conflict, forbidden, notFound, unprocessable } from '../problems.ts';
import { writerState } from '../sources/index.ts';
import { closingShown, showMicrosoftTenant } from './show.ts';
import { ALERTS_WRITER, writeBack } from './write-back.ts';

/**
 * Records the classification of a Defender alert and, if an application has consent, also closes it in Defender.
 * Otherwise it is recorded only here, and the record says so.
 */
export async function closeAlert(
  context: HandlerContext,
  input: {
    readonly alert: string;
    readonly version: number;
    readonly classification: Classification;
    readonly determination: Determination;
    readonly note: string;
  },
) {
  const { services, client, actor, now } = context;
  const { classification, determination } = input;
  const offered: readonly Determination[] = DETERMINATIONS[classification];
  if (!offered.includes(determination))
    throw unprocessable(
      `“${DETERMINATION_WORDS[determination]}” is not offered for “${CLASSIFICATION_WORDS[classification]}”. Choose one of: ${offered.map((one) => DETERMINATION_WORDS[one]).join(', ')}.`,
    );
  const found = (await showMicrosoftTenant(context)).alerts.list.find(({ id }) => id === input.alert);
  if (found === undefined) throw notFound();
  if (classified(found))
    throw unprocessable('This alert is already closed in Defender. Change its classification there.');
  const names = await namesHere(context);
  if (classification !== 'truePositive' && found.people.some((one) => names.isNamed(actor.userId, one)))
    throw forbidden('This alert is about you. Someone else has to say what it was.');
  const ready = (await writerState(services, client.id, ALERTS_WRITER)).is === 'ready';
  await context.change(async (tx, recorder) => {
    const before = await findAlertClosing(tx, client.id, input.alert);
    if (before?.state === 'waiting')
      throw unprocessable('This classification is on its way to Defender. Look again in a minute.');
    if (before?.state === 'written')
      throw unprocessable('This classification is in Defender. Change it there.');
    const state = ready ? 'waiting' : 'here';
    const stored =
      (before?.version ?? 0) === input.version &&
      (await putAlertClosing(
        tx,
        {
          client_id: client.id,
          alert_id: input.alert,
          title: found.title,
          classification,
          determination,
          note: input.note,
          closed_by: actor.userId,
          closed_by_name: actor.name,
          closed_at: now,
          state,
          problem: ready ? null : 'not_connected',
          next_at: ready ? now : null,
          sent_at: null,
          proved_at: null,
        },
        input.version,
      ));
    if (!stored)
      throw conflict('This alert was closed by someone else since you opened it. Look at it again.', {
        by: before?.closed_by_name ?? null,
        at: before?.closed_at ?? null,
        version: before?.version ?? 0,
      });
    await recorder.record({
      subject: { kind: 'defender_alert', id: input.alert, name: found.title },
      reason: input.note,
      before:
        before === undefined
          ? null
          : {
              classification: before.classification,
              determination: before.determination,
              state: before.state,
            },
      after: { classification, determination, state },
    });
  });
  if (ready) await writeBack(services, client.id, input.alert);
  services.events.publish({ client: client.id, topic: 'sources', id: input.alert });
  const row = await context.read((tx) => findAlertClosing(tx, client.id, input.alert));
  if (row === undefined) throw notFound();
  return closingShown(row);
}
// Guide: G5.5-03
