import { oneLine, retryAfterSeconds } from '#domain/text/response-text.ts';
import type { Services } from '../../context.ts';
import { fetchAllowed, OutboundRefused } from '../../outbound.ts';
import type { CardText } from './card.ts';

/** Time limit for a workflow's response. */
const TIMEOUT_MS = 15_000;

export interface Posted {
  /** accepted: received, though not yet shown; refused: not received; unknown: possibly received. */
  readonly outcome: 'accepted' | 'refused' | 'throttled' | 'unknown';
  readonly status: number | null;
  /** The outcome as a sentence for people. */
  readonly says: string;
  /** The workflow's response, as one line. */
  readonly answer: string | null;
  /** Seconds to wait according to the response; null: it does not specify any. */
  readonly retryAfter: number | null;
}

/** Sends one card to a workflow, once. Never throws, and never repeats the address. */
export async function postCard(
  { config, clock }: Pick<Services, 'config' | 'clock'>,
  address: URL,
  card: CardText,
  timeoutMs = TIMEOUT_MS,
): Promise<Posted> {
  const ask = fetchAllowed({
    hosts: [address.host],
    privateHosts: config.privateHosts,
    timeoutMs,
    maxBytes: 64 * 1024,
  });
  try {
    const answer = await ask(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: card,
      redirect: 'manual',
    });
    const reply = await answer.text().then(withoutSignature, () => null);
    return judged(
      answer.status,
      reply === '' ? null : reply,
      retryAfterSeconds(answer.headers.get('retry-after'), clock()),
    );
  } catch (error) {
    return { ...unanswered(error, address.host), status: null, answer: null, retryAfter: null };
  }
}

function judged(status: number, answer: string | null, retryAfter: number | null): Posted {
  const with_ = (outcome: Posted['outcome'], says: string): Posted => ({
    outcome,
    status,
    says,
    answer,
    retryAfter,
  });
  if (status >= 200 && status < 300)
    return with_(
      'accepted',
      `The workflow accepted the card (HTTP ${status}). Check the channel or the workflow’s run history to see whether it appeared.`,
    );
  if (status >= 300 && status < 400)
    return with_(
      'refused',
      `The address leads elsewhere (HTTP ${status}), which Bylaw does not follow. Copy the address from the workflow again.`,
    );
  switch (status) {
    case 401:
    case 403:
      return with_(
        'refused',
        `The workflow does not let Bylaw trigger it (HTTP ${status}). Let “Anyone” trigger it, and save its address again.`,
      );
    case 404:
    case 410:
      return with_(
        'refused',
        `The workflow no longer exists (HTTP ${status}). Create one in Teams and save its address.`,
      );
    case 413:
      return with_('refused', 'The card is larger than the workflow takes (HTTP 413).');
    case 429:
      return with_(
        'throttled',
        'The workflow was called too often and is not accepting cards right now (HTTP 429).',
      );
  }
  if (status >= 500)
    return with_(
      'unknown',
      `The workflow itself failed (HTTP ${status}). It is not known whether it posted the card; see its run history.`,
    );
  return with_('refused', `The workflow refused the card (HTTP ${status}).`);
}

/** Codes of errors that occur before anything is sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** Invalid certificates: nothing was sent either. */
const CERTIFICATE = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/u;

function unanswered(error: unknown, host: string): Pick<Posted, 'outcome' | 'says'> {
  if (error instanceof OutboundRefused) return { outcome: 'refused', says: error.message };
  const code = codeOf(error);
  if (NOT_SENT.has(code))
    return {
      outcome: 'refused',
      says: `${host} cannot be reached. Check the address, and whether this server may go there.`,
    };
  if (CERTIFICATE.test(code))
    return {
      outcome: 'refused',
      says: `${host} could not be verified by its certificate; nothing was sent.`,
    };
  return {
    outcome: 'unknown',
    says: `${host} did not answer in time or closed the connection. It is not known whether the card arrived; check the channel.`,
  };
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : '';
}

/** An external server's message, as one line and without a signature. */
function withoutSignature(text: string): string {
  return oneLine(text.replace(/\bsig=[^&\s"]+/gu, 'sig=…'));
}
