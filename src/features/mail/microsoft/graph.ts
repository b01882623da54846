import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { oneLine, retryAfterSeconds } from '#domain/text/response-text.ts';
import type { Message } from '../../shared/services/mail.ts';

/**
 * Maximum bytes of attachments in one call; more would need an upload session and permission to write to the mailbox.
 */
const MAX_ATTACHED = 3_000_000;
/** Maximum wait for a throttled message, in seconds, and maximum number of attempts. */
const MAX_WAIT = 30;
const MAX_ATTEMPTS = 3;

type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string },
) => Promise<Response>;

export interface GraphMeans {
  readonly graph: string;
  /** The mailbox from which the message is sent. */
  readonly from: string;
  readonly fetch: Fetch;
  /** Gets a token; `again` means that the previous one was refused. */
  readonly token: (again: boolean) => Promise<string>;
  readonly clock: () => Date;
}

const errorSchema = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string().default('') }),
});

/**
 * Sends one message by `POST /users/{mailbox}/sendMail`. A refused token is requested again once; a throttled message
 * waits as long as Microsoft says, within limits. Throws an Error with a sentence for a person.
 */
export async function sendByGraph(means: GraphMeans, message: Message): Promise<void> {
  const attached = (message.attachments ?? []).reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  if (attached > MAX_ATTACHED)
    throw new Error('The attachments are larger than Microsoft Graph accepts in one message (3 MB).');
  const url = `${means.graph}/v1.0/users/${encodeURIComponent(means.from)}/sendMail`;
  const body = JSON.stringify({ message: asGraph(message), saveToSentItems: false });
  let again = false;
  for (let left = MAX_ATTEMPTS; left > 0; left -= 1) {
    const answer = await means.fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${await means.token(again)}`, 'content-type': 'application/json' },
      body,
    });
    if (answer.ok) return;
    if (answer.status === 401 && !again) {
      again = true;
      continue;
    }
    again = false;
    const after = retryAfterSeconds(answer.headers.get('retry-after'), means.clock());
    const later = answer.status === 429 || answer.status === 503 || answer.status === 504;
    if (later && left > 1 && after !== null && after <= MAX_WAIT) {
      await wait(after * 1000);
      continue;
    }
    throw new Error(refusalOf(answer.status, after, await answer.json().catch(() => null), means.from));
  }
  throw new Error(
    `Microsoft 365 did not accept a message from ${means.from}: it kept asking to wait. Try again later.`,
  );
}

/** The message in Graph's form; learn.microsoft.com/graph/api/resources/message. */
function asGraph({ to, subject, text, replyTo, attachments = [] }: Message) {
  return {
    subject: oneLine(subject),
    body: { contentType: 'Text', content: text },
    toRecipients: [{ emailAddress: { address: to } }],
    ...(replyTo === undefined ? {} : { replyTo: [{ emailAddress: { address: replyTo } }] }),
    ...(attachments.length === 0
      ? {}
      : {
          attachments: attachments.map(({ fileName, mediaType, bytes }) => ({
            '@odata.type': '#microsoft.graph.fileAttachment',
            name: fileName,
            contentType: mediaType,
            contentBytes: Buffer.from(bytes).toString('base64'),
          })),
        }),
  };
}

const NO_MAILBOX = ['ErrorInvalidUser', 'ResourceNotFound', 'Request_ResourceNotFound', 'ErrorItemNotFound'];

function refusalOf(status: number, after: number | null, body: unknown, from: string): string {
  const parsed = errorSchema.safeParse(body);
  const { code, message } = parsed.success ? parsed.data.error : { code: '', message: '' };
  const words = message === '' ? '' : ` Microsoft said: ${oneLine(message)}`;
  if (status === 429 || status === 503 || status === 504)
    return `Microsoft 365 puts messages off for now (HTTP ${status}).${after === null ? ' Try again later.' : ` Try again in ${after} seconds.`}`;
  if (code === 'MailboxNotEnabledForRESTAPI' || code === 'MailboxNotSupportedForRESTAPI')
    return `${from} has no mailbox in Exchange Online (no license, or it is on your own server). Choose a mailbox there as the sender.${words}`;
  if (status === 404 || NO_MAILBOX.includes(code))
    return `There is no mailbox ${from} in this tenant. Check the sender and the tenant.${words}`;
  if (status === 403 && code === 'ErrorSendAsDenied')
    return `The application may not send as ${from}.${words}`;
  if (status === 401 || status === 403)
    return `The application may not send mail from ${from}. In Entra, give it the application permission Mail.Send of Microsoft Graph and grant admin consent; where its access is limited to some mailboxes, add this one.${words}`;
  if (code === 'ErrorInvalidRecipients') return `Microsoft 365 refuses the recipient.${words}`;
  if (status === 413) return 'The message is larger than Microsoft Graph takes.';
  return `Microsoft 365 did not take the message (HTTP ${status}).${words}`;
}
