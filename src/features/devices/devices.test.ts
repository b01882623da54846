import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { build, parse } from 'plist';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';

/** Device lock-down over HTTP: what the charter comes to, whether the files are what devices take, and what a look finds. */
const ORGANIZATION = '7c1f3b60-58a2-4f0e-9a53-2f6d2f0c7e11';
const CHARTER = `
claudeOrganization: ${ORGANIZATION}
desktopOrgLock: true
desktopExtensions: []
localMcpAllowed: false
cowork: { enabled: false, runInCloud: false, automaticApproval: false, alwaysAllow: false }
contentAccess: { allowed: false }
chatRetentionDays: 180
connectors:
  - name: iMIS "live" server
    kind: custom
    url: https://ams.example.org/mcp
    actions: { read_members: allow, list_events: ask, delete_member: blocked, "*": blocked }
  - name: Old server
    kind: custom
    actions: { "*": blocked }
  - name: Asana
    actions: { Read tasks: allow, "*": blocked }
`;

let bylaw: TestConsole;
let technician: TestPerson;
let slug: string;
let draft: string;

beforeAll(async () => {
  bylaw = await testConsole();
  const client = await bylaw.client('Rowan Guild\n"of" <Trees>');
  slug = client.slug;
  technician = await bylaw.person('technician', client.id);
  draft = await draftOf(CHARTER);
}, 120_000);
afterAll(() => bylaw.close());

