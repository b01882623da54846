import type { FoundSetting, ReadDeviceFile } from '#domain/devices/found.ts';
import { DeviceFileError } from './problem.ts';

const POLICY = /\/Policy\/Config\/[^/]+\/(?<name>[A-Za-z0-9_]+)$/i;
const XML: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** An Intune profile of the kind that brings its own template, as Graph gives it back. */
export function readIntune(profile: { readonly [key: string]: unknown }): ReadDeviceFile {
  const list = Array.isArray(profile.omaSettings) ? profile.omaSettings : [];
  const ours = list.filter(
    (one): one is { omaUri: string; value: unknown } =>
      typeof one === 'object' && one !== null && /claude/i.test(String((one as { omaUri?: unknown }).omaUri)),
  );
  if (ours.some(({ value }) => value === null || value === undefined || value === '****'))
    throw new DeviceFileError(
      'Intune gives the values of this profile back hidden. Ask Graph for each with getOmaSettingPlainTextValue, or drop the file that the profile was made from.',
    );
  const settings = ours.flatMap(({ omaUri, value }): FoundSetting[] => {
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

function stored(text: string): Pick<FoundSetting, 'value' | 'stored'> {
  const data = /<data\b[^<>]*\bvalue="([^"]*)"/i.exec(text)?.[1];
  if (data !== undefined)
    return {
      value: data.replace(/&(amp|lt|gt|quot|apos);/g, (_all, name: string) => XML[name] ?? ''),
      stored: 'text',
    };
  if (/<enabled\s*\/>/i.test(text)) return { value: 1, stored: 'dword' };
  if (/<disabled\s*\/>/i.test(text)) return { value: 0, stored: 'dword' };
  return { value: text, stored: 'other' };
}
