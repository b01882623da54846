import { oneLine, retryAfterSeconds } from '#domain/text/response-text.ts';
import type { Services } from '../../context.ts';
import { fetchAllowed, OutboundRefused } from '../../outbound.ts';
import type { CardText } from './card.ts';

/** Limit for a workflow's answer. */
const TIMEOUT_MS = 15_000;

export interface Posted {
  /** accepted: taken, which is not shown yet; refused: it was not; unknown: it may have been. */
  readonly outcome: 'accepted' | 'refused' | 'throttled' | 'unknown';
  readonly status: number | null;
  /** What it comes to, for a person. */
  readonly says: string;
  /** What the far side said, in one line. */
  readonly answer: string | null;
  /** Seconds that the far side asks to wait; null: it does not say. */
  readonly retryAfter: number | null;
}

/** Sends one card to a workflow, once. Never throws, and repeats nothing of the address. */
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
    const said = await answer.text().then(withoutSignature, () => null);
    return judged(
      answer.status,
      said === '' ? null : said,
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

/** Codes of failures before anything was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** Certificates that do not prove who answers: nothing was sent either. */
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

/** What a stranger's server said, in one line and without a signature. */
function withoutSignature(text: string): string {
  return oneLine(text.replace(/\bsig=[^&\s"]+/gu, 'sig=…'));
}
