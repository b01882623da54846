import type { AlertDevice, AlertFile, SecurityAlertRow } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { instant, isObject, type JsonObject, member, text } from '../exports/kinds/json-values.ts';
import { required } from './directory.ts';
import { objectAt, objectsAt } from './members.ts';
import { addressOf, momentOf } from './protection.ts';

/**
 * Members of an alert that are kept in addition to its evidence. Its description is not, because it can quote content.
 */
const KEPT_FIELDS = [
  'id',
  'severity',
  'status',
  'classification',
  'determination',
  'serviceSource',
  'detectionSource',
  'category',
  'createdDateTime',
  'lastUpdateDateTime',
  'alertWebUrl',
  'assignedTo',
];

/** Members kept per type of evidence: person, file, device, application, host, and whether it was stopped. */
const EVIDENCE: Readonly<Record<string, (one: JsonObject) => JsonObject>> = {
  user: (one) => ({ userAccount: pick(objectIn(one, 'userAccount'), ['userPrincipalName', 'displayName']) }),
  cloudApplication: (one) => pick(one, ['displayName']),
  file: (one) => ({
    ...pick(one, ['detectionStatus']),
    fileDetails: pick(objectIn(one, 'fileDetails'), ['fileName', 'sha256']),
  }),
  device: (one) => pick(one, ['deviceDnsName', 'hostName', 'azureAdDeviceId', 'onboardingStatus']),
  cloudLogonSession: (one) => pick(one, ['deviceName']),
  url: (one) => {
    const host = hostOf(one);
    return host === null ? {} : { url: `https://${host}/` };
  },
};

/** The kept part of an alert: names only, no text written by a person. */
export function keptAlert(alert: JsonObject): JsonObject {
  const evidence = Array.isArray(alert.evidence) ? alert.evidence : [];
  return {
    ...pick(alert, KEPT_FIELDS),
    ...(typeof alert.title === 'string' ? { title: titleOf(alert.title) } : {}),
    evidence: evidence.flatMap((one) => {
      if (!isObject(one)) return [];
      const kept = ownValue(EVIDENCE, typeOf(one));
      return kept === undefined ? [] : [{ ...pick(one, ['@odata.type', 'remediationStatus']), ...kept(one) }];
    }),
  };
}

export function readAlert(item: JsonObject, file: string, row: number): SecurityAlertRow {
  const evidence = objectsAt(item, 'evidence', row);
  const of = (type: string) => evidence.filter((one) => typeOf(one) === type);
  const title = required(item, 'title', 'alert', row);
  return {
    file,
    row,
    id: required(item, 'id', 'alert', row),
    at: momentOf(item, 'createdDateTime', 'alert', row),
    updatedAt: instant(member(item, 'lastUpdateDateTime')),
    title: titleOf(title),
    severity: text(member(item, 'severity')),
    status: text(member(item, 'status')),
    classification: text(member(item, 'classification')),
    source: text(member(item, 'serviceSource')),
    category: text(member(item, 'category')),
    link: text(member(item, 'alertWebUrl')),
    assignedTo: text(member(item, 'assignedTo')),
    people: of('user').flatMap((one) => {
      const account = objectAt(one, 'userAccount', row);
      return addressOf(account) ?? text(member(account, 'displayName')) ?? [];
    }),
    apps: of('cloudApplication').flatMap((one) => text(member(one, 'displayName')) ?? []),
    hosts: hostsOf(of('url')),
    stoppedHosts: hostsOf(of('url').filter(isStopped)),
    files: filesOf(of('file'), title, row),
    devices: devicesOf(of('device'), of('cloudLogonSession')),
    policies: policiesOf(title),
    stopped: evidence.some(isStopped) ? true : evidence.some(isSeenOnly) ? false : null,
  };
}

/** Microsoft's wording: "DLP policy (Member data) matched for document (members.xlsx) in a device". */
const DLP_TITLE =
  /^DLP policy \((?<policy>.+?)\) matched for (?<what>document|email with subject) \((?<name>.*)\)/su;

/** Removes the subject of a mail, which a person wrote, from the title. */
function titleOf(title: string): string {
  return title.replace(/\b(e-?mail with subject) \(.*\)/su, '$1 (not kept)');
}

