import { ownValue } from '#domain/model/own-value.ts';
import { oneLine } from './one-line.ts';
import type { PolicySetting } from './reg.ts';

/** The program whose registry values are set. */
export interface PolicyProgram {
  /** Its name in the profile's paths, without spaces. */
  readonly app: string;
  readonly category: string;
  /** Below HKEY_LOCAL_MACHINE. */
  readonly key: string;
}

const XML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const xml = (text: string) => oneLine(text).replace(/[&<>"']/g, (one) => ownValue(XML, one) ?? one);

/**
 * An Intune profile in the format of Microsoft Graph. It includes an administrative template (ADMX) and sets its
 * policies, so that Windows writes the same registry values, with the same types, as the registry file does.
 */
export function intuneProfile(
  program: PolicyProgram,
  settings: readonly PolicySetting[],
  { name, about }: { readonly name: string; readonly about: string },
): string {
  const { app, category } = program;
  const profile = {
    '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
    displayName: oneLine(name),
    description: oneLine(about),
    omaSettings: [
      {
        '@odata.type': '#microsoft.graph.omaSettingString',
        displayName: 'Template of the settings',
        description: 'Has to come before the settings.',
        omaUri: `./Device/Vendor/MSFT/Policy/ConfigOperations/ADMXInstall/${app}/Policy/${app}Admx`,
        value: admx(program, settings),
      },
      ...settings.map(({ name: setting, label, says, value }) => ({
        '@odata.type': '#microsoft.graph.omaSettingString',
        displayName: label,
        description: says,
        omaUri: `./Device/Vendor/MSFT/Policy/Config/${app}~Policy~${category}/${setting}`,
        value:
          typeof value === 'boolean'
            ? `<${value ? 'enabled' : 'disabled'}/>`
            : `<enabled/><data id="${setting}" value="${xml(String(value))}"/>`,
      })),
    ],
  };
  return `${JSON.stringify(profile, null, 2)}\n`;
}

/**
 * Text ids without text: Windows reads texts from a file that MDM cannot deliver, and does not need them to set
 * values.
 */
function admx({ app, category, key }: PolicyProgram, settings: readonly PolicySetting[]): string {
  const policies = settings.map(({ name, value, min, max }) => {
    const head = `    <policy name="${name}" class="Machine" displayName="$(string.${name})" key="${key}"`;
    const common = `      <parentCategory ref="${category}" />\n      <supportedOn ref="windows:SUPPORTED_Windows_10_0" />`;
    if (typeof value === 'boolean')
      return `${head} valueName="${name}">\n${common}\n      <enabledValue><decimal value="1" /></enabledValue>\n      <disabledValue><decimal value="0" /></disabledValue>\n    </policy>`;
    const element =
      typeof value === 'number'
        ? `<decimal id="${name}" valueName="${name}" minValue="${min ?? 0}" maxValue="${max ?? 9999}" />`
        : `<text id="${name}" valueName="${name}" maxLength="65535" />`;
    return `${head} presentation="$(presentation.${name})">\n${common}\n      <elements>${element}</elements>\n    </policy>`;
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<policyDefinitions xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions" revision="1.0" schemaVersion="1.0">',
    '  <policyNamespaces>',
    `    <target prefix="claude" namespace="Bylaw.Policies.${app}" />`,
    '    <using prefix="windows" namespace="Microsoft.Policies.Windows" />',
    '  </policyNamespaces>',
    '  <resources minRequiredRevision="1.0" />',
    `  <categories><category name="${category}" displayName="$(string.${category})" /></categories>`,
    '  <policies>',
    ...policies,
    '  </policies>',
    '</policyDefinitions>',
    '',
  ].join('\n');
}
