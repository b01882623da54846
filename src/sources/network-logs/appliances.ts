import { ownValue } from '#domain/model/own-value.ts';
import { isRefusal, wholeNumber } from './hit.ts';
import type { LineFormat } from './line-format.ts';
import { first, pairsOf } from './pairs.ts';
import { ofEpoch, readTime, withYear } from './time.ts';

const MERAKI = /(?:^|\s)1 (\d{10})\.\d{1,9} (\S{1,100}) ([a-z_]{3,40}) (.{1,9000})$/;

/** Syslog of Cisco Meraki. Its flows and events contain IP addresses only. */
const meraki: LineFormat = {
  id: 'meraki',
  title: 'Cisco Meraki, URLs by syslog',
  read(line) {
    const found = MERAKI.exec(line.replace(/^<\d{1,3}>/, ''));
    if (found === null) return null;
    const [, seconds = '', appliance, type, text = ''] = found;
    const url = /\brequest: [A-Z]{2,20} (\S{1,8192})$/.exec(text)?.[1];
    if (type !== 'urls' || url === undefined) return 'aside';
    return {
      at: ofEpoch(seconds),
      target: url,
      device: /\bsrc=(\[[^\]]{2,45}\]|[\d.]{7,15})/.exec(text)?.[1]?.replace(/^\[|\]$/g, '') ?? null,
      place: appliance ?? null,
    };
  },
};

const UNBOUND =
  /^(?:<\d{1,3}>)?(?:1 (\d{4}-\d{2}-\d{2}T\S{5,35})|([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}:\d{2}):\d{2}|(\d{4}-\d{2}-\d{2}T\S{5,35})|\[(\d{10})\])(?: \S{1,100})? unbound\b.{0,80}?\b(?:info|query|notice|warning|error|debug|reply): (.{1,600})$/;

/** Query log of the resolver Unbound, as in pfSense and OPNsense. */
const unbound: LineFormat = {
  id: 'unbound',
  title: 'Unbound (pfSense, OPNsense), queries',
  read(line, { today }) {
    const found = UNBOUND.exec(line);
    if (found === null) return null;
    const [, ofSyslog, month = '', day = '', clock = '', ofFile, seconds, text = ''] = found;
    const zoned = ofSyslog ?? ofFile;
    const at =
      seconds !== undefined
        ? ofEpoch(seconds)
        : zoned !== undefined
          ? readTime(zoned, null)
          : withYear(month, day, clock, today);
    if (at === null) return null;
    // A reply repeats the query and adds a result, so it does not count again.
    const query = /^([\da-f.:]{2,45}) (\S{1,255}) [A-Z\d]{1,10} IN$/i.exec(text);
    return query === null ? 'aside' : { at, target: query[2] ?? null, device: query[1] ?? null };
  },
};

const BIND =
  /^(\d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}:\d{2})(?:\.\d{1,9})? (?:queries: )?(?:info: )?client (?:@0x[\da-f]{1,16} )?([\da-f.:]{2,45})#\d{1,5} \(\S{1,255}\):(?: view \S{1,100}:)? query: (\S{1,255}) IN /i;

/** Query log of BIND. */
const bind: LineFormat = {
  id: 'bind',
  title: 'BIND, queries',
  read(line) {
    const found = BIND.exec(line);
    if (found === null) return null;
    const at = readTime(found[1] ?? '', null);
    return at === null ? null : { at, target: found[3] ?? null, device: found[2] ?? null };
  },
};