function policiesOf(title: string): string[] {
  const policy = DLP_TITLE.exec(title)?.groups?.policy;
  return policy === undefined ? [] : [policy];
}

/** Files in the evidence, otherwise the one named in the title of a DLP alert. */
function filesOf(evidence: readonly JsonObject[], title: string, row: number): AlertFile[] {
  const files = new Map<string, AlertFile>();
  for (const one of evidence) {
    const details = objectAt(one, 'fileDetails', row);
    const name = text(member(details, 'fileName'));
    const sha256 = sha256Of(text(member(details, 'sha256')));
    if (name !== null || sha256 !== null) files.set(`${name} ${sha256}`, { name, sha256 });
  }
  if (files.size > 0) return [...files.values()];
  const { what, name } = DLP_TITLE.exec(title)?.groups ?? {};
  return what === 'document' && name !== undefined && name !== '' ? [{ name, sha256: null }] : [];
}

function devicesOf(devices: readonly JsonObject[], sessions: readonly JsonObject[]): AlertDevice[] {
  const found = new Map<string, AlertDevice>();
  for (const one of devices) {
    const name = text(member(one, 'deviceDnsName')) ?? text(member(one, 'hostName'));
    const id = text(member(one, 'azureAdDeviceId'))?.toLowerCase() ?? null;
    // Microsoft uses all zeros for a device unknown to Entra.
    const entraId = id === null || /^[0-]+$/u.test(id) ? null : id;
    const onboarding = text(member(one, 'onboardingStatus'))?.toLowerCase();
    const onboarded =
      onboarding === 'onboarded'
        ? true
        : onboarding === 'canbeonboarded' || onboarding === 'unsupported'
          ? false
          : null;
    if (name !== null || entraId !== null)
      found.set(`${name?.toLowerCase()} ${entraId}`, { name, entraId, onboarded });
  }
  const named = new Set([...found.values()].map(({ name }) => name?.toLowerCase()));
  for (const one of sessions) {
    const name = text(member(one, 'deviceName'));
    if (name === null || named.has(name.toLowerCase())) continue;
    named.add(name.toLowerCase());
    found.set(`${name.toLowerCase()} null`, { name, entraId: null, onboarded: null });
  }
  return [...found.values()];
}

/** prevented, blocked: stopped by Defender. remediated means cleaned up afterward, so it does not count. */
function isStopped(one: JsonObject): boolean {
  return [member(one, 'remediationStatus'), member(one, 'detectionStatus')].some((value) =>
    /^(?:prevented|blocked)$/iu.test(text(value) ?? ''),
  );
}

/** detected: found, but not blocked (Microsoft Graph, detectionStatus, 2026-11). */
function isSeenOnly(one: JsonObject): boolean {
  return /^detected$/iu.test(text(member(one, 'detectionStatus')) ?? '');
}

/** `#microsoft.graph.security.fileEvidence` becomes `file`; '': an unknown type of evidence. */
function typeOf(one: JsonObject): string {
  const [, type = ''] = /\.(\w+)Evidence$/iu.exec(String(one['@odata.type'] ?? '')) ?? [];
  return TYPES.get(type.toLowerCase()) ?? '';
}
const TYPES = new Map(Object.keys(EVIDENCE).map((type) => [type.toLowerCase(), type]));

const hostsOf = (addresses: readonly JsonObject[]) => [
  ...new Set(addresses.flatMap((one) => hostOf(one) ?? [])),
];

/** The host only, because a path can identify a conversation. */
function hostOf(one: JsonObject): string | null {
  const url = text(member(one, 'url'));
  if (url === null) return null;
  const parsed = URL.parse(/^[a-z][a-z0-9+.-]*:/iu.test(url) ? url : `https://${url}`);
  return parsed === null || parsed.hostname === '' ? null : parsed.hostname.toLowerCase();
}

function sha256Of(value: string | null): string | null {
  return value !== null && /^[0-9a-f]{64}$/iu.test(value) ? value.toLowerCase() : null;
}

function objectIn(one: JsonObject, key: string): JsonObject {
  const value = member(one, key);
  return isObject(value) ? value : {};
}

function pick(one: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.filter((key) => key in one).map((key) => [key, one[key]]));
}
// Guide: G5.3-04 G7.2-09
