import { describe, expect, it } from 'vitest';
import { readSettings, settingWarnings } from './server-settings.ts';

const warnings = (environment: Record<string, string>) =>
  settingWarnings(readSettings(environment)).join('\n');

describe('settings of the server', () => {
  it('are for this machine alone where nothing is said', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({ host: '127.0.0.1', origin: 'http://127.0.0.1:7700', databaseUrl: null });
    expect(settings).toMatchObject({ key: null, trustProxy: [], logLevel: 'warn' });
    expect(settings.keyFile).toMatch(/\.bylaw[/\\]secret\.key$/);
    expect(settingWarnings(settings)).toEqual([]);
  });

  it('warn where passwords would go over the network in the clear', () => {
    expect(warnings({ BYLAW_HOST: '0.0.0.0' })).toContain('without encryption');
    expect(warnings({ BYLAW_HOST: '0.0.0.0', BYLAW_ORIGIN: 'http://bylaw.example.org' })).toContain(
      'without encryption',
    );
    expect(warnings({ BYLAW_HOST: '127.0.0.2' })).toBe('');
  });

  it('warn where a reverse proxy hides who is asking', () => {
    const https = { BYLAW_ORIGIN: 'https://bylaw.example.org' };
    expect(warnings(https)).toContain('BYLAW_TRUST_PROXY');
    expect(warnings({ ...https, BYLAW_TRUST_PROXY: '127.0.0.1' })).toBe('');
  });

  it('take addresses and networks of reverse proxies, and nothing wider', () => {
    const { trustProxy } = readSettings({ BYLAW_TRUST_PROXY: '127.0.0.1, 10.1.0.0/16 ::1' });
    expect(trustProxy).toEqual(['127.0.0.1', '10.1.0.0/16', '::1']);
    for (const wrong of ['true', 'proxy.example', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', '1.2.3'])
      expect(() => readSettings({ BYLAW_TRUST_PROXY: wrong }), wrong).toThrow('is no address');
  });

  it('take folders for a SIEM by their whole path', () => {
    expect(readSettings({}).forwardFolders).toEqual([]);
    expect(readSettings({ BYLAW_FORWARD_FOLDERS: '/var/log/a, /srv/b' }).forwardFolders).toEqual([
      '/var/log/a',
      '/srv/b',
    ]);
    expect(() => readSettings({ BYLAW_FORWARD_FOLDERS: 'logs' })).toThrow('no whole path');
  });

  it('take addresses of DNS resolvers with or without a port, and two public ones where none is named', () => {
    expect(readSettings({}).resolvers).toEqual(['1.1.1.1', '8.8.8.8']);
    const { resolvers } = readSettings({
      BYLAW_RESOLVERS: '9.9.9.9, 127.0.0.1:5353 [::1]:53 2606:4700::1111',
    });
    expect(resolvers).toEqual(['9.9.9.9', '127.0.0.1:5353', '[::1]:53', '2606:4700::1111']);
    for (const wrong of ['dns.example', '1.1.1', '1.1.1.1:0', '1.1.1.1:99999', '1.1.1.1:53:53'])
      expect(() => readSettings({ BYLAW_RESOLVERS: wrong }), wrong).toThrow('is no address');
  });

  it('name the setting that cannot be used', () => {
    const wrong = {
      BYLAW_PORT: '99999',
      BYLAW_ORIGIN: 'https://bylaw.example.org/console',
      BYLAW_LOG: 'loud',
      DATABASE_URL: 'mysql://x',
    };
    for (const [name, value] of Object.entries(wrong))
      expect(() => readSettings({ [name]: value }), name).toThrow(name);
  });
});
