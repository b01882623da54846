import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { LANGUAGES } from '#domain/policy/languages.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { hashSecret, newSecret } from '#store/identity/secrets.ts';
import { insertPage } from '#store/policy/pages.ts';
import { endConnectorMail, insertConnectorMail, lastConnectorMail } from '#store/work/connector-mails.ts';
import { findJourney, lockJourney } from '#store/work/person-journeys.ts';
import type { HandlerContext } from '../context.ts';
import { handOver, harmlessName } from '../mail/index.ts';
import { QUIET_MS, say } from '../policy/index.ts';
import { notFound, unprocessable } from '../problems.ts';
import { refuseInvented } from '../shared/invented.ts';
import { subjectOf } from './acts.ts';
import { showJourney } from './list.ts';
import type { journeyDetail } from './schemas.ts';

/**
 * Sends a person who joins the page of currently approved connectors, at an address of their own. The page is generated
 * on each visit, so it follows the matrix. Refused if no charter is in force, mail is not set up, or it was sent within
 * the last day.
 */
export async function sendConnectors(
  context: HandlerContext,
  { journey }: { readonly journey: string },
): Promise<z.infer<typeof journeyDetail>> {
  const { services, client, actor, now } = context;
  const row = await context.read((tx) => findJourney(tx, client.id, journey));
  if (row === null) throw notFound();
  if (row.kind !== 'joining' || row.ended_at !== null)
    throw unprocessable('The page of connectors is sent from an onboarding that is still open.');
  refuseInvented(client);
  if (!(await services.mail.configured()))
    throw unprocessable(
      'Mail is not set up here, so nothing can be sent. An Owner can set it up under Settings.',
    );
  const secret = newSecret();
  const id = randomUUID();
  await context.change(async (tx, recorder) => {
    const charter = await newestCharter(tx, client.id);
    if (charter === null)
      throw unprocessable(
        'No charter is in force, so no connector is approved or refused. Publish one first.',
      );
    // On a double click, the second request waits here and then sees the mail of the first.
    await lockJourney(tx, client.id, journey);
    const last = await lastConnectorMail(tx, client.id, journey);
    if (last !== undefined && last.failure === null && last.begun_at.getTime() > now.getTime() - QUIET_MS)
      throw unprocessable(`${row.name} was sent the page within the last day.`);
    await insertPage(
      tx,
      {
        client_id: client.id,
        // The id of the mail, which identifies the page as one of connectors.
        id,
        token_hash: hashSecret(secret),
        address: row.person_key,
        made_by: actor.userId,
        made_by_name: actor.name,
        made_at: now,
        revoked_at: null,
      },
      { beside: true },
    );
    await insertConnectorMail(tx, {
      client_id: client.id,
      id,
      journey_id: journey,
      address: row.person_key,
      charter: charter.version,
      by_name: actor.name,
      begun_at: now,
      ended_at: null,
      state: 'sending',
      failure: null,
    });
    await recorder.record({
      subject: subjectOf(row),
      before: null,
      after: { page: 'connectors', address: row.person_key, charter: charter.version },
    });
  });
  const mail = mailTo(client.name, `${services.config.origin}/staff/${secret}`, {
    to: row.person_key,
    name: row.name,
  });
  await handOver(services, [{ mail }], async (_mail, why) => {
    if (why !== null)
      services.log.warn(
        { client: client.id, delivery: id },
        'the mail with the page of connectors could not be handed over',
      );
    await services.store.write([client.id], (tx) =>
      endConnectorMail(tx, {
        clientId: client.id,
        id,
        at: services.clock(),
        failure: why?.slice(0, 500) ?? null,
      }),
    );
  });
  services.events.publish({ client: client.id, topic: 'people', id: null });
  return showJourney(context, { journey });
}

/** The mail in all languages of the page, because the recipient's language is not known. */
function mailTo(
  clientName: string,
  page: string,
  { to, name }: { readonly to: string; readonly name: string },
) {
  const client = harmlessName(clientName);
  return {
    to,
    subject: LANGUAGES.map((language) => say(language, 'mail_connectors_subject', { client })).join(' / '),
    text: LANGUAGES.map((language) =>
      [
        say(language, 'mail_ask_hello', { name: harmlessName(name) }),
        '',
        say(language, 'mail_connectors_said', { client }),
        `${page}?lang=${language}`,
        '',
        say(language, 'mail_connectors_then'),
      ].join('\n'),
    ).join('\n\n'),
  };
}
// Guide: G7.3-03
