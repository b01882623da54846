import { build } from 'plist';
import { describe, expect, it } from 'vitest';
import { CHARTER, devicesOfAGuild, type Finding, found, ORGANIZATION } from './testing/guild.ts';

/** Checking a file from a device, over HTTP. */
const guild = devicesOfAGuild();
const { draftOf, file, lint, show } = guild;

describe('a look through a file', () => {
  it('finds nothing to change in generated files, whatever their format', async () => {
    for (const id of ['desktop_reg', 'desktop_mobileconfig', 'desktop_intune', 'code_settings', 'code_mcp']) {
      const created = await file(id);
      const name = /filename="([^"]+)"/.exec(String(created.headers['content-disposition']))?.[1] ?? '';
      const { status, body } = await lint(name, created.bytes);
      expect(status, id).toBe(200);
      expect(
        body.findings.filter(({ level }: Finding) => level !== 'note'),
        id,
      ).toEqual([]);
      expect(body.holds.length, id).toBeGreaterThan(0);
    }
  });

  it('finds old names, settings that only look like controls, and drift from the charter', async () => {
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

  it('knows how the settings of Claude Code are bypassed', async () => {
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
    expect(says('allowedMcpServers')).toMatch(/matches by name.*People can add their own entries/s);
    expect(says('cleanupPeriodDays')).toMatch(/whole number from 1/);
    expect(says('env.OTEL_EXPORTER_OTLP_ENDPOINT')).toMatch(/telemetry is off.*no default.*not encrypted/s);
    expect(found(body, 'weak')).toEqual(
      expect.arrayContaining(['env.OTEL_EXPORTER_OTLP_HEADERS', 'env.OTEL_LOG_USER_PROMPTS']),
    );
    expect(found(body, 'unknown')).toEqual([]);
    expect(body.holds).toEqual(['forceLoginOrgUUID']);
    expect(JSON.stringify(body)).not.toContain('0123456789abcdef');
  });

  it('reports what has no effect in a person’s own file, and what a server file gives away', async () => {
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
      // The charter approves a server with an address that this list lacks.
      expect(found(body, 'departs')).toContain('allowedMcpServers');
    }
  });

  it('reports what is documented and decides nothing from what is not documented', async () => {
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
    // What the charter allows also holds without a setting.
    const open = await draftOf(
      'cowork: { enabled: true, runInCloud: false, automaticApproval: false, alwaysAllow: false }',
    );
    const bare = await lint('desktop.json', '{"isDesktopExtensionEnabled":false}', `&draft=${open}`);
    expect(found(bare.body, 'departs')).toEqual([]);
    // The lock has no effect with another provider’s models, so it is not reported as holding.
    expect(body.holds).toEqual(['isLocalDevMcpEnabled']);
    expect(found(body, 'departs')).toContain('forceLoginOrgUUID');
  });

  it('sends telemetry to this console with a place for the token, and knows a file that has one', async () => {
    const here = await draftOf(
      `${CHARTER}telemetry: { endpoint: "${guild.bylaw.services.config.origin}" }\n`,
    );
    expect((await show(`?draft=${here}`)).telemetry).toMatch(/^Telemetry goes to this console\./);
    const made = JSON.parse((await file('code_settings', `?draft=${here}`)).bytes.toString());
    expect(made.env).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: guild.bylaw.services.config.origin,
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer YOUR-TOKEN',
      OTEL_LOG_TOOL_DETAILS: '1',
    });
    made.env.OTEL_EXPORTER_OTLP_HEADERS = 'Authorization=Bearer byl_ingest_x';
    const { body } = await lint('managed-settings.json', JSON.stringify(made), `&draft=${here}`);
    expect(found(body, 'departs')).toEqual([]);
    expect(body.holds).toContain('env.OTEL_EXPORTER_OTLP_HEADERS');
    const elsewhere = await draftOf(`${CHARTER}telemetry: { endpoint: "https://collector.example.org" }\n`);
    const { env } = JSON.parse((await file('code_settings', `?draft=${elsewhere}`)).bytes.toString());
    expect(env.OTEL_EXPORTER_OTLP_ENDPOINT).toBe('https://collector.example.org');
    expect(env).not.toHaveProperty('OTEL_EXPORTER_OTLP_HEADERS');
    expect(env).not.toHaveProperty('OTEL_LOG_TOOL_DETAILS');
  });

  it('refuses what it cannot read in one sentence', async () => {
    const says = async (content: string | Uint8Array) => (await lint('x', content)).body.message;
    expect(await says('')).toMatch(/empty|no file/i);
    expect(await says('hello')).toMatch(/^This is not one of the files/);
    expect(await says('{"a":')).toMatch(/^The file is not valid JSON/);
    expect(await says('<plist version="1.0"><dict></plist>')).toMatch(
      /^The file is not a readable property list/,
    );
    expect(await says('<!DOCTYPE plist [<!ENTITY a "b">]><plist/>')).toMatch(/entities/);
    expect(await says(new Uint8Array([0x30, 0x82, 1, 2, 3]))).toMatch(/^The profile is signed/);
    expect(
      await says('Windows Registry Editor Version 5.00\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\n"a"="b"'),
    ).toMatch(/sets nothing below/);
    const large = await lint('x', Buffer.alloc(1024 * 1024 + 1, 32));
    expect(large).toMatchObject({
      status: 413,
      body: { message: expect.stringMatching(/larger than 1 MB/) },
    });
  });
});
// Guide: G1.1-12 G1.1-13
