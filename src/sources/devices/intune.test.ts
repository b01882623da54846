import { describe, expect, it } from 'vitest';
import { readDeviceFile } from './read.ts';

const graph = (context: string, more: object) =>
  new TextEncoder().encode(
    JSON.stringify({
      '@odata.context': `https://graph.microsoft.com/beta/$metadata#deviceManagement/${context}`,
      ...more,
    }),
  );
const profile = (name: string, value: string) => ({
  '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
  displayName: name,
  omaSettings: [
    {
      '@odata.type': '#microsoft.graph.omaSettingString',
      omaUri: './Device/Vendor/MSFT/Policy/Config/Claude~Policy~Claude/isLocalDevMcpEnabled',
      value,
    },
  ],
});

describe('answers of Intune by Graph', () => {
  it('are read as a list of profiles, of which others set nothing of Claude', () => {
    const other = { '@odata.type': '#microsoft.graph.windows10GeneralConfiguration', displayName: 'Other' };
    expect(
      readDeviceFile(
        'a.json',
        graph('deviceConfigurations', { value: [other, profile('Claude', '<disabled/>')] }),
      ),
    ).toMatchObject({
      format: 'intune',
      settings: [{ key: 'isLocalDevMcpEnabled', value: 0, hive: 'machine' }],
    });
  });

  it.each([
    [
      'the settings catalog',
      'configurationPolicies',
      { value: [{ id: '1', name: 'Claude', technologies: 'mdm', settingCount: 3 }] },
      /settings catalog/,
    ],
    [
      'the settings of one policy of the catalog',
      "configurationPolicies('1')/settings",
      {
        value: [
          {
            id: '0',
            settingInstance: {
              settingDefinitionId: 'user_vendor_msft_x',
              choiceSettingValue: { value: 'x_1' },
            },
          },
        ],
      },
      /settings catalog/,
    ],
    [
      'administrative templates',
      'groupPolicyConfigurations',
      { value: [{ id: '1', displayName: 'Claude' }] },
      /administrative templates/,
    ],
    [
      'devices',
      'managedDevices',
      { value: [{ id: '1', complianceState: 'compliant' }] },
      /lists devices and their state/,
    ],
    [
      'a page of several',
      'deviceConfigurations',
      { value: [profile('Claude', '<disabled/>')], '@odata.nextLink': 'https://x' },
      /one page of several/,
    ],
    ['an empty list', 'deviceConfigurations', { value: [] }, /sets nothing of Claude/],
    [
      'a list of nonsense',
      'deviceConfigurations',
      { value: [null, 3, [], { omaSettings: [null, 7] }] },
      /sets nothing of Claude/,
    ],
  ])('of %s are refused with what to bring', (_what, context, more, says) => {
    expect(() => readDeviceFile('a.json', graph(context, more))).toThrow(says);
  });
});
