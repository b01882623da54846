import { incidentCode } from '#domain/incidents/words.ts';
import type { IncidentRow } from '#store/incidents/incidents.ts';
import type { HandlerContext } from '../context.ts';
import { harmlessName } from '../mail/index.ts';
import type { OwnerRow } from '../owners/index.ts';
import { sayInstant } from '../policy/index.ts';
import { act, subjectOf } from './acts.ts';

interface Given {
  readonly incident: IncidentRow;
  /** Id of the step. */
  readonly step: string;
  readonly due: Date;
  readonly owner: OwnerRow;
}

/**
 * Emails a person without an account here that a step was assigned to them, with its due date and whom to ask. The
 * email reveals nothing about the incident. The outcome of sending is recorded in the timeline.
 */
export async function notifyOwner(
  context: HandlerContext,
  { incident, step, due, owner }: Given,
): Promise<void> {
  const { services, client, actor } = context;
  if (owner.user !== null || owner.mail === null || incident.drill) return;
  const to = owner.mail;
  const code = incidentCode(incident.number, incident.drill);
  const until = sayInstant('en', due, client.timezone);
  const failure = await notice();
  await context.change(async (tx, recorder) => {
    await act(tx, context, incident.id, {
      act: failure === null ? 'owner_told' : 'owner_not_told',
      step,
      note: failure === null ? to : `${to}: ${failure}`,
    });
    await recorder.record({
      subject: subjectOf(incident),
      after: { step, reported: failure === null ? to : null },
    });
  });

  async function notice(): Promise<string | null> {
    if (!(await services.mail.configured())) return 'mail is not set up';
    try {
      await services.mail.send({
        to,
        subject: `${code}: something is waiting for you at ${harmlessName(client.name)}`,
        text: [
          `${harmlessName(actor.name)} assigned you a step of ${code} at ${harmlessName(client.name)}.`,
          `It has to be done by ${until}.`,
          '',
          `This email does not say what it is about. Ask ${harmlessName(incident.owner_name ?? actor.name)} (${incident.owner_mail ?? actor.email}).`,
        ].join('\n'),
      });
      return null;
    } catch (error) {
      services.log.warn({ err: error }, 'the owner of a step could not be notified');
      return 'the email could not be sent';
    }
  }
}
// Guide: G7.2-14
