import type { Socket } from 'node:net';
import { connectAllowed, OutboundRefused } from '../outbound.ts';
import type { Message } from '../shared/services/mail.ts';
import type { MailSettings } from '../shared/settings.ts';

/** Timeout of the mail server's responses, in milliseconds. */
const TIMEOUT_MS = 15_000;

export interface SmtpServer {
  readonly settings: MailSettings;
  /** The credential of the user; `token` is for XOAUTH2. */
  readonly proof: { readonly password: string } | { readonly token: string };
  /** Mail servers that may be in a private network: BYLAW_ALLOW_PRIVATE_HOSTS. */
  readonly privateHosts: readonly string[];
}

/**
 * Hands one message to a mail server, over a connection made under the rules of outbound.ts. Throws an Error whose
 * message is a sentence for a person: what the server said, or why it could not be reached.
 */
export async function sendBySmtp(server: SmtpServer, message: Message): Promise<void> {
  const { settings, proof } = server;
  if (settings.security === 'none' && !isThisMachine(settings.host))
    throw new Error(`Mail without encryption goes to this machine only, and ${settings.host} is another.`);
  // Loaded on demand, which saves memory in a console that sends no mail.
  const { default: nodemailer } = await import('nodemailer');
  const connection = await connectionTo(server);
  const transport = nodemailer.createTransport({
    getSocket: (_options: unknown, done: (error: null, socket: { connection: Socket }) => void) =>
      done(null, { connection }),
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    ...(settings.user === '' ? {} : { auth: authOf(settings.user, proof) }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: settings.from,
      to: { name: '', address: message.to },
      ...(message.replyTo === undefined ? {} : { replyTo: { name: '', address: message.replyTo } }),
      subject: oneLine(message.subject),
      text: message.text,
      ...(message.attachments
        ? {
            attachments: message.attachments.map(({ fileName, mediaType, bytes }) => ({
              filename: fileName,
              contentType: mediaType,
              content: Buffer.from(bytes),
            })),
          }
        : {}),
    });
  } catch (error) {
    throw new Error(explained(settings, error));
  } finally {
    transport.close();
    connection.destroy();
  }
}

/** An open connection before any command; it is encrypted later, as the settings say. */
async function connectionTo({ settings, privateHosts }: SmtpServer): Promise<Socket> {
  const { host, port, security } = settings;
  try {
    const socket = await connectAllowed({
      host,
      port,
      tls: security === 'none' ? null : 'later',
      hosts: [`${host}:${port}`],
      privateHosts,
      timeoutMs: TIMEOUT_MS,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // Until the mail library listens, an error on the connection would otherwise crash the process.
    socket.on('error', () => {});
    return socket;
  } catch (error) {
    if (error instanceof OutboundRefused) throw new Error(error.message);
    const unknown = error instanceof Error && 'code' in error && error.code === 'ENOTFOUND';
    throw new Error(explained(settings, { code: unknown ? 'ENOTFOUND' : 'ECONNECTION' }));
  }
}

function authOf(user: string, proof: SmtpServer['proof']) {
  return 'token' in proof
    ? { type: 'OAuth2' as const, user, accessToken: proof.token }
    : { type: 'login' as const, user, pass: proof.password };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Exchange Online, which disables SMTP passwords by default at the end of December 2026. */
function isExchangeOnline(host: string): boolean {
  return /^smtp\.office365\.(?:com|us)$/u.test(host) || host === 'smtp-mail.outlook.com';
}

/** Keeps a subject on one line: names in it come from outside and could otherwise add headers. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function explained({ host, port, user, signIn }: MailSettings, error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const words =
    typeof error === 'object' && error !== null && 'response' in error && typeof error.response === 'string'
      ? ` It said: ${oneLine(error.response)}`
      : '';
  switch (code) {
    case 'EAUTH':
    case 'EOAUTH2':
      if (signIn === 'xoauth2')
        return `The mail server ${host} does not let the application send as ${user}. In Entra it needs the application permission SMTP.SendAsApp with admin consent, and in Exchange a service principal with full access to this mailbox; SMTP sign-in must be on for the mailbox.${words}`;
      if (isExchangeOnline(host))
        return `The mail server ${host} does not accept this user and password. Exchange Online ends sign-in by password for SMTP; choose Microsoft Graph or OAuth 2 instead.${words}`;
      return `The mail server ${host} does not accept this user and password.${words}`;
    case 'EDNS':
    case 'ENOTFOUND':
      return `There is no mail server ${host}. Check its name.`;
    case 'ECONNECTION':
    case 'ECONNREFUSED':
    case 'ESOCKET':
    case 'ETIMEDOUT':
      return `The mail server ${host} cannot be reached at port ${port}. Check name, port and encryption.`;
    case 'ETLS':
      return `The mail server ${host} offers no encryption at port ${port}.`;
    case 'EENVELOPE':
      return `The mail server ${host} refuses the sender or the recipient.${words}`;
    default:
      return `The email could not be handed to ${host}.${words}`;
  }
}
