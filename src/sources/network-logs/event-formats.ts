// Guide: G4-00 G4.1-03
import { type EventLine, eventLine } from './event-line.ts';
import { type Hit, hostOf, isRefusal, textOrNull, wholeNumber } from './hit.ts';
import type { LineFormat } from './line-format.ts';
import { first } from './pairs.ts';
import { ofEpoch, readTime, withYear } from './time.ts';

/** Applications that are no service, such as the protocol. */
const NO_SERVICE =
  /^(?:https?|ssl|tls|tcp|udp|dns|quic|ftps?|ssh|smtps?|icmp|web-browsing|incomplete|insufficient-data|not-applicable|\d+)$/i;

/**
 * Events in CEF and LEEF, of whichever product. An event with neither a host nor a service is named and left out: it
 * may be a sign-in to the firewall, or a connection of which the product knows the address alone.
 */
export const eventFormat: LineFormat = {
  id: 'event',
  title:
    'events in CEF or LEEF that name hosts, such as those of Zscaler, Palo Alto Networks, FortiGate and Forcepoint',
  read(line, { today }) {
    const event = eventLine(line);
    if (event === null) return null;
    // A session is also logged when it starts.
    if (event.vendor === 'Palo Alto Networks' && /^start$/i.test(event.fields.get('subtype') ?? event.name))
      return 'aside';
    const target = targetOf(event);
    const app = appOf(event);
    if (target === null && app === null)
      return {
        aside: `${event.product}: ${event.name}`,
        isConnection: textOrNull(event.fields.get('dst')) !== null,
      };
    const at = timeOf(event, today);
    return at === null ? null : { at, target, app, ...whoOf(event), ...sizeOf(event), ...answerOf(event) };
  },
};

function targetOf({ fields }: EventLine): string | null {
  const urls = ['request', 'requesturl', 'url', 'miscellaneous'];
  const hosts = ['dhost', 'hostname', 'dsthostname', 'destinationdnsdomain', 'domain', 'sni', 'fqdn'];
  const named = [...urls, ...hosts].map((key) => textOrNull(fields.get(key), 8192));
  return named.find((target) => hostOf(target) !== null) ?? null;
}

function appOf({ fields }: EventLine): string | null {
  const names = [
    'destinationservicename',
    'appname',
    'fortinetfortigateapp',
    'ftntfgtapp',
    'application',
    'app',
  ];
  return (
    names.map((key) => textOrNull(fields.get(key))).find((name) => name !== null && !NO_SERVICE.test(name)) ??
    null
  );
}

function whoOf({ vendor, fields }: EventLine): Pick<Hit, 'person' | 'device' | 'place'> {
  // The standard meaning of `spriv` is what the person may do; Zscaler writes the location there.
  const places =
    vendor === 'Zscaler'
      ? ['spriv', 'realm']
      : ['dvchost', 'deviceexternalid', 'serialnumber', 'devicesn', 'dvc'];
  return {
    person: first(fields, 'suser', 'usrname', 'username', 'sourceuser'),
    device: first(fields, 'devicehostname', 'shost', 'identhostname', 'src', 'c6a2'),
    place: first(fields, ...places),
  };
}

/** Vendors whose `in` is what came back. In the standard it is what went out, and Palo Alto Networks keeps to it. */
const IN_IS_RECEIVED = new Set(['Zscaler', 'Fortinet', 'Forcepoint', 'Websense']);

function sizeOf({ vendor, fields }: EventLine): Pick<Hit, 'sent' | 'received' | 'times'> {
  const [came, went] = [wholeNumber(fields.get('in')), wholeNumber(fields.get('out'))];
  const known = IN_IS_RECEIVED.has(vendor)
    ? { sent: went, received: came }
    : vendor === 'Palo Alto Networks'
      ? { sent: came, received: went }
      : { sent: null, received: null };
  const times = wholeNumber(fields.get('cnt'));
  return {
    sent: wholeNumber(fields.get('srcbytes')) ?? known.sent,
    received: wholeNumber(fields.get('dstbytes')) ?? known.received,
    times: times === null || times === 0 ? 1 : times,
  };
}

function answerOf({ vendor, fields }: EventLine): Pick<Hit, 'category' | 'refused'> {
  // Zscaler's LEEF gives the action as the category of the event.
  const action = first(fields, 'act', 'action') ?? (vendor === 'Zscaler' ? first(fields, 'cat') : null);
  const labelled = [...fields].find(
    ([key, label]) =>
      key.endsWith('label') && /^(?:url ?category|category|categories|appclass)$/i.test(label.trim()),
  )?.[0];
  const category =
    first(fields, 'fortinetfortigatecatdesc', 'ftntfgtcatdesc', 'urlcategory') ??
    (labelled === undefined ? null : first(fields, labelled.slice(0, -'label'.length))) ??
    first(fields, 'cat', 'appclass');
  return { category, refused: isRefusal(action) };
}

/** The event's own time, otherwise that of the syslog server, which received it within seconds. */
function timeOf({ before, fields }: EventLine, today: string): string | null {
  const zone =
    /^[+-]\d{2}:?\d{2}$/.exec(first(fields, 'fortinetfortigatetz', 'ftntfgttz', 'dtz') ?? '')?.[0] ?? '';
  const own = first(
    fields,
    'rt',
    'devtime',
    'start',
    'end',
    'fortinetfortigateeventtime',
    'ftntfgteventtime',
  );
  const read = own === null ? null : (ofEpoch(own) ?? readTime(`${own}${zone}`, null) ?? readTime(own, null));
  if (read !== null) return read;
  const zoned = /\b\d{4}-\d{2}-\d{2}T\S{5,35}/.exec(before)?.[0];
  if (zoned !== undefined) return readTime(zoned, null);
  const [, month = '', day = '', year, clock = ''] =
    /\b([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d{2}:\d{2}):\d{2}\b/.exec(before) ?? [];
  if (month === '') return null;
  return year === undefined
    ? withYear(month, day, clock, today)
    : readTime(`${month} ${day}, ${year} ${clock}`, null);
}
