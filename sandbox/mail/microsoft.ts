import { randomUUID } from 'node:crypto';
import { entraError, refusedSignIn } from '../microsoft/entra.ts';
import { type Answer, type Asked, type Fault, type Receiver, startReceiver } from '../siem/receiver.ts';

/** Default credentials. */
export const MAIL_APPLICATION = {
  tenant: '00000000-0000-4000-8000-00000000cccc',
  application: '00000000-0000-4000-8000-00000000dddd',
  secret: 'a-client-secret-of-the-simulator',
} as const;

export interface SentMail {
  readonly from: string;
  readonly message: Readonly<Record<string, unknown>>;
  readonly saveToSentItems: unknown;
}

export interface MicrosoftMailOptions {
  readonly mailboxes: readonly string[];
  /** Certificate (PEM) of the application; left out: it has only a secret. */
  readonly certificate?: string;
  /** Permissions with admin consent; left out: both. */
  readonly consented?: () => readonly ('Mail.Send' | 'SMTP.SendAsApp')[];
  /** Lifetime of a token, in seconds. */
  readonly tokenSeconds?: number;
  readonly now?: () => Date;
  readonly fault?: (asked: Asked) => Fault | null;
  readonly port?: number;
}

export interface MicrosoftMail extends Receiver {
  readonly sent: readonly SentMail[];
  /** Issued tokens and their scopes. */
  readonly tokens: readonly { readonly token: string; readonly scope: string }[];
  /** Invalidates all issued tokens, as a change in Entra does. */
  revoke(): void;
  /** Whether a token is valid for this scope. */
  counts(token: string, scope: string): boolean;
}

const GRAPH = 'https://graph.microsoft.com/.default';
export const SMTP = 'https://outlook.office365.com/.default';

/**
 * Simulates Entra's token endpoint for client credentials (secret or certificate) and Graph's `sendMail` in one server,
 * as documented: 202 without a body, Microsoft's error codes, and no mail without the permission or the mailbox.
 */
export async function startMicrosoftMail(options: MicrosoftMailOptions): Promise<MicrosoftMail> {
  const { tenant, application, secret } = MAIL_APPLICATION;
  const sent: SentMail[] = [];
  const tokens: { token: string; scope: string }[] = [];
  const living = new Map<string, string>();
  const consented = options.consented ?? (() => ['Mail.Send', 'SMTP.SendAsApp'] as const);

  function giveToken(asked: Asked): Answer {
    const form = new URLSearchParams(asked.body.toString('utf8'));
    const refused = refusedSignIn(
      asked.path,
      form,
      [
        {
          tenant,
          application,
          secret,
          ...(options.certificate === undefined ? {} : { certificate: options.certificate }),
        },
      ],
      options.now?.() ?? new Date(),
    );
    if (refused !== null) return refused;
    const scope = form.get('scope') ?? '';
    if (scope !== GRAPH && scope !== SMTP)
      return entraError(400, 'invalid_scope', 1002012, 'The scope is not valid.');
    const token = `token-${randomUUID()}`;
    tokens.push({ token, scope });
    living.set(token, scope);
    const seconds = options.tokenSeconds ?? 3599;
    return {
      status: 200,
      body: JSON.stringify({
        token_type: 'Bearer',
        expires_in: seconds,
        ext_expires_in: seconds,
        access_token: token,
      }),
    };
  }

  function take(asked: Asked): Answer {
    const token = /^Bearer (\S+)$/.exec(asked.headers.authorization ?? '')?.[1] ?? '';
    if (living.get(token) !== GRAPH)
      return graph(401, 'InvalidAuthenticationToken', 'Access token is empty or has expired.');
    const [, mailbox] = /^\/v1\.0\/users\/([^/]+)\/sendMail$/.exec(asked.path) ?? [];
    if (mailbox === undefined) return graph(400, 'BadRequest', 'Resource not found for the segment.');
    if (!consented().includes('Mail.Send'))
      return graph(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
    const from = decodeURIComponent(mailbox);
    if (!options.mailboxes.includes(from))
      return graph(404, 'ErrorInvalidUser', `The requested user '${from}' is invalid.`);
    const body = JSON.parse(asked.body.toString('utf8')) as Record<string, unknown>;
    const wrong = wrongIn(body);
    if (wrong !== null) return graph(400, 'ErrorInvalidRequest', wrong);
    sent.push({
      from,
      message: body.message as Record<string, unknown>,
      saveToSentItems: body.saveToSentItems,
    });
    return { status: 202 };
  }

  const receiver = await startReceiver(
    (asked) => {
      if (asked.method !== 'POST')
        return graph(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.');
      return asked.path.endsWith('/token') ? giveToken(asked) : take(asked);
    },
    options.fault,
    options.port,
  );
  return {
    ...receiver,
    sent,
    tokens,
    revoke: () => living.clear(),
    counts: (token, scope) =>
      living.get(token) === scope && (scope !== SMTP || consented().includes('SMTP.SendAsApp')),
  };
}

const MESSAGE = [
  'subject',
  'body',
  'toRecipients',
  'ccRecipients',
  'bccRecipients',
  'replyTo',
  'from',
  'attachments',
];

/** The error of Graph for a body with an unknown property, no recipient or another structure; null: valid. */
function wrongIn(body: Record<string, unknown>): string | null {
  const unknown = Object.keys(body).find((name) => name !== 'message' && name !== 'saveToSentItems');
  if (unknown !== undefined) return `The parameter '${unknown}' is unknown.`;
  const { message } = body;
  if (typeof message !== 'object' || message === null) return 'The message is missing.';
  const other = Object.keys(message).find((name) => !MESSAGE.includes(name));
  if (other !== undefined) return `The property '${other}' does not exist on type 'microsoft.graph.message'.`;
  const { toRecipients } = message as { toRecipients?: unknown };
  if (!Array.isArray(toRecipients) || toRecipients.length === 0) return 'At least one recipient is needed.';
  const addressed = toRecipients.every(
    (one: { emailAddress?: { address?: unknown } }) => typeof one.emailAddress?.address === 'string',
  );
  return addressed ? null : 'A recipient has no address.';
}

function graph(status: number, code: string, message: string): Answer {
  return { status, body: JSON.stringify({ error: { code, message } }) };
}