async function draftOf(text: string): Promise<string> {
  const made = await technician.call('POST', `/clients/${slug}/charter/yaml`, {
    text,
    reason: 'For the test',
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body.draft;
}
const show = async (query = `?draft=${draft}`) =>
  (await technician.call('GET', `/clients/${slug}/devices${query}`)).body;
const file = (id: string, query = `?draft=${draft}`) =>
  technician.call('GET', `/clients/${slug}/devices/files/${id}${query}`);
const lint = (name: string, content: string | Uint8Array, query = `&draft=${draft}`) =>
  bylaw.inject({
    method: 'PUT',
    url: `/api/v1/clients/${slug}/devices/lint?name=${encodeURIComponent(name)}${query}`,
    headers: {
      cookie: technician.cookie,
      origin: bylaw.services.config.origin,
      'content-type': 'application/octet-stream',
    },
    payload: Buffer.from(content),
  });
interface Finding {
  readonly level: string;
  readonly key: string | null;
  readonly says: string;
}
const found = (body: { findings: Finding[] }, level: string) =>
  body.findings.filter((one) => one.level === level).map(({ key }) => key);

describe('what the charter asks of devices', () => {
  it('is shown with its clause and source, and what no setting can do beside it', async () => {
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
    expect((await show()).telemetry).toMatch(/does not take in telemetry yet/);
  });

  it('asks for the organization instead of inventing it, and makes no file that does not lock', async () => {
    const without = await draftOf(CHARTER.replace(/claudeOrganization.*/, ''));
    const shown = await show(`?draft=${without}`);
    expect(shown.organization).toMatchObject({ value: null, from: null });
    expect(shown.organization.question).toMatch(/^Give the id of the Claude organization/);
    const refused = await file('desktop_reg', `?draft=${without}`);
    expect(refused.status).toBe(422);
    expect(refused.body.message).toMatch(/cannot be made.*Give the id/);
    const asked = `?draft=${without}&organization=${ORGANIZATION.toUpperCase()}`;
    expect((await file('code_settings', asked)).body.forceLoginOrgUUID).toBe(ORGANIZATION);
    expect((await file('desktop_reg', `?draft=${without}&organization=rowan`)).status).toBe(400);
    const other = await file(
      'desktop_reg',
      `?draft=${draft}&organization=${ORGANIZATION.replace('7c', '8d')}`,
    );
    expect(other.body.message).toMatch(/^The charter states the organization/);
  });

  it('sets nothing that the charter does not speak of', async () => {
    const silent = await draftOf('localMcpAllowed: true');
    const settings = await file('code_settings', `?draft=${silent}`);
    expect(settings.status).toBe(422);
    const reg = text16((await file('desktop_reg', `?draft=${silent}`)).bytes);
    expect(reg.match(/^".*$/gm)).toEqual(['"isLocalDevMcpEnabled"=dword:00000001']);
    // Names of servers are fixed by a file that is not made here, so rules that go by them would hold nothing.
    const named = await draftOf(CHARTER.replace('localMcpAllowed: false', 'localMcpAllowed: true'));
    expect((await file('code_settings', `?draft=${named}`)).body.permissions).toEqual({
      disableBypassPermissionsMode: 'disable',
      disableAutoMode: 'disable',
    });
    const mcp = await file('code_mcp', `?draft=${silent}`);
    expect(mcp.body.message).toMatch(/would keep them out/);
    expect((await technician.call('GET', `/clients/${slug}/devices`)).body.products).toEqual([]);
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
      '; Made by Bylaw on 24 Nov 2026',
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

  it('are said to reach the computers by what licences and profile state, and unknown stays unknown', async () => {
    const shown = async (profile: object) => {
      const { slug } = await bylaw.client('A Guild of Devices', profile);
      return (await bylaw.owner.call('GET', `/clients/${slug}/devices`)).body.delivery;
    };
    const basic = { m365: 'business_basic_standard' };
    expect(await shown({ m365: 'e3' })).toMatchObject({
      has: 'yes',
      words: expect.stringContaining('Whether it is used is not stated'),
    });
    expect(await shown({ ...basic, deviceManagement: 'workspace one' })).toMatchObject({ has: 'yes' });
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
    // As a property list tool would refuse it, so would Windows: every mark is closed.
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

describe('a look through a file', () => {
  it('finds nothing to change in what was made, whatever its form', async () => {
    for (const id of ['desktop_reg', 'desktop_mobileconfig', 'desktop_intune', 'code_settings', 'code_mcp']) {
      const made = await file(id);
      const name = /filename="([^"]+)"/.exec(String(made.headers['content-disposition']))?.[1] ?? '';
      const { status, body } = await lint(name, made.bytes);
      expect(status, id).toBe(200);
      expect(
        body.findings.filter(({ level }: Finding) => level !== 'note'),
        id,
      ).toEqual([]);
      expect(body.holds.length, id).toBeGreaterThan(0);
    }
  });

  it('finds old names, settings that look like controls and are none, and departures from the charter', async () => {
    const reg = `\uFEFFWindows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Claude]\r\n"isDxtEnabled"=dword:00000001\r\n"islocaldevmcpenabled"="yes"\r\n"deploymentOrganizationUuid"="${ORGANIZATION}"\r\n"allowedFolders"="x"\r\n\r\n[HKEY_CURRENT_USER\\SOFTWARE\\Policies\\Claude]\r\n"secureVmFeaturesEnabled"=dword:00000000\r\n`;
    const { body } = await lint('claude.reg', Buffer.from(reg, 'utf16le'));
    expect(found(body, 'retired')).toEqual(['isDxtEnabled']);
    expect(found(body, 'form')).toEqual(['islocaldevmcpenabled']);
    expect(found(body, 'fault')).toEqual(['deploymentOrganizationUuid']);
    expect(found(body, 'unknown')).toEqual(['allowedFolders']);
    expect(found(body, 'weak')).toEqual(expect.arrayContaining(['isDxtEnabled', 'secureVmFeaturesEnabled']));
    expect(found(body, 'departs')).toEqual([
      'forceLoginOrgUUID',
      'isDxtEnabled',
      'isDesktopExtensionDirectoryEnabled',
      'isLocalDevMcpEnabled',
      'secureVmFeaturesEnabled',
      'otlpContentCapture',
    ]);
    expect(body.holds).toEqual([]);
  });

  it('knows how the settings of Claude Code are got round', async () => {
    const { body } = await lint(
      'managed-settings.json',
      JSON.stringify({
        forceLoginOrgUUID: [ORGANIZATION],
        allowedMcpServers: [{ serverName: 'ams' }],
        disableSideloadFlags: true,
        cleanupPeriodDays: 0,
        model: 'opus',
        env: {
          OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel.example.org:4318',
          OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer 0123456789abcdef',
          OTEL_LOG_USER_PROMPTS: '1',
        },
      }),
    );
    const says = (key: string) =>
      body.findings
        .filter((one: Finding) => one.key === key)
        .map((one: Finding) => one.says)
        .join(' ');
    expect(says('allowedMcpServers')).toMatch(/goes by names.*People can add entries/s);
    expect(says('cleanupPeriodDays')).toMatch(/whole number from 1/);
    expect(says('env.OTEL_EXPORTER_OTLP_ENDPOINT')).toMatch(/not switched on.*no default.*not encrypted/s);
    expect(found(body, 'weak')).toEqual(
      expect.arrayContaining(['env.OTEL_EXPORTER_OTLP_HEADERS', 'env.OTEL_LOG_USER_PROMPTS']),
    );
    expect(found(body, 'unknown')).toEqual([]);
    expect(body.holds).toEqual(['forceLoginOrgUUID']);
    expect(JSON.stringify(body)).not.toContain('0123456789abcdef');
  });

  it('tells what of a person’s own file has no effect, and what a server file gives away', async () => {
    const own = await lint('settings.json', JSON.stringify({ allowManagedMcpServersOnly: true }));
    expect(found(own.body, 'fault')).toContain('allowManagedMcpServersOnly');
    expect(found(own.body, 'weak')).toContain(null);
    expect(own.body.holds).toEqual([]);
    const servers = await lint(
      'managed-mcp.json',
      JSON.stringify({
        mcpServers: {
          ams: {
            type: 'http',
            url: 'https://ams.example.org/mcp',
            headers: { Authorization: 'Bearer abcdefghijkl' },
          },
          files: { command: 'npx', args: ['server'] },
          other: { type: 'http', url: 'http://elsewhere.example/mcp' },
        },
      }),
    );
    expect(found(servers.body, 'departs')).toEqual(['files', 'other']);
    expect(found(servers.body, 'fault')).toEqual(['ams']);
    expect(found(servers.body, 'weak')).toEqual(['ams', 'other']);
    expect(JSON.stringify(servers.body)).not.toContain('abcdefghijkl');
  });

  it('reads the settings of Claude Code as JSON in the registry and in a profile, too', async () => {
    const settings = {
      allowedMcpServers: [],
      allowManagedMcpServersOnly: true,
      permissions: { disableAutoMode: 'disable' },
    };
    const value = JSON.stringify(settings).replace(/[\\"]/g, (one) => `\\${one}`);
    const reg = await lint(
      'code.reg',
      `Windows Registry Editor Version 5.00\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\ClaudeCode]\n"Settings"="${value}"\n`,
    );
    const profile = await lint(
      'code.mobileconfig',
      build({
        PayloadContent: [{ PayloadType: 'com.anthropic.claudecode', ...settings }],
        PayloadRemovalDisallowed: true,
      }),
    );
    for (const { body } of [reg, profile]) {
      expect(body).toMatchObject({ product: 'claude_code', format: 'settings_json' });
      expect(found(body, 'form')).toEqual([]);
      expect(body.holds).toEqual(['allowManagedMcpServersOnly', 'permissions.disableAutoMode']);
      // The charter approves a server with an address, which this list leaves out.
      expect(found(body, 'departs')).toContain('allowedMcpServers');
    }
  });

  it('tells what is documented and decides nothing from what nobody documents', async () => {
    const { body } = await lint(
      'desktop.json',
      JSON.stringify({
        isLocalDevMcpEnabled: 'false',
        inferenceModels: '[]',
        banner: '{}',
        isMadeUpEnabled: true,
        inferenceProvider: 'vertex',
        forceLoginOrgUUID: ORGANIZATION,
      }),
    );
    expect(body.product).toBe('claude_desktop');
    expect(found(body, 'unknown')).toEqual(['isMadeUpEnabled']);
    expect(found(body, 'fault')).toEqual(expect.arrayContaining(['inferenceProvider', 'forceLoginOrgUUID']));
    // What the charter allows holds without a setting, too.
    const open = await draftOf(
      'cowork: { enabled: true, runInCloud: false, automaticApproval: false, alwaysAllow: false }',
    );
    const bare = await lint('desktop.json', '{"isDesktopExtensionEnabled":false}', `&draft=${open}`);
    expect(found(bare.body, 'departs')).toEqual([]);
    // The lock does not count on another provider's models, so it is not said to hold.
    expect(body.holds).toEqual(['isLocalDevMcpEnabled']);
    expect(found(body, 'departs')).toContain('forceLoginOrgUUID');
  });

  it('refuses what it cannot read in one sentence', async () => {
    const says = async (content: string | Uint8Array) => (await lint('x', content)).body.message;
    expect(await says('')).toMatch(/empty|no file/i);
    expect(await says('hello')).toMatch(/^This is none of the files/);
    expect(await says('{"a":')).toMatch(/^The file is not valid JSON/);
    expect(await says('<plist version="1.0"><dict></plist>')).toMatch(/^The file is no property list/);
    expect(await says('<!DOCTYPE plist [<!ENTITY a "b">]><plist/>')).toMatch(/entities/);
    expect(await says(new Uint8Array([0x30, 0x82, 1, 2, 3]))).toMatch(/^The profile is signed/);
    expect(
      await says('Windows Registry Editor Version 5.00\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\n"a"="b"'),
    ).toMatch(/sets nothing below/);
    expect(await says(Buffer.alloc(1024 * 1024 + 1, 32))).toMatch(/larger than 1 MB/);
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
