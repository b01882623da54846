import { type Answer, type Asked, type Fault, type Receiver, startReceiver, type Trial } from './receiver.ts';

/** An event as received. */
export interface HecEvent {
  readonly time?: number;
  readonly host?: string;
  readonly source?: string;
  readonly sourcetype?: string;
  readonly index?: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly fields?: Readonly<Record<string, string>>;
}

export interface HecOptions {
  readonly tokens?: readonly string[];
  readonly disabledTokens?: readonly string[];
  /** Indexes to which the tokens may write; left out: any. */
  readonly indexes?: readonly string[];
  /** Whether indexer acknowledgment is enabled. */
  readonly acknowledge?: boolean;
  /** Number of queries until an acknowledgment is true. */
  readonly indexedAfter?: number;
  readonly maxBytes?: number;
  /** Whether the collector rejects an event as invalid. */
  readonly isBad?: (event: HecEvent) => boolean;
  readonly fault?: (asked: Asked) => Fault | null;
  readonly healthy?: () => boolean;
  readonly port?: number;
}

export interface Hec extends Receiver {
  /** Every accepted event, in order, including duplicates. */
  readonly events: readonly HecEvent[];
  /** Number of requests with events. */
  readonly requests: number;
}

const TOKEN = '11111111-2222-3333-4444-555555555555';

/**
 * Simulates Splunk's HTTP Event Collector as documented: tokens, concatenated events, response codes, channels with
 * acknowledgments that are true once, and health.
 */
export async function startHec(options: HecOptions = {}): Promise<Hec> {
  const { tokens = [TOKEN], disabledTokens = [], acknowledge = false, indexedAfter = 1 } = options;
  const events: HecEvent[] = [];
  const channels = new Map<string, Map<number, number>>();
  let requests = 0;

  function refused({ headers }: Asked): Answer | null {
    const { authorization } = headers;
    if (authorization === undefined) return coded(2);
    const token = /^Splunk (\S+)$/.exec(authorization)?.[1];
    if (token === undefined) return coded(3);
    if (disabledTokens.includes(token)) return coded(1);
    return tokens.includes(token) ? null : coded(4);
  }

  function takeEvents(asked: Asked): Answer {
    requests += 1;
    const denied = refused(asked);
    if (denied !== null) return denied;
    const channel = channelOf(asked);
    if (acknowledge && channel === null) return coded(10);
    if (asked.body.length > (options.maxBytes ?? 1_000_000))
      return {
        status: 413,
        headers: { 'content-type': 'text/html' },
        body: '<html>Content too large</html>',
      };
    const parsed = concatenated(asked.body.toString('utf8'));
    if (parsed.length === 0) return coded(5);
    for (const [number, one] of parsed.entries()) {
      if (!isEvent(one)) return coded(one === null ? 6 : 12, number);
      if ((one.event as unknown) === '' || Object.keys(one.event).length === 0) return coded(13, number);
      if (one.index !== undefined && options.indexes?.includes(one.index) === false) return coded(7, number);
      if (options.isBad?.(one) === true) return coded(6, number);
    }
    events.push(...(parsed as HecEvent[]));
    if (!acknowledge || channel === null) return coded(0);
    const acks = channels.get(channel) ?? new Map<number, number>();
    channels.set(channel, acks);
    const ackId = acks.size;
    acks.set(ackId, 0);
    return { status: 200, body: JSON.stringify({ text: 'Success', code: 0, ackId }) };
  }

  function tellAcks(asked: Asked): Answer {
    const denied = refused(asked);
    if (denied !== null) return denied;
    if (!acknowledge) return coded(14);
    const channel = channelOf(asked);
    if (channel === null) return coded(10);
    const acks = channels.get(channel) ?? new Map<number, number>();
    const { acks: wanted } = JSON.parse(asked.body.toString('utf8')) as { acks: number[] };
    const reported = wanted.map((id) => {
      const looks = acks.get(id);
      if (looks === undefined) return [id, false] as const;
      if (looks + 1 < indexedAfter) {
        acks.set(id, looks + 1);
        return [id, false] as const;
      }
      // An acknowledgment is reported as true once, and its id is not reused.
      acks.set(id, Number.NEGATIVE_INFINITY);
      return [id, looks >= 0] as const;
    });
    return { status: 200, body: JSON.stringify({ acks: Object.fromEntries(reported) }) };
  }

  const receiver = await startReceiver(
    (asked) => {
      if (asked.path === '/services/collector/health')
        return options.healthy?.() === false ? coded(18) : coded(17);
      if (asked.method !== 'POST') return notThere();
      if (asked.path === '/services/collector/event' || asked.path === '/services/collector')
        return takeEvents(asked);
      if (asked.path === '/services/collector/ack') return tellAcks(asked);
      return notThere();
    },
    options.fault,
    options.port,
  );
  return {
    ...receiver,
    events,
    get requests() {
      return requests;
    },
  };
}

const CODES: Readonly<Record<number, readonly [number, string]>> = {
  0: [200, 'Success'],
  1: [403, 'Token disabled'],
  2: [401, 'Token is required'],
  3: [401, 'Invalid authorization'],
  4: [403, 'Invalid token'],
  5: [400, 'No data'],
  6: [400, 'Invalid data format'],
  7: [400, 'Incorrect index'],
  8: [500, 'Internal server error'],
  9: [503, 'Server is busy'],
  10: [400, 'Data channel is missing'],
  12: [400, 'Event field is required'],
  13: [400, 'Event field cannot be blank'],
  14: [400, 'ACK is disabled'],
  17: [200, 'HEC is healthy'],
  18: [503, 'HEC is unhealthy, queues are full'],
  26: [429, 'HEC queue at capacity'],
};

/** A response of the collector by its code, with the index of the event that caused it. */
export function coded(code: number, event?: number): { status: number; body: string } {
  const [status, text] = CODES[code] ?? [500, 'Internal server error'];
  return {
    status,
    body: JSON.stringify({ text, code, ...(event === undefined ? {} : { 'invalid-event-number': event }) }),
  };
}

function notThere(): Answer {
  return {
    status: 404,
    body: JSON.stringify({ text: 'The requested URL was not found on this server.', code: 404 }),
  };
}

function channelOf({ headers, query }: Asked): string | null {
  const named = headers['x-splunk-request-channel'] ?? query.get('channel');
  return typeof named === 'string' && /^[0-9a-f-]{36}$/i.test(named) ? named : null;
}

function isEvent(one: unknown): one is HecEvent {
  return typeof one === 'object' && one !== null && 'event' in one;
}

/** Parses concatenated JSON objects, with or without whitespace between. Invalid JSON yields null and ends the list. */
function concatenated(text: string): unknown[] {
  const found: unknown[] = [];
  let from = 0;
  while (from < text.length) {
    if (/\s/.test(text[from] ?? '')) {
      from += 1;
      continue;
    }
    const end = endOfObject(text, from);
    try {
      found.push(JSON.parse(text.slice(from, end)));
    } catch {
      found.push(null);
      return found;
    }
    from = end;
  }
  return found;
}

function endOfObject(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

export const TRIALS: readonly Trial[] = [
  {
    name: 'Splunk',
    start: (options) => startHec({ ...options, tokens: [TOKEN] }),
    enter: () => [`token ${TOKEN}`],
  },
  {
    name: 'Splunk with acknowledgment',
    start: (options) => startHec({ ...options, tokens: [TOKEN], acknowledge: true, indexedAfter: 3 }),
    enter: () => [`token ${TOKEN}`],
  },
];
