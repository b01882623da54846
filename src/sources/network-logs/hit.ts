/** Content of one line in a network log, before checking whether it concerns an AI tool. */
export interface Hit {
  /** Instant (RFC 3339 in UTC), or wall time without a zone as `YYYY-MM-DDTHH:MM`; null: not reported. */
  readonly at: string | null;
  /** Host or URL. Only the host is used and, for Claude, the organization. */
  readonly target: string | null;
  /** Application name given by the gateway. */
  readonly app?: string | null;
  readonly category?: string | null;
  readonly person?: string | null;
  readonly device?: string | null;
  readonly place?: string | null;
  /** null: not reported. */
  readonly refused?: boolean | null;
  readonly times?: number | null;
  readonly sent?: number | null;
  readonly received?: number | null;
  /** Number of distinct people, if the source counts them without names. */
  readonly people?: number | null;
  /** Marks an earlier line as refused, and is not a use itself. */
  readonly refusesEarlier?: boolean;
}

/** A line about something else than a use, by the vendor's name of it, which is reported. */
export interface OtherEvent {
  readonly aside: string;
  /** Whether it is a connection to an address, of which no host is known. */
  readonly isConnection: boolean;
}

/**
 * Result for a line: its content; `aside` or another event: belongs to the log but is not about a use; null: unreadable.
 */
export type LineRead = Hit | OtherEvent | 'aside' | null;

export const isHit = (read: LineRead): read is Hit => read !== null && read !== 'aside' && !('aside' in read);

const OF_NOBODY = new Set([
  '',
  '-',
  '--',
  'n/a',
  'na',
  'none',
  'null',
  'unknown',
  'anonymous',
  'unauthenticated',
  '(empty)',
]);

/** Trimmed text without quotes; null: a placeholder for "nothing". */
export function textOrNull(value: string | undefined | null, max = 200): string | null {
  if (value === undefined || value === null) return null;
  const text = value.trim().replace(/^"|"$/g, '').trim();
  return OF_NOBODY.has(text.toLowerCase()) ? null : text.slice(0, max);
}

/** A non-negative whole number; null: none. */
export function wholeNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (!/^\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+$|^\d{1,15}$/.test(text)) return null;
  return Number(text.replace(/\D/g, ''));
}

const REFUSING =
  /^(?:block|den|drop|reject|reset|refus|sinkhole|tcp_denied|access denied|forbid|gesperrt|blockiert|bloqu|refus|bloccat|ブロック)/i;
/** Pages in an isolated browser count as allowed, because people can type into them. */
const ALLOWING =
  /^(?:allow|permit|accept|pass|monitor|log|alert|close|start|end|bypass|ok|scan|zugelassen|erlaubt|permitid|autoris|許可|audit|proxied|override|isolat|noisolate|client-rst|server-rst|timeout|ip-conn)/i;

const NOT_REFUSING = /(?:\bun|\b(?:not|never|non?)[ _-]?)(?:block|den|refus|reject)/i;

/** Whether an action is a refusal; null: unknown word. */
export function isRefusal(action: string | null): boolean | null {
  if (action === null) return null;
  if (NOT_REFUSING.test(action)) return false;
  if (REFUSING.test(action) || /block/i.test(action)) return true;
  return ALLOWING.test(action) || /allow/i.test(action) ? false : null;
}

/** Host of a URL, of `host:port`, or of a host with a trailing dot; null: none. */
export function hostOf(target: string | null): string | null {
  if (target === null) return null;
  // FortiGate shows an address and its host as `192.0.2.7 (claude.ai)`.
  const beside = /^[\da-f.:]{2,45} \(([^()\s]{1,255})\)$/i.exec(target)?.[1];
  const rest = (beside ?? target).replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const host = (/^(?:[^/?#@\s]{0,200}@)?([^/?#:\s]{1,255})/.exec(rest)?.[1] ?? '')
    .toLowerCase()
    .replace(/\.$/, '');
  return /^(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)+[a-z][a-z0-9-]{1,62}$/.test(host) ? host : null;
}

/** Claude organization in the path of a request to claude.ai; null: none. */
export function organizationOf(target: string | null): string | null {
  return (
    (
      /\/organizations\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?#]|$)/i.exec(target ?? '')?.[1] ??
      null
    )?.toLowerCase() ?? null
  );
}
