import type { ParsedDeviceFile, ParsedSetting } from '#domain/devices/parsed-file.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { DeviceFileError } from './problem.ts';

const POLICY = /\/Policy\/Config\/[^/]+\/(?<name>[A-Za-z0-9_]+)$/i;
const XML: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

type Dict = { readonly [key: string]: unknown };

/** Whether JSON is a Graph response of Intune: a profile, or a list of profiles, device settings or devices. */
export function isIntuneAnswer(value: Dict): boolean {
  if (typeof value['@odata.type'] === 'string' || Array.isArray(value.omaSettings)) return true;
  return /\$metadata#deviceManagement\//.test(String(value['@odata.context'] ?? ''));
}

/**
 * Parses Intune profiles with custom settings (OMA-URI), as returned by Graph: one, or the list of
 * deviceManagement/deviceConfigurations. Profiles of other kinds are rejected with what to provide instead.
 */
export function readIntune(answer: Dict): ParsedDeviceFile {
  const profiles = (Array.isArray(answer.value) ? answer.value : [answer]).filter(
    (one): one is Dict => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
  refuseOthers(answer, profiles);
  const list = profiles.flatMap(({ omaSettings }): readonly unknown[] =>
    Array.isArray(omaSettings) ? omaSettings : [],
  );
  const ours = list.filter(
    (one): one is { omaUri: string; value: unknown } =>
      typeof one === 'object' && one !== null && /claude/i.test(String((one as { omaUri?: unknown }).omaUri)),
  );
  if (ours.some(({ value }) => value === null || value === undefined || value === '****'))
    throw new DeviceFileError(
      'Intune returns the values of this profile hidden. Ask Graph for each with getOmaSettingPlainTextValue, or drop the file that the profile was made from.',
    );
  const settings = ours.flatMap(({ omaUri, value }): ParsedSetting[] => {
    const key = POLICY.exec(omaUri)?.groups?.name;
    return key === undefined || /ADMXInstall/i.test(omaUri)
      ? []
      : [{ key, ...stored(String(value)), hive: /^\.\/User\//i.test(omaUri) ? 'user' : 'machine' }];
  });
  if (settings.length === 0)
    throw new DeviceFileError(
      'The Intune profile sets nothing of Claude: none of its OMA-URI settings is a policy of a template for Claude.',
    );
  return { format: 'intune', product: 'claude_desktop', settings, remarks: [] };
}

function refuseOthers(answer: Dict, profiles: readonly Dict[]): void {
  const context = String(answer['@odata.context'] ?? '');
  const oma =
    'Import the profile with OMA-URI settings (GET /deviceManagement/deviceConfigurations), or the registry file that the settings were made from.';
  if (
    /#deviceManagement\/configurationPolicies\b/.test(context) ||
    profiles.some((one) => 'settingInstance' in one || 'technologies' in one || Array.isArray(one.settings))
  )
    throw new DeviceFileError(
      `This is a policy of the Intune settings catalog. It names its settings by ids of the catalog, which do not say which policy of a template for Claude they are. ${oma}`,
    );
  if (
    /#deviceManagement\/groupPolicyConfigurations\b/.test(context) ||
    profiles.some((one) => 'definitionValues' in one)
  )
    throw new DeviceFileError(
      `This is an Intune profile of administrative templates. Graph returns its settings separately, by ids. ${oma}`,
    );
  if (/#deviceManagement\/managedDevices\b/.test(context) || profiles.some((one) => 'complianceState' in one))
    throw new DeviceFileError(`This lists devices and their state, and no settings of Claude. ${oma}`);
  if (typeof answer['@odata.nextLink'] === 'string')
    throw new DeviceFileError(
      'This is one page of several. Save every page of the list, or the one profile for Claude.',
    );
}

function stored(text: string): Pick<ParsedSetting, 'value' | 'stored'> {
  const data = /<data\b[^<>]*\bvalue="([^"]*)"/i.exec(text)?.[1];
  if (data !== undefined)
    return {
      value: data.replace(/&(amp|lt|gt|quot|apos);/g, (_all, name: string) => ownValue(XML, name) ?? ''),
      stored: 'text',
    };
  if (/<enabled\s*\/>/i.test(text)) return { value: 1, stored: 'dword' };
  if (/<disabled\s*\/>/i.test(text)) return { value: 0, stored: 'dword' };
  return { value: text, stored: 'other' };
}
