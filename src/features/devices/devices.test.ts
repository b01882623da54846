import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'plist';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CHARTER, devicesOfAGuild, ORGANIZATION } from './testing/guild.ts';

/** Device lockdown over HTTP: the settings that a charter results in, and whether devices accept the files. */
const guild = devicesOfAGuild();
const { draftOf, file, show } = guild;

describe('what the charter asks of devices', () => {
  it('is shown with its clause and source, and with what no setting can do', async () => {
    const [desktop, code] = (await show()).products;
    expect(desktop.id).toBe('claude_desktop');
    const local = desktop.keys.find(({ key }: { key: string }) => key === 'isLocalDevMcpEnabled');
    expect(local).toMatchObject({
      state: 'set',
      value: 'false',
      clause: { path: 'localMcpAllowed', answer: 'no' },
      sources: [{ url: 'https://support.claude.com/en/articles/12622667', read: '2026-08-22' }],
    });
    const beyond = desktop.beyond.map(({ by, clause }: { by: string; clause: { path: string } }) => [
      by,
      clause.path,
    ]);
    expect(beyond).toContainEqual(['claude', 'connectors']);
    expect(beyond).toContainEqual(['policy', 'desktopOrgLock']);
    const mcp = code.files.find(({ id }: { id: string }) => id === 'code_mcp');
    expect(mcp.lacks).toEqual([]);
    expect(mcp.notes[0]).toMatch(/^Old server: the charter gives no address/);
    expect((await show()).telemetry).toMatch(
      /^Telemetry stays off in the files until the charter says where it goes/,
    );
  });

  it('asks for the organization instead of inventing it, and makes no file that does not lock', async () => {
    const without = await draftOf(CHARTER.replace(/claudeOrganization.*/, ''));
    const shown = await show(`?draft=${without}`);
    expect(shown.organization).toMatchObject({ value: null, from: null });
    expect(shown.organization.question).toMatch(/^Give the ID of the Claude organization/);
    const refused = await file('desktop_reg', `?draft=${without}`);
    expect(refused.status).toBe(422);
    expect(refused.body.message).toMatch(/cannot be made.*Give the ID/);
    const asked = `?draft=${without}&organization=${ORGANIZATION.toUpperCase()}`;
    expect((await file('code_settings', asked)).body.forceLoginOrgUUID).toBe(ORGANIZATION);
    expect((await file('desktop_reg', `?draft=${without}&organization=rowan`)).status).toBe(400);
    const other = await file(
      'desktop_reg',
      `?draft=${guild.draft}&organization=${ORGANIZATION.replace('7c', '8d')}`,
    );
    expect(other.body.message).toMatch(/^The charter states the organization/);
  });

  it('sets how updates come, as the charter decides', async () => {
    const lines = async (charter: string) => {
      const draft = await draftOf(charter);
      const reg = text16((await file('desktop_reg', `?draft=${draft}`)).bytes);
      return (reg.match(/^".*$/gm) ?? []).toSorted();
    };
    expect(await lines('desktopUpdates: { automatic: true, withinHours: 24 }')).toEqual([
      '"autoUpdaterEnforcementHours"=dword:00000018',
      '"disableAutoUpdates"=dword:00000000',
    ]);
    expect(await lines('desktopUpdates: { automatic: false }')).toEqual([
      '"disableAutoUpdates"=dword:00000001',
    ]);
  });

  it('sets nothing that the charter does not mention', async () => {
    const silent = await draftOf('localMcpAllowed: true');
    const settings = await file('code_settings', `?draft=${silent}`);
    expect(settings.status).toBe(422);
    const reg = text16((await file('desktop_reg', `?draft=${silent}`)).bytes);
    expect(reg.match(/^".*$/gm)).toEqual(['"isLocalDevMcpEnabled"=dword:00000001']);
    // Server names come from a file that is not generated here, so rules that match names would protect nothing.
    const named = await draftOf(CHARTER.replace('localMcpAllowed: false', 'localMcpAllowed: true'));
    expect((await file('code_settings', `?draft=${named}`)).body.permissions).toEqual({
      disableBypassPermissionsMode: 'disable',
      disableAutoMode: 'disable',
    });
    const mcp = await file('code_mcp', `?draft=${silent}`);
    expect(mcp.body.message).toMatch(/would keep them out/);
    expect((await guild.technician.call('GET', `/clients/${guild.slug}/devices`)).body.products).toEqual([]);
    expect((await file('desktop_reg', '')).body.message).toMatch(/no charter in force/);
  });
});

const text16 = (bytes: Uint8Array) => new TextDecoder('utf-16le').decode(bytes);

describe('the files', () => {
  it('for the registry are UTF-16 with a mark, Windows line ends and the documented types', async () => {
    const { bytes } = await file('desktop_reg');
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    const text = text16(bytes);
    expect(text.split('\r\n')).toEqual([
      'Windows Registry Editor Version 5.00',
      '',
      '; Rowan Guild "of" <Trees>: Draft “Charter from YAML”, not in force',
      '; Made by Bylaw on Nov 24, 2026',
      '',
      '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Claude]',
      `"forceLoginOrgUUID"="${ORGANIZATION}"`,
      '"isDesktopExtensionEnabled"=dword:00000000',
      '"isDesktopExtensionDirectoryEnabled"=dword:00000000',
      '"isLocalDevMcpEnabled"=dword:00000000',
      '"secureVmFeaturesEnabled"=dword:00000000',
      '"otlpContentCapture"="[]"',
      '',
      '',
    ]);
  });

  it('for Macs are a profile that property list tools read, the same each time', async () => {
    const { bytes } = await file('desktop_mobileconfig');
    const profile = parse(bytes.toString('utf8')) as { PayloadContent: Record<string, unknown>[] };
    expect(profile).toMatchObject({
      PayloadType: 'Configuration',
      PayloadScope: 'System',
      PayloadVersion: 1,
      PayloadOrganization: 'Rowan Guild "of" <Trees>',
      PayloadContent: [
        {
          PayloadType: 'com.anthropic.claudefordesktop',
          PayloadVersion: 1,
          forceLoginOrgUUID: ORGANIZATION,
          isLocalDevMcpEnabled: false,
          otlpContentCapture: '[]',
        },
      ],
    });
    expect(profile.PayloadContent[0]?.PayloadUUID).toMatch(
      /^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/,
    );
    expect((await file('desktop_mobileconfig')).bytes.equals(bytes)).toBe(true);
    const python = [
      '-c',
      'import sys,plistlib;print(plistlib.loads(sys.stdin.buffer.read())["PayloadContent"][0]["isLocalDevMcpEnabled"])',
    ];
    if (hasPython())
      expect(execFileSync('python3', python, { input: bytes }).toString().trim()).toBe('False');
  });

  it('are said to reach the computers by what licenses and profile state, and unknown stays unknown', async () => {
    const shown = async (profile: object) => {
      const { slug } = await guild.bylaw.client('A Guild of Devices', profile);
      return (await guild.bylaw.owner.call('GET', `/clients/${slug}/devices`)).body.delivery;
    };
    const basic = { m365: 'business_basic_standard' };
    expect(await shown({ m365: 'e3' })).toMatchObject({
      has: 'yes',
      words: expect.stringContaining('Whether it is used is not stated'),
      isStated: false,
    });
    expect(await shown({ ...basic, deviceManagement: 'workspace one' })).toMatchObject({
      has: 'yes',
      isStated: true,
    });
    expect(await shown({ ...basic, deviceManagement: 'none' })).toMatchObject({ has: 'no' });
    expect(await shown(basic)).toMatchObject({ has: 'unknown' });
  });

  it('for Intune bring a template whose policies write the values of the registry file', async () => {
    const profile = (await file('desktop_intune')).body;
    expect(profile['@odata.type']).toBe('#microsoft.graph.windows10CustomConfiguration');
    const [template, ...policies] = profile.omaSettings;
    expect(template.omaUri).toMatch(/\/ADMXInstall\/ClaudeDesktop\/Policy\/ClaudeDesktopAdmx$/);
    const names = [
      ...template.value.matchAll(
        /<policy name="(\w+)" class="Machine"[^>]*key="SOFTWARE\\Policies\\Claude"/g,
      ),
    ];
    expect(
      policies.map(({ omaUri, value }: { omaUri: string; value: string }) => [
        omaUri.split('/').at(-1),
        value,
      ]),
    ).toEqual([
      ['forceLoginOrgUUID', `<enabled/><data id="forceLoginOrgUUID" value="${ORGANIZATION}"/>`],
      ['isDesktopExtensionEnabled', '<disabled/>'],
      ['isDesktopExtensionDirectoryEnabled', '<disabled/>'],
      ['isLocalDevMcpEnabled', '<disabled/>'],
      ['secureVmFeaturesEnabled', '<disabled/>'],
      ['otlpContentCapture', '<enabled/><data id="otlpContentCapture" value="[]"/>'],
    ]);
    expect(names.map(([, name]) => name)).toHaveLength(6);
    // Windows refuses a malformed template, so every tag must be closed.
    expect((template.value.match(/<policy /g) ?? []).length).toBe(
      (template.value.match(/<\/policy>/g) ?? []).length,
    );
  });

  it('for Claude Code fit its published schema, and hold the tools of the charter’s own servers', async () => {
    const settings = (await file('code_settings')).body;
    const schema = JSON.parse(
      readFileSync(new URL('./testing/claude-code-settings.schema.json', import.meta.url), 'utf8'),
    );
    expect(z.fromJSONSchema(schema).parse(settings)).toEqual(settings);
    expect(settings).toMatchObject({
      forceLoginMethod: 'claudeai',
      forceLoginOrgUUID: ORGANIZATION,
      allowedMcpServers: [{ serverUrl: 'https://ams.example.org/mcp' }],
      allowManagedMcpServersOnly: true,
      permissions: {
        deny: ['mcp__iMIS-live-server__delete_member'],
        ask: ['mcp__iMIS-live-server', 'mcp__iMIS-live-server__list_events'],
        disableBypassPermissionsMode: 'disable',
        disableAutoMode: 'disable',
      },
      cleanupPeriodDays: 180,
    });
    expect(settings.env).toBeUndefined();
    expect((await file('code_mcp')).body).toEqual({
      mcpServers: { 'iMIS-live-server': { type: 'http', url: 'https://ams.example.org/mcp' } },
    });
  });
});

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
// Guide: G1.1-12 G1.1-13
