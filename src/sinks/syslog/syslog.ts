import type { Socket } from 'node:net';
import { z } from 'zod';
import { atOf, type ForwardedEvent, type Severity, severityOf, typeOf } from '#domain/forwarding/event.ts';
import { unanswered } from '../answers.ts';
import { caField, caSetting, inFormat } from '../fields.ts';
import { type Outcome, type Outgoing, type Sink, type SinkKind, type SinkMeans, Unfit } from '../sink.ts';
import { cefOf } from './cef.ts';

const pem = (kind: string) =>
  z
    .string()
    .trim()
    .max(20_000)
    .refine(
      (text) =>
        text === '' ||
        new RegExp(`^-----BEGIN [A-Z ]*${kind}-----[\\s\\S]+-----END [A-Z ]*${kind}-----$`).test(text),
      `Paste it as PEM, from -----BEGIN … ${kind}----- to its end.`,
    )
    .default('');

const settings = z.strictObject({
  host: z
    .string()
    .trim()
    .min(1, 'Enter the name of the server.')
    .max(253)
    .regex(/^[A-Za-z0-9.:-]+$/, 'Write the name or address alone, without a port.'),
  port: z.coerce.number().int().min(1).max(65_535).default(6514),
  transport: z.enum(['tls', 'tcp']).default('tls'),
  form: z.enum(['cef', 'ocsf']).default('cef'),
  kilobytes: z.coerce.number().int().min(2).max(1_000).default(8),
  ca: caSetting,
  certificate: pem('CERTIFICATE'),
  key: pem('PRIVATE KEY'),
});
export type SyslogSettings = z.infer<typeof settings>;

/** Syslog (RFC 5424) with octet counting (RFC 6587), over TLS (RFC 5425) or plain TCP. */
export const syslog: SinkKind<typeof settings> = {
  id: 'syslog',
  title: 'Syslog (CEF or OCSF)',
  about: 'Sends to rsyslog, syslog-ng, or a SIEM that listens for syslog, one message per event.',
  promise:
    'Best effort: syslog has no acknowledgment. Events count as delivered when the server has read the whole batch and closed the connection; it cannot say whether it kept them.',
  documented: {
    accepted: 'the server read the whole batch and closed the connection',
    bad: '',
    notes:
      'best effort, because syslog has no acknowledgment; RFC 5424, octet counting, CEF or OCSF, TLS or TCP',
  },
  siem: false,
  steps: [
    'Have the server listen for RFC 5424 messages over TLS, with octet counting (rsyslog: imtcp; syslog-ng: syslog())',
    'Plain TCP can be read in transit; it is accepted only for hosts that the person who runs Bylaw has allowed',
    'Have the server accept messages of the maximum size set below; rsyslog cuts them at 8 kB unless maxMessageSize says otherwise',
  ],
  settings,
  fields: {
    host: { label: 'Server', placeholder: 'syslog.example.org' },
    port: { label: 'Port' },
    transport: { label: 'Transport', choices: { tls: 'TLS', tcp: 'TCP without encryption' } },
    form: { label: 'Event format', choices: { cef: 'CEF', ocsf: 'OCSF as JSON' } },
    kilobytes: {
      label: 'Maximum message size (kB)',
      help: 'Longer ones are sent without their details, and say so.',
    },
    ca: caField,
    certificate: { label: 'Own certificate', help: 'Only if the server requires one. PEM.', lines: true },
    key: {
      label: 'Key of your certificate',
      help: 'PEM; sealed and never shown again.',
      secret: true,
      lines: true,
    },
  },
  hosts: ({ host, port }) => [`${host.toLowerCase()}:${port}`],
  place: ({ host, port, transport }) =>
    `${host}:${port}, ${transport === 'tls' ? 'TLS' : 'TCP without encryption'}`,
  destination: ['host', 'port', 'transport'],
  open: (given, means) => new Messages(given, means),
};

