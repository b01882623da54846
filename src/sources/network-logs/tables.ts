import { type AiToolFinder, plainName } from '#domain/ai-tools/match.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { list } from '#domain/text/list.ts';
import type { Table, TableRow } from '../exports/file-kind.ts';
import { addresses, cellText } from '../exports/table/cells.ts';
import { type Hit, hostOf, isRefusal, textOrNull, wholeNumber } from './hit.ts';
import { ofIdentity } from './lines.ts';
import { type DayOrder, orderShown, readTime } from './time.ts';

/** Possible meanings of a network log's columns. */
export const LOG_FIELDS = [
  'at',
  'host',
  'app',
  'person',
  'device',
  'deviceName',
  'place',
  'action',
  'category',
  'times',
  'sent',
  'received',
  'people',
  'identity',
  'identityType',
  'clock',
  'both',
] as const;
export type LogField = (typeof LOG_FIELDS)[number];

/** Normalized headings (no case, spaces or punctuation), likeliest first for each field. */
const HEADINGS: Readonly<Record<LogField, readonly string[]>> = {
  at: list(
    'xcstimestamp, generatetime, generatedtime, timegenerated, eventtime, loggedtime, receivetime, datetime, timestamp, datetimeutc, timestamputc, timegeneratedutc, date, day, time, logtime, ts, datumzeit, zeitstempel, datum, zeitpunkt, horodatage, dateheure, fechahora, fechayhora, fecha, datahora, dataora, data, 日時',
  ),
  host: list(
    'httphost, cshost, xcsurl, csuri, hostname, queryname, url, urlfilename, requestedurl, requesturl, resource, domain, query, host, destination, destinationhost, destinationhostname, sni, eurl, fqdn, servername, website, site, ziel, zielhost, destino, destinazione, domaine, dominio, 宛先',
  ),
  app: list(
    'application, xcsapp, applicationname, applicationnames, appname, app, cloudapplication, cloudapp, discoveredapp, name, displayname, anwendung, aplicacion, applicazione, applicatie, aplicativo, アプリ',
  ),
  person: list(
    'user, username, csusername, sourceuser, sourceusername, login, email, useremail, userprincipalname, userid, benutzer, benutzername, utilisateur, usuario, utente, gebruiker, usuário, ユーザー',
  ),
  device: list(
    'internalip, internalclientip, xcsuserip, clientip, cip, srcip, sourceip, src, sourceaddress, source, ipaddress, device, client, computer, machine, idorigh, quelle, quelladresse, ipadresse, adresseip, direccionip, indirizzoip',
  ),
  deviceName: ['devicename', 'machinename', 'devicehostname', 'sourcehostname', 'computername'],
  place: list(
    'location, serial, serialnumber, gateway, firewall, network, datasource, stream, standort, emplacement, ubicacion, sede',
  ),
  action: list(
    'policyaction, xpolicyaction, resolverdecision, deviceaction, action, decision, verdict, actiontaken, disposition, scfilterresult, saction, result, status, aktion, accion, azione',
  ),
  category: list(
    'category, xcategory, categories, cscategories, urlcategory, querycategorynames, categorynames, urlcat, appclass, cloudapplicationclass, applicationcategory, appcategory, catdesc, urlcategorylist, primarycategory, kategorie, categorie, catégorie, categoria, categoría, type',
  ),
  times: list('transactions, transactioncount, requests, hits, count, events, transaktionen, transacciones'),
  sent: list(
    'bytessent, sentbytes, uploadedbytes, upload, uploadtraffic, uploadnetworktrafficinbytes, requestsize, reqsize, csbytes, clientbytes, uploadbytes, bytesuploaded, uploadmb, sent, sentkb, sentmb, sentgb',
  ),
  received: list(
    'bytesreceived, receivedbytes, downloadedbytes, download, downloadtraffic, downloadnetworktrafficinbytes, responsesize, respsize, scbytes, serverbytes, downloadbytes, bytesdownloaded, downloadmb, received, recv, receivedkb, receivedmb, receivedgb',
  ),
  people: ['users', 'usercount', 'numberofusers', 'clients', 'numclients', 'clientcount', 'numberofclients'],
  identity: ['mostgranularidentity', 'identity', 'policyidentity'],
  identityType: ['mostgranularidentitytype', 'identitytype', 'policyidentitytype'],
  // A column of its own for the time of a day in another one.
  clock: ['time', 'uhrzeit', 'heure', 'hora', 'ora'],
  both: ['sentreceived', 'bytessentreceived', 'sentreceivedbytes', 'sentrcvd'],
};

