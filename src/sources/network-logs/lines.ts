import { APPLIANCES } from './appliances.ts';
import { eventFormat } from './event-formats.ts';
import { GATEWAYS } from './gateways.ts';
import { type Hit, isRefusal, textOrNull, wholeNumber } from './hit.ts';
import type { LineFormat } from './line-format.ts';
import { first, pairsOf } from './pairs.ts';
import { ofEpoch, readTime, withYear } from './time.ts';

/**
 * Prefix that a syslog server writes before a line of Squid, as on pfSense, and that a Cisco web appliance writes
 * before its lines in the same format.
 */
const OF_SYSLOG =
  /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2} (?:\S{1,100} )?\(?(?:squid(?:-\d{1,4})?\)?\[\d{1,10}\]|[\w.-]{1,60}): )?(?:Info: )?/;
const SQUID =
  /^\s*(\d{9,11}\.\d{1,6})\s+-?\d{1,12}\s+(\S{1,255})\s+([A-Z_]{3,40})\/(\d{3})\s+(\d{1,15})\s+([A-Z_]{2,20}|-)\s+(\S{1,8192})\s+(\S{1,255})\s+[A-Z_]{3,40}\//;

/** Squid's native format: time elapsed address code/status bytes method URL user hierarchy. */
const squid: LineFormat = {
  id: 'squid',
  title: 'Squid, native format',
  read(line) {
    const found = SQUID.exec(line.replace(OF_SYSLOG, ''));
    if (found === null) return null;
    const [, at = '', device, code = '', status, bytes, , url = '', user = ''] = found;
    // The first response to a browser that has not authenticated with the proxy yet.
    if (status === '407' || url === '-' || url.startsWith('error:')) return 'aside';
    return {
      at: new Date(Number(at) * 1000).toISOString(),
      target: url,
      person: unescaped(user),
      device: device ?? null,
      refused: code.includes('DENIED'),
      received: wholeNumber(bytes),
    };
  },
};

const COMMON =
  /^(\S{1,255}) (\S{1,255}) (\S{1,255}) (\[[^\]]{10,40}\]) "([A-Z]{2,20}) (\S{1,8192})(?: HTTP\/[\d.]{1,4})?" (\d{3}) (\d{1,15}|-)(.*)$/;

/** Common and combined formats of a proxy. A web server uses the same, with a path in place of a URL. */
const common: LineFormat = {
  id: 'common',
  title: 'Squid, common or combined format',
  read(line) {
    const found = COMMON.exec(line);
    if (found === null) return null;
    const [, device, , user = '', time = '', method, url = '', status, bytes, rest = ''] = found;
    if (method !== 'CONNECT' && !/^[a-z]+:\/\//i.test(url)) return null;
    if (status === '407') return 'aside';
    const at = readTime(time, null);
    if (at === null) return null;
    return {
      at,
      target: url,
      person: unescaped(user),
      device: device ?? null,
      // Squid's result code is at the end; without it, a 403 may be the tool's own response.
      refused: /\b[A-Z]+_[A-Z_]+:/.test(rest) ? /\b[A-Z_]*DENIED/.test(rest) : null,
      received: wholeNumber(bytes),
    };
  },
};

/** FortiGate: traffic, web filter, application control and DNS. */
const fortigate: LineFormat = {
  id: 'fortigate',
  title: 'FortiGate, key=value',
  read(line) {
    if (!/\bdate="?\d{4}-\d{2}-\d{2}"?/.test(line) || !/\b(?:logid|devid|devname)=/.test(line)) return null;
    const pairs = pairsOf(line);
    const zone = /^[+-]\d{4}$/.exec(pairs.get('tz') ?? '')?.[0];
    const at =
      (zone === undefined ? ofEpoch(pairs.get('eventtime') ?? '') : null) ??
      readTime(`${pairs.get('date') ?? ''} ${pairs.get('time') ?? ''}${zone ?? ''}`, null);
    if (at === null) return null;
    if (pairs.get('type') === 'event') return 'aside';
    const target = first(pairs, 'hostname', 'qname', 'scertcname', 'url');
    return {
      at,
      target: target?.startsWith('/') ? first(pairs, 'hostname', 'qname') : target,
      app: first(pairs, 'app'),
      category: first(pairs, 'catdesc', 'appcat'),
      person: first(pairs, 'user', 'unauthuser'),
      device: first(pairs, 'srcname', 'srcip'),
      place: first(pairs, 'devname', 'devid'),
      refused: isRefusal(first(pairs, 'utmaction', 'action')),
      sent: wholeNumber(pairs.get('sentbyte')),
      received: wholeNumber(pairs.get('rcvdbyte')),
    };
  },
};

/** Feed of Zscaler's Nanolog Streaming Service with key=value pairs, as for Splunk. */
const zscaler: LineFormat = {
  id: 'zscaler',
  title: 'Zscaler NSS, key=value',
  read(line) {
    if (!/\b(?:vendor=Zscaler|product=NSS)\b/i.test(line)) return null;
    const pairs = pairsOf(line);
    const head = line.slice(0, line.indexOf('\t') < 0 ? 40 : line.indexOf('\t'));
    const at = readTime(
      first(pairs, 'datetime', 'time', 'eventtime') ?? head.replace(/\s*\w+=.*$/, ''),
      null,
    );
    if (at === null) return null;
    return {
      at,
      target: first(pairs, 'hostname', 'host', 'url', 'eurl'),
      app: first(pairs, 'appname', 'app'),
      category: first(pairs, 'appclass', 'urlcategory', 'urlcat'),
      person: first(pairs, 'user', 'login'),
      device: first(pairs, 'devicehostname', 'clientip', 'cip'),
      place: first(pairs, 'location'),
      refused: isRefusal(first(pairs, 'action')),
      sent: wholeNumber(pairs.get('requestsize') ?? pairs.get('reqsize')),
      received: wholeNumber(pairs.get('responsesize') ?? pairs.get('respsize')),
    };
  },
};

const WINDOWS_DNS =
  /^(\d{1,4}[./-]\d{1,2}[./-]\d{1,4} \d{1,2}:\d{2}:\d{2}(?: [AP]M)?) [0-9A-F]{3,5} PACKET\s+[0-9A-F]{8,16} (?:UDP|TCP) (Rcv|Snd) (\S{2,45})\s+[0-9a-f]{4} ([R ]) (\S) \[[^\]]{0,60}\] (\S{1,10})\s+(\(\d{1,2}\)\S{0,300})/i;