/** Sophos Firewall, web content log over syslog. */
const sophos: LineFormat = {
  id: 'sophos',
  title: 'Sophos Firewall, web content',
  read(line) {
    if (!/\bdevice(?:_name|_model)?="/.test(line) || !/\blog_type="/.test(line)) return null;
    const pairs = pairsOf(line);
    const at = readTime(pairs.get('timestamp') ?? `${pairs.get('date')} ${pairs.get('time')}`, null);
    if (at === null) return null;
    const target = first(pairs, 'url', 'domain');
    if (pairs.get('log_type') !== 'Content Filtering' || target === null) return 'aside';
    return {
      at,
      target,
      app: first(pairs, 'app_name'),
      category: first(pairs, 'category'),
      person: first(pairs, 'user_name', 'user'),
      device: first(pairs, 'src_ip'),
      place: first(pairs, 'device_name', 'device_id', 'device_serial_id'),
      refused: isRefusal(first(pairs, 'log_subtype')),
      sent: wholeNumber(pairs.get('sent_bytes') ?? pairs.get('bytes_sent')),
      received: wholeNumber(pairs.get('recv_bytes') ?? pairs.get('bytes_received')),
    };
  },
};

/** Website events: 14 denied and 16 allowed by the filter, 97 visited. Connections are separate events. */
const SONICWALL_SITES: Readonly<Record<string, boolean | null>> = { '14': true, '16': false, '97': null };

/** SonicWall, website log over syslog. */
const sonicWall: LineFormat = {
  id: 'sonicwall',
  title: 'SonicWall, websites',
  read(line) {
    if (!/\bid=\S{1,100} sn=/.test(line)) return null;
    const pairs = pairsOf(line);
    const at = readTime(pairs.get('time') ?? '', null);
    if (at === null) return null;
    const target = first(pairs, 'dstname');
    const refused = ownValue(SONICWALL_SITES, pairs.get('m') ?? '');
    if (target === null || refused === undefined) return 'aside';
    return {
      at,
      target,
      category: first(pairs, 'category'),
      person: first(pairs, 'usr', 'user'),
      device: first(pairs, 'src')?.split(':')[0] ?? null,
      place: first(pairs, 'sn'),
      refused,
      sent: wholeNumber(pairs.get('sent')),
      received: wholeNumber(pairs.get('rcvd')),
    };
  },
};

const WATCHGUARD =
  /^(?:<\d{1,3}>)?(?:(\d{4}-\d{2}-\d{2}T\S{5,35})|([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}:\d{2}):\d{2})? ?(.{0,200}?)(?:\((\d{4}-\d{2}-\d{2}T[\d:]{8})\) )?([a-z][a-z-]{2,20})(?:\[\d{1,10}\])?: (msg_id="[0-9A-F]{4}-[0-9A-F]{4}".{0,8000})$/i;

/** WatchGuard Firebox over syslog: the HTTP and HTTPS proxies log host names, other lines only IP addresses. */
const watchGuard: LineFormat = {
  id: 'watchguard',
  title: 'WatchGuard Firebox, HTTP and HTTPS proxy',
  read(line, { today }) {
    const found = WATCHGUARD.exec(line);
    if (found === null) return null;
    const [, zoned, month = '', day = '', clock = '', names = '', own, program = '', text = ''] = found;
    const at =
      zoned !== undefined
        ? readTime(zoned, null)
        : month !== ''
          ? withYear(month, day, clock, today)
          : readTime(own ?? '', null);
    if (at === null) return null;
    const pairs = pairsOf(text);
    const target = first(pairs, 'sni', 'dstname', 'cn');
    if (!/^https?-proxy$/i.test(program) || target === null) return 'aside';
    const act = /^msg_id="[^"]{9}" (?:Proxy)?([A-Za-z]{3,12})/.exec(text)?.[1];
    return {
      at,
      target,
      app: first(pairs, 'app_name'),
      category: first(pairs, 'cats', 'app_cat_name'),
      person: first(pairs, 'src_user'),
      device: / (?:tcp|udp) (\S{2,45}) \S{2,45} \d{1,5} \d{1,5} /.exec(text)?.[1] ?? null,
      place: names.trim().split(' ')[0] ?? null,
      refused: isRefusal(act ?? null),
      sent: wholeNumber(pairs.get('sent_bytes')),
      received: wholeNumber(pairs.get('rcvd_bytes')),
    };
  },
};

export const APPLIANCES: readonly LineFormat[] = [meraki, unbound, bind, sophos, sonicWall, watchGuard];
