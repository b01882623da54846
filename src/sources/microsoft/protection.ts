import type {
  AuthMethodsRow,
  CloudAppEventRow,
  CompliancePolicyRow,
  EntraDomainRow,
  ManagedDeviceRow,
  PremiumUseRow,
  RiskDetectionRow,
  RiskyUserRow,
} from '#domain/model/kinds.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import {
  flag,
  instant,
  isObject,
  type JsonObject,
  member,
  numberOf,
  text,
} from '../exports/kinds/json-values.ts';
import { required } from './directory.ts';
import { objectAt, stringsAt } from './members.ts';

/** Readers for responses of Intune, Identity Protection and Defender, and related ones of Entra. */

/** Sign-in name of an entry, in lowercase; null: none. */
export const addressOf = (item: JsonObject, key = 'userPrincipalName') =>
  text(member(item, key))?.toLowerCase() ?? null;

/** @throws ImportProblem if it is not an instant */
export function momentOf(item: JsonObject, key: string, what: string, row: number): string {
  const at = instant(member(item, key));
  if (!at)
    throw new ImportProblem(`The ${what} has no time of the form 2026-11-24T15:00:00Z.`, {
      row,
      column: key,
    });
  return at;
}

export function readManagedDevice(item: JsonObject, file: string, row: number): ManagedDeviceRow {
  return {
    file,
    row,
    id: required(item, 'id', 'device', row),
    name: text(member(item, 'deviceName')),
    // Intune returns an empty string for a device without a person.
    upn: addressOf(item),
    os: text(member(item, 'operatingSystem')),
    compliance: text(member(item, 'complianceState')),
    lastSync: instant(member(item, 'lastSyncDateTime')),
    owner: text(member(item, 'managedDeviceOwnerType')),
    ...entraIdOf(item),
  };
}

/** Intune returns all zeros for a device unknown to Entra. */
function entraIdOf(item: JsonObject): Pick<ManagedDeviceRow, 'entraId'> {
  const id = text(member(item, 'azureADDeviceId'));
  return id === null || /^[0-]+$/.test(id) ? {} : { entraId: id };
}

export function readRiskyUser(item: JsonObject, file: string, row: number): RiskyUserRow {
  return {
    file,
    row,
    id: text(member(item, 'id')),
    upn: addressOf(item),
    name: text(member(item, 'userDisplayName')),
    level: text(member(item, 'riskLevel')),
    state: text(member(item, 'riskState')),
    detail: text(member(item, 'riskDetail')),
    updatedAt: instant(member(item, 'riskLastUpdatedDateTime')),
  };
}

export function readRiskDetection(item: JsonObject, file: string, row: number): RiskDetectionRow {
  return {
    file,
    row,
    id: text(member(item, 'id')),
    at: momentOf(item, 'detectedDateTime', 'risk detection', row),
    upn: addressOf(item),
    type: required(item, 'riskEventType', 'risk detection', row),
    level: text(member(item, 'riskLevel')),
    state: text(member(item, 'riskState')),
    detail: text(member(item, 'riskDetail')),
    ip: text(member(item, 'ipAddress')),
  };
}

export function readAuthMethods(item: JsonObject, file: string, row: number): AuthMethodsRow {
  if (!Array.isArray(member(item, 'methodsRegistered')))
    throw new ImportProblem('The entry does not list registered methods.', {
      row,
      column: 'methodsRegistered',
    });
  return {
    file,
    row,
    id: text(member(item, 'id')),
    upn: addressOf(item),
    methods: stringsAt(item, 'methodsRegistered', row),
  };
}

export function readDomain(item: JsonObject, file: string, row: number): EntraDomainRow {
  return {
    file,
    row,
    name: required(item, 'id', 'domain', row).toLowerCase(),
    verified: flag(member(item, 'isVerified')),
    isDefault: flag(member(item, 'isDefault')),
    authentication: text(member(item, 'authenticationType')),
  };
}

export function readPremiumUse(item: JsonObject, file: string, row: number): PremiumUseRow {
  const used = (key: string) =>
    Object.entries(objectAt(item, key, row)).flatMap(([feature, value]) => {
      const people = isObject(value) ? numberOf(member(value, 'userCount')) : null;
      return people === null ? [] : [{ feature, people }];
    });
  return {
    file,
    row,
    p1Owned: numberOf(member(item, 'entitledP1LicenseCount')),
    p2Owned: numberOf(member(item, 'entitledP2LicenseCount')),
    p1Used: used('p1FeatureUtilizations'),
    p2Used: used('p2FeatureUtilizations'),
  };
}

/** A row of the table CloudAppEvents in advanced hunting, without the object of the event. */
export function readCloudAppEvent(item: JsonObject, file: string, row: number): CloudAppEventRow {
  return {
    file,
    row,
    id: text(member(item, 'reportId')),
    at: momentOf(item, 'timestamp', 'event', row),
    action: required(item, 'actionType', 'event', row),
    activity: text(member(item, 'activityType')),
    app: text(member(item, 'application')),
    personId: text(member(item, 'accountObjectId'))?.toLowerCase() ?? null,
    person: text(member(item, 'accountDisplayName')),
    ip: text(member(item, 'ipAddress')) ?? text(member(item, 'iPAddress')),
    device: text(member(item, 'deviceType')),
    os: text(member(item, 'osPlatform')) ?? text(member(item, 'oSPlatform')),
    source: text(member(item, 'auditSource')),
    oauthApp: text(member(item, 'oauthAppId')) ?? text(member(item, 'oAuthAppId')),
  };
}

export function readCompliancePolicy(item: JsonObject, file: string, row: number): CompliancePolicyRow {
  const [, platform = null] =
    /([A-Za-z0-9]+?)CompliancePolicy$/i.exec(text(member(item, '@odata.type')) ?? '') ?? [];
  return {
    file,
    row,
    id: required(item, 'id', 'compliance policy', row),
    name: required(item, 'displayName', 'compliance policy', row),
    platform,
    changedAt: instant(member(item, 'lastModifiedDateTime')),
  };
}
// Guide: G1.2-06 G5.4-00 G6.3-01 G6.5-01 G6.6-02