/** Debug log of the Windows DNS server. */
const windowsDns: LineFormat = {
  id: 'windows_dns',
  title: 'DNS server of Windows, debug log',
  day: (line) => WINDOWS_DNS.exec(line)?.[1] ?? null,
  read(line, { order }) {
    const found = WINDOWS_DNS.exec(line);
    if (found === null)
      return /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4} .{0,60}\bPACKET\b/.test(line) ? null : 'aside';
    const [, time = '', way, device, response, opcode, , name = ''] = found;
    // Only queries by devices. What the server asks others, and its responses, repeat the same query.
    if (way !== 'Rcv' || response === 'R' || opcode !== 'Q') return 'aside';
    const at = readTime(time, order);
    if (at === null) return null;
    return { at, target: name.replace(/\(\d{1,2}\)/g, '.').replace(/^\.|\.$/g, ''), device: device ?? null };
  },
};

const DNSMASQ =
  /^(?:([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}:\d{2}):\d{2}|(\d{4}-\d{2}-\d{2}[T ]\S{5,35}))(?: \S{1,100})? dnsmasq\[?\d{0,10}\]?: (?:\d+ \S+ )?(.{1,600})$/;

/** Log of Pi-hole, in the format of dnsmasq. */
const pihole: LineFormat = {
  id: 'pihole',
  title: 'Pi-hole (dnsmasq)',
  read(line, { today }) {
    const found = DNSMASQ.exec(line);
    if (found === null) return null;
    const [, month, day, clock, whole, text = ''] = found;
    const at =
      whole === undefined ? withYear(month ?? '', day ?? '', clock ?? '', today) : readTime(whole, null);
    if (at === null) return null;
    const query = /^query\[[^\]]{1,20}\] (\S{1,255}) from (\S{2,45})$/.exec(text);
    if (query !== null) return { at, target: query[1] ?? null, device: query[2] ?? null };
    const blocked =
      /^(?:gravity blocked|exactly (?:blacklisted|denied)|regex (?:blacklisted|denied)|blacklisted|special domain) (\S{1,255}) is /.exec(
        text,
      );
    return blocked === null ? 'aside' : { at, target: blocked[1] ?? null, refusesEarlier: true };
  },
};

/** Cells of a CSV line, without support for line breaks in cells. */
export function cellsOf(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',');
  return Array.from(
    line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g),
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );
}

