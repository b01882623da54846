import { DESKTOP_POLICY_KEY } from './reg.ts';
import { oneLine, type PlainSetting } from './values.ts';

const APP = 'ClaudeDesktop';
const CATEGORY = 'Claude';
const XML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const xml = (text: string) => oneLine(text).replace(/[&<>"']/g, (one) => XML[one] ?? one);

/**
 * An Intune profile as Microsoft Graph takes it. It brings an administrative template (ADMX) of its own and sets its
 * policies, so that Windows writes the same registry values, with the same types, as the registry file does.
 */
export function intuneProfile(settings: readonly PlainSetting[], name: string, about: string): string {
  const profile = {
    '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
    displayName: oneLine(name),
    description: oneLine(about),
    omaSettings: [
      {
        '@odata.type': '#microsoft.graph.omaSettingString',
        displayName: 'Template of the settings',
        description: 'Has to come before the settings.',
        omaUri: `./Device/Vendor/MSFT/Policy/ConfigOperations/ADMXInstall/${APP}/Policy/${APP}Admx`,
        value: admx(settings),
      },
      ...settings.map(({ key, value }) => ({
        '@odata.type': '#microsoft.graph.omaSettingString',
        displayName: key.label,
        description: key.says,
        omaUri: `./Device/Vendor/MSFT/Policy/Config/${APP}~Policy~${CATEGORY}/${key.key}`,
        value:
          typeof value === 'boolean'
            ? `<${value ? 'enabled' : 'disabled'}/>`
            : `<enabled/><data id="${key.key}" value="${xml(String(value))}"/>`,
      })),
    ],
  };
  return `${JSON.stringify(profile, null, 2)}\n`;
}

/** Texts are named and not given: Windows reads them from a file that an MDM does not bring, and needs none to set values. */
function admx(settings: readonly PlainSetting[]): string {
  const policies = settings.map(({ key, value }) => {
    const head = `    <policy name="${key.key}" class="Machine" displayName="$(string.${key.key})" key="${DESKTOP_POLICY_KEY}"`;
    const common = `      <parentCategory ref="${CATEGORY}" />\n      <supportedOn ref="windows:SUPPORTED_Windows_10_0" />`;
    if (typeof value === 'boolean')
      return `${head} valueName="${key.key}">\n${common}\n      <enabledValue><decimal value="1" /></enabledValue>\n      <disabledValue><decimal value="0" /></disabledValue>\n    </policy>`;
    const element =
      typeof value === 'number'
        ? `<decimal id="${key.key}" valueName="${key.key}" minValue="${key.min ?? 0}" maxValue="${key.max ?? 9999}" />`
        : `<text id="${key.key}" valueName="${key.key}" maxLength="65535" />`;
    return `${head} presentation="$(presentation.${key.key})">\n${common}\n      <elements>${element}</elements>\n    </policy>`;
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<policyDefinitions xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions" revision="1.0" schemaVersion="1.0">',
    '  <policyNamespaces>',
    '    <target prefix="claude" namespace="Bylaw.Policies.ClaudeDesktop" />',
    '    <using prefix="windows" namespace="Microsoft.Policies.Windows" />',
    '  </policyNamespaces>',
    '  <resources minRequiredRevision="1.0" />',
    `  <categories><category name="${CATEGORY}" displayName="$(string.${CATEGORY})" /></categories>`,
    '  <policies>',
    ...policies,
    '  </policies>',
    '</policyDefinitions>',
    '',
  ].join('\n');
}
