import { isObject, type JsonObject, text } from '../exports/kinds/json-values.ts';
import { isRefusal, type OtherEvent } from './hit.ts';

/** An event of a sensor by the field names used for logs, or an event about something else than a use. */
export type SensorEvent =
  | { readonly is: 'use'; readonly row: JsonObject }
  | { readonly is: 'other'; readonly event: OtherEvent };

const other = (aside: string, isConnection: boolean): SensorEvent => ({
  is: 'other',
  event: { aside, isConnection },
});

const use = (time: unknown, host: string, client: unknown, refused: boolean | null): SensorEvent => ({
  is: 'use',
  row: {
    timestamp: time,
    queryname: host,
    clientip: client,
    action: refused === null ? null : refused ? 'blocked' : 'allowed',
    // Each event is one request; the field tells a log from a list of people.
    requests: 1,
  },
});

/** Events of Suricata that name no host, though a connection is behind each. */
const CONNECTIONS = new Set(['flow', 'netflow', 'tls', 'quic', 'http', 'http2']);

/** An event of Suricata's `eve.json`, in any version of its DNS events; null: of something else. */
export function ofSuricata(value: JsonObject): SensorEvent | null {
  const { event_type: type, timestamp, src_ip: client } = value;
  if (typeof type !== 'string' || typeof timestamp !== 'string') return null;
  if (!('flow_id' in value || 'src_ip' in value || 'stats' in value)) return null;
  const about = value[type];
  const host = isObject(about) ? suricataHost(type, about) : null;
  // Whether a connection was let through is written in separate events.
  return host === null
    ? other(`Suricata: ${type}`, CONNECTIONS.has(type))
    : use(timestamp, host, client, null);
}

function suricataHost(type: string, about: JsonObject): string | null {
  switch (type) {
    case 'tls':
    case 'quic':
      return text(about.sni);
    case 'http':
    case 'http2':
      return text(about.hostname);
    case 'dns': {
      // The answer repeats the name that was asked for.
      if (about.type !== 'query' && about.type !== 'request') return null;
      const [first] = Array.isArray(about.queries) ? about.queries : [about];
      return isObject(first) ? text(first.rrname) : null;
    }
    default:
      return null;
  }
}

/** A line of Zeek's logs as JSON; null: of something else. */
export function ofZeek(value: JsonObject): SensorEvent | null {
  const { ts, uid, 'id.orig_h': client } = value;
  if (typeof uid !== 'string' || typeof client !== 'string') return null;
  if (typeof ts !== 'string' && typeof ts !== 'number') return null;
  const host = text(value.server_name) ?? text(value.query) ?? text(value.host);
  if (host !== null) return use(ts, host, client, null);
  const path = text(value._path);
  return other(path === null ? 'Zeek' : `Zeek: ${path}`, true);
}

/** What Pi-hole calls a query that it refused (API of version 6). */
const PIHOLE_REFUSES = /^(?:GRAVITY|REGEX|DENYLIST|EXTERNAL_BLOCKED|SPECIAL_DOMAIN)/;

/** A query as the API of Pi-hole 6 gives it; null: something else. */
export function ofPihole(value: JsonObject): SensorEvent | null {
  const { time, domain, status, client } = value;
  if (typeof time !== 'number' || typeof domain !== 'string' || typeof status !== 'string') return null;
  if (!isObject(client) || typeof client.ip !== 'string') return null;
  return use(time, domain, text(client.name) ?? client.ip, PIHOLE_REFUSES.test(status));
}

/** Types of DNS queries, to tell rows of Pi-hole 5 from other lists of lists. */
const QUERY_TYPE =
  /^(?:A|AAAA|ANY|SRV|SOA|PTR|TXT|NAPTR|MX|DS|RRSIG|DNSKEY|NS|OTHER|SVCB|HTTPS|TYPE\d{1,5})$/;
/** States in which Pi-hole 5 refused a query. From memory; https://docs.pi-hole.net/database/query-database/ lists them. */
const PIHOLE5_REFUSES = new Set(['1', '4', '5', '6', '7', '8', '9', '10', '11', '15', '16']);

/**
 * A row of `api.php?getAllQueries` of Pi-hole 5: time, type, domain, client, state, and more; null: something else.
 */
export function ofPihole5(row: readonly unknown[]): SensorEvent | null {
  const [time, type, domain, client, state] = row.map((one) => (typeof one === 'number' ? String(one) : one));
  if (![time, type, domain, client, state].every((one) => typeof one === 'string')) return null;
  if (!/^\d{10}$/.test(String(time)) || !QUERY_TYPE.test(String(type)) || !/^\d{1,2}$/.test(String(state)))
    return null;
  return use(Number(time), String(domain), client, PIHOLE5_REFUSES.has(String(state)));
}

/** Whether it is an event of Meraki's security center or of a network, which lists no ordinary traffic. */
export function isMerakiEvent(value: JsonObject): boolean {
  const { ts, occurredAt, eventType, type } = value;
  if (typeof ts === 'string') return typeof eventType === 'string' && 'clientMac' in value;
  return typeof occurredAt === 'string' && typeof type === 'string' && 'networkId' in value;
}

/**
 * An event of the Meraki dashboard API (security events, network events), or the traffic of one application, whose
 * amounts are taken as kilobytes, from memory (https://developer.cisco.com/meraki/api-v1/); null: something else.
 */
export function ofMeraki(value: JsonObject): SensorEvent | null {
  const { ts, occurredAt, eventType, type, uri, eventData, application, numClients, sent, recv } = value;
  if (typeof application === 'string' && typeof numClients === 'number' && typeof recv === 'number')
    return {
      is: 'use',
      row: {
        application,
        category: 'application',
        users: numClients,
        bytessent: typeof sent === 'number' ? Math.round(sent * 1000) : null,
        bytesreceived: Math.round(recv * 1000),
      },
    };
  if (!isMerakiEvent(value)) return null;
  if (typeof ts === 'string') {
    const host = text(uri);
    const { action, blocked } = value;
    const refused = typeof blocked === 'boolean' ? blocked : isRefusal(text(action));
    return host === null
      ? other(`Meraki: ${eventType}`, true)
      : use(ts, host, text(value.clientName) ?? value.srcIp, refused);
  }
  const host = isObject(eventData) ? text(eventData.url) : null;
  return host === null
    ? other(`Meraki: ${type}`, false)
    : use(occurredAt, host, text(value.clientDescription) ?? value.clientId, type === 'cf_block' || null);
}
// Guide: G4-00 G4.1-03