/** Umbrella DNS logs as stored in the bucket, without headings. Times are UTC. */
const umbrella: LineFormat = {
  id: 'umbrella',
  title: 'Cisco Umbrella, DNS',
  read(line) {
    if (/^"?Timestamp\b/.test(line)) return 'aside';
    if (!/^"?\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}"?,/.test(line)) return null;
    const cells = cellsOf(line);
    const [time = '', identity, , internal, external, action = '', query = '', , domain = '', categories] =
      cells;
    if (cells.length < 10 || !/^\d{1,5} \([A-Z0-9]{1,10}\)$/.test(query)) return null;
    const at = readTime(`${time}Z`, null);
    if (at === null) return null;
    return {
      at,
      target: domain,
      category: categories ?? null,
      ...ofIdentity(identity ?? null, cells[10] ?? null),
      device: textOrNull(internal) ?? textOrNull(external),
      refused: isRefusal(textOrNull(action)),
    };
  },
};

/** Umbrella proxy logs as stored in the bucket, without headings. Times are UTC. */
const umbrellaProxy: LineFormat = {
  id: 'umbrella_proxy',
  title: 'Cisco Umbrella, proxy',
  read(line) {
    if (!/^"?\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}"?,/.test(line)) return null;
    const cells = cellsOf(line);
    const [time = '', identity, internal, external, , , verdict = '', url = ''] = cells;
    if (cells.length < 22 || !/^[a-z]{2,10}:\/\//i.test(url)) return null;
    const at = readTime(`${time}Z`, null);
    if (at === null) return null;
    return {
      at,
      target: url,
      category: cells[15] ?? null,
      ...ofIdentity(identity ?? null, cells[21] ?? null),
      device: textOrNull(internal) ?? textOrNull(external),
      refused: isRefusal(textOrNull(verdict)),
      sent: wholeNumber(cells[11]),
      received: wholeNumber(cells[12]),
    };
  },
};

/** Umbrella's most granular identity may be a person, a device or a whole network; only its type shows which. */
export function ofIdentity(identity: string | null, type: string | null): Pick<Hit, 'person' | 'place'> {
  const name = textOrNull(identity);
  if (name === null) return {};
  const address = /[\w.+'-]{1,64}@[\w.-]{1,190}/.exec(name)?.[0];
  if (address !== undefined || /user/i.test(type ?? '')) return { person: address ?? name };
  return /network|site|tunnel/i.test(type ?? '') ? { place: name } : {};
}

/** Traffic and URL logs of PAN-OS, sent by syslog or written by SCP, without headings. */
const paloAlto: LineFormat = {
  id: 'palo_alto',
  title: 'Palo Alto Networks, traffic and URL',
  read(line) {
    if (/^"?(?:Domain|FUTURE_USE)"?,"?Receive Time\b/.test(line)) return 'aside';
    if (!/,(?:TRAFFIC|THREAT|SYSTEM|CONFIG|HIP-MATCH|GLOBALPROTECT|DECRYPTION),/.test(line.slice(0, 200)))
      return null;
    const cells = cellsOf(line);
    const [, received = '', serial, type, subtype, , generated = ''] = cells;
    if (!/^\d{4}\/\d{2}\/\d{2} /.test(received)) return null;
    if (type !== 'TRAFFIC' && !(type === 'THREAT' && subtype === 'url')) return 'aside';
    // A session is also logged when it starts.
    if (type === 'TRAFFIC' && subtype === 'start') return 'aside';
    const at = readTime(generated, null) ?? readTime(received, null);
    if (at === null || cells.length < 38) return null;
    const url = type === 'THREAT';
    return {
      at,
      target: url ? (cells[31] ?? null) : null,
      app: cells[14] ?? null,
      category: cells[url ? 33 : 37] ?? null,
      person: cells[12] ?? null,
      device: cells[7] ?? null,
      place: serial ?? null,
      refused: isRefusal(textOrNull(cells[30])),
      sent: url ? null : wholeNumber(cells[32]),
      received: url ? null : wholeNumber(cells[33]),
    };
  },
};

function unescaped(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const LINE_FORMATS: readonly LineFormat[] = [
  squid,
  common,
  fortigate,
  zscaler,
  windowsDns,
  pihole,
  umbrella,
  umbrellaProxy,
  paloAlto,
  ...APPLIANCES,
  ...GATEWAYS,
  eventFormat,
];