export interface LogColumns {
  readonly at: ReadonlyMap<LogField, number>;
  readonly byHand: boolean;
  /** Whether the heading says that times without a zone are UTC. */
  readonly isUtc: boolean;
  /** Unit that a heading gives for the amounts below it, such as “Upload (MB)”. */
  readonly units: ReadonlyMap<LogField, string>;
}

/** Maps columns to fields. A column whose heading suggests a host counts only if it contains hosts. */
export function logColumns(
  table: Pick<Table, 'columns' | 'first' | 'rows'>,
  byHand: Readonly<Record<string, string | null>> = {},
): LogColumns {
  const at = new Map<LogField, number>();
  const taken = new Set<number>();
  for (const [column, field] of Object.entries(byHand)) {
    const index = table.columns.indexOf(column);
    if (index < 0) continue;
    taken.add(index);
    const known = LOG_FIELDS.find((one) => one === field);
    if (known !== undefined) at.set(known, index);
  }
  const names = table.columns.map((column) => plainName(column.replace(/ \(\d+\)$/, '')));
  // In a firewall's own log, the device name is that of the firewall.
  const ofFirewall = names.includes('serial') || names.includes('serialnumber');
  const first = (table.first ?? table.rows).slice(0, 100);
  for (const field of LOG_FIELDS) {
    if (at.has(field)) continue;
    const headings = field === 'place' && ofFirewall ? ['devicename', ...HEADINGS.place] : HEADINGS[field];
    for (const heading of headings) {
      if (field === 'deviceName' && ofFirewall && heading === 'devicename') continue;
      const called = names.flatMap((name, one) => (!taken.has(one) && name === heading ? [one] : []));
      // Prefer a filled column to an empty one with the same heading.
      const index = called.find((one) => isFilled(first, one)) ?? called[0] ?? -1;
      if (index < 0 || !holds(field, first, index)) continue;
      at.set(field, index);
      taken.add(index);
      break;
    }
  }
  const units = (['sent', 'received'] as const).flatMap((field) => {
    const heading = table.columns[at.get(field) ?? -1] ?? '';
    const unit = /(?:[([ _]|(?<=[a-z]))([KMGTk]i?B)\b/.exec(heading)?.[1];
    return unit === undefined ? [] : [[field, unit] as const];
  });
  return {
    at,
    units: new Map<LogField, string>(units),
    byHand: Object.values(byHand).some((field) => field !== null),
    isUtc:
      at.has('at') && (/\b(?:utc|gmt)\b/i.test(table.columns[at.get('at') ?? -1] ?? '') || isUmbrella(names)),
  };
}

/**
 * Whether the headings are those of Umbrella's logs, whose times are UTC and do not say so
 * (https://docs.umbrella.com/umbrella-user-guide/docs/log-format-and-versioning, read December 2, 2026).
 */
const isUmbrella = (names: readonly string[]) =>
  names.includes('policyidentitytype') ||
  names.includes('policyorrulesetidentity') ||
  names.includes('mostgranularidentitytype');

function isFilled(rows: readonly TableRow[], index: number): boolean {
  return rows.some(({ cells }) => cellText(cells[index]) !== null);
}

function holds(field: LogField, rows: readonly TableRow[], index: number): boolean {
  const values = rows.flatMap(({ cells }) => cellText(cells[index]) ?? []);
  if (field === 'at') return values.length > 0 && values.some((value) => /\d{4}|\d{10}/.test(value));
  if (field === 'clock') return values.length > 0 && values.every((value) => /^\d{1,2}:\d{2}/.test(value));
  if (field === 'both') return values.some((value) => value.includes('/'));
  if (field !== 'host') return true;
  return values.length > 0 && values.filter((value) => hostOf(value) !== null).length >= values.length / 2;
}

/** Headings of results that many other tables have, too. */
const OF_MANY_TABLES = new Set(['result', 'status']);

/** Confidence that a table is a network log or a list of discovered apps. */
export function logScore(table: Table, finder: AiToolFinder): number {
  const { at } = logColumns(table);
  const has = (...fields: readonly LogField[]) => fields.every((field) => at.has(field));
  const sized = has('both') || has('sent', 'received');
  const decides =
    has('action') && !OF_MANY_TABLES.has(plainName(table.columns[at.get('action') ?? -1] ?? ''));
  if (has('at', 'host') && (has('person') || has('device') || has('deviceName') || has('identity')))
    return decides || has('category') || sized || has('sent') || has('received') || has('times') ? 0.95 : 0.6;
  if (has('at', 'app') && (has('device') || has('deviceName')) && sized && has('action')) return 0.9;
  // A report on sites has one row for each, as one on applications does, and no times.
  const named = at.get('app') ?? (has('at') ? undefined : at.get('host'));
  if (named === undefined) return 0;
  const used = sized || has('sent') || has('received') || has('times') || has('people');
  if (!used) return 0;
  const tools = (table.first ?? table.rows).filter(({ cells }) =>
    isTool(cellText(cells[named]) ?? '', finder),
  );
  // Names with numbers of users or bytes: some gateway's report, which a person has to confirm.
  if (!has('category'))
    return (has('people') || sized || has('sent', 'received')) && tools.length >= 2 ? 0.45 : 0;
  const column = at.get('category') ?? 0;
  const known = (table.first ?? table.rows).some(({ cells }) =>
    finder.isCategory(cellText(cells[column]) ?? ''),
  );
  const discovered = table.columns.some((name) =>
    /^(?:risk )?score$|^risk (?:level|index)$|^sanctioned|^tags?$|last seen|last accessed/i.test(name.trim()),
  );
  return known || discovered ? 0.9 : 0.4;
}

/** Names of types of events of which a security center lists nothing but what it blocked or warned of. */
const ALERT =
  /^(?:ids|ips|intrusion|amp|malware|file (?:scanned|blocked)|threat|content filter|advanced malware)/i;

/** Whether a table lists only security events, such as that of Meraki's security center. */
export function isOfAlerts({ columns, rows, first = rows }: Table): boolean {
  const at = columns.findIndex((column) => /^(?:event )?type$/i.test(column.trim()));
  const types = at < 0 ? [] : first.flatMap(({ cells }) => cellText(cells[at]) ?? []);
  return types.length > 0 && types.every((type) => ALERT.test(type));
}

function isTool(name: string, finder: AiToolFinder): boolean {
  const host = hostOf(name);
  return finder.ofName(name) !== null || (host !== null && finder.ofHost(host) !== null);
}

/** Order of day and month shown by the first rows; null: not shown, or contradictory. */
export function tableOrder(rows: readonly TableRow[], index: number | undefined): DayOrder | null {
  if (index === undefined) return null;
  const orders = new Set(rows.flatMap(({ cells }) => orderShown(cellText(cells[index]) ?? '') ?? []));
  return orders.size === 1 ? ([...orders][0] ?? null) : null;
}

/** Content of a row; null: its time is unreadable. */
export function rowHit(
  { cells }: TableRow,
  { at, isUtc, units }: LogColumns,
  order: DayOrder | null,
): Hit | null {
  const text = (field: LogField): string | null => {
    const index = at.get(field);
    return index === undefined ? null : textOrNull(cellText(cells[index]));
  };
  const day = text('at');
  const clock = text('clock');
  const written = day === null || clock === null || day.includes(':') ? day : `${day} ${clock}`;
  const inUtc = isUtc && written !== null ? readTime(`${written}Z`, order) : null;
  const time = inUtc ?? (written === null ? null : readTime(written, order));
  if (at.has('at') && time === null) return null;
  const action = text('action');
  const person = accountIn(text('person'));
  // FortiGate shows both in one cell: `1.20 kB / 33.40 MB`.
  const [sent = null, received = null] =
    text('both')
      ?.split('/')
      .map((part) => part.trim()) ?? [];
  return {
    at: time,
    target: text('host'),
    app: text('app'),
    category: text('category'),
    ...(person === null ? ofIdentity(text('identity'), text('identityType')) : { person }),
    // The address may be that of the whole office, as a DNS service sees it.
    device: text('deviceName') ?? text('device'),
    ...(text('place') === null ? {} : { place: text('place') }),
    refused: action === null ? null : isRefusal(action),
    ...(at.has('times') ? { times: amount(text('times')) } : at.has('at') ? {} : { times: null }),
    sent: amount(text('sent') ?? sent, units.get('sent')),
    received: amount(text('received') ?? received, units.get('received')),
    people: amount(text('people')),
  };
}

/** The address in `Name <a@b>`, `mailto:a@b` and the like if there is exactly one, otherwise the text. */
function accountIn(text: string | null): string | null {
  const [only, ...more] = addresses(text);
  return only !== undefined && more.length === 0 ? only : text;
}

const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  bytes: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** Converts "12.5 MB" to bytes; a number without a unit is in that of the heading, or in bytes. */
function amount(text: string | null, unitOfHeading = ''): number | null {
  if (text === null) return null;
  const whole = wholeNumber(text);
  if (whole !== null) return Math.round(whole * (ownValue(UNITS, unitOfHeading.toLowerCase()) ?? 1));
  const found = /^(\d{1,12}(?:[.,]\d{1,6})?)\s*([a-z]{1,5})?$/i.exec(text);
  const named = found?.[2] ?? unitOfHeading;
  const unit = named === '' ? 1 : ownValue(UNITS, named.toLowerCase());
  if (found === null || unit === undefined) return null;
  return Math.round(Number((found[1] ?? '').replace(',', '.')) * unit);
}