/** Severities of RFC 5424: 6 informational, 5 notice, 4 warning, 3 error, 2 critical. */
const LEVELS: Readonly<Record<Severity, number>> = {
  informational: 6,
  low: 5,
  medium: 4,
  high: 3,
  critical: 2,
};
/** 13, "log audit". */
const FACILITY = 13;
/** Limit for the server to close the connection after everything was written. */
const CLOSE_TIMEOUT_MS = 15_000;

class Messages implements Sink {
  readonly max = { events: 500, bytes: 2_000_000 };
  readonly #settings: SyslogSettings;
  readonly #means: SinkMeans;

  constructor(given: SyslogSettings, means: SinkMeans) {
    this.#settings = given;
    this.#means = means;
  }

  encode(event: ForwardedEvent): Buffer {
    const max = this.#settings.kilobytes * 1024;
    const whole = Buffer.from(this.#message(event));
    if (whole.length <= max) return framed(whole);
    const short = event.stream === 'activities' ? Buffer.from(this.#message(shortened(event))) : whole;
    if (short.length > max)
      throw new Unfit(`The event is longer than the ${this.#settings.kilobytes} kB allowed for one message.`);
    return framed(short);
  }

  #message(event: ForwardedEvent): string {
    const head = `<${FACILITY * 8 + LEVELS[severityOf(event)]}>1 ${atOf(event)} bylaw bylaw - ${messageId(typeOf(event))} -`;
    const text =
      this.#settings.form === 'cef' ? cefOf(event) : ascii(JSON.stringify(inFormat(event, 'ocsf')));
    return `${head} ${text}`;
  }

  /**
   * Opens a connection for each batch: the server closes its side after reading everything, which is the closest thing
   * to an acknowledgement. On a persistent connection, data in transit when it breaks would be lost.
   */
  async send(batch: readonly Outgoing[], signal: AbortSignal): Promise<Outcome> {
    const { host, port, transport, ca, certificate, key } = this.#settings;
    try {
      const socket = await this.#means.connect({
        host,
        port,
        tls: transport === 'tls' ? { ca, cert: certificate, key } : null,
        signal,
      });
      await written(socket, Buffer.concat(batch.map(({ body }) => body)), signal);
      return {
        kind: 'accepted',
        says: `${host} read the events. Syslog does not say whether it kept them.`,
        answer: null,
      };
    } catch (error) {
      return unanswered(error, `${host}:${port}`);
    }
  }
}

/** Writes everything, closes our side, and waits until the server has closed its own, or times out. */
function written(socket: Socket, bytes: Buffer, signal: AbortSignal): Promise<void> {
  return new Promise((done, failed) => {
    const end = (error: Error | null) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      socket.destroy();
      if (error === null) done();
      else failed(error);
    };
    let flushed = false;
    const stop = () => end(new Error('stopped'));
    // Some servers never close. The batch then counts as accepted: delivery is best effort, as documented.
    const timer = setTimeout(() => end(flushed ? null : new Error('too slow')), CLOSE_TIMEOUT_MS);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', end);
    socket.once('close', () =>
      end(flushed ? null : Object.assign(new Error('closed'), { code: 'ECONNRESET' })),
    );
    socket.resume();
    socket.end(bytes, () => {
      flushed = true;
    });
  });
}

/** Octet counting: the length in bytes, a space, the message. */
function framed(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}

/** Printable ASCII, at most 32 characters. */
function messageId(type: string): string {
  return type.replace(/[^\x21-\x7e]/g, '_').slice(0, 32) || '-';
}

/** JSON with non-ASCII characters escaped, so that it needs no byte order mark. */
function ascii(json: string): string {
  return json.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function shortened(event: ForwardedEvent & { readonly stream: 'activities' }): ForwardedEvent {
  return { ...event, activity: { ...event.activity, detail: { shortened: true }, userAgent: null } };
}
