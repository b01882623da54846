import { describe, expect, it } from 'vitest';
import { readSettings, settingWarnings } from './server-settings.ts';

const warnings = (environment: Record<string, string>) =>
  settingWarnings(readSettings(environment)).join('\n');

describe('settings of the server', () => {
  it('are for this machine only by default', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({ host: '127.0.0.1', origin: 'http://localhost:7700', databaseUrl: null });
    expect(settings).toMatchObject({ key: null, trustProxy: [], logLevel: 'warn' });
    expect(settings.keyFile).toMatch(/\.bylaw[/\\]secret\.key$/);
    expect(settingWarnings(settings)).toEqual([]);
  });

  it('name this machine only where its name leads to where the server listens', () => {
    const origin = (host: string) => readSettings({ BYLAW_HOST: host }).origin;
    expect(origin('localhost')).toBe('http://localhost:7700');
    expect(origin('::1')).toBe('http://localhost:7700');
    expect(origin('127.0.0.2')).toBe('http://127.0.0.2:7700');
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

  it('say what can be reached in the clear beside a proxy, and under an address without https', () => {
    const behind = { BYLAW_ORIGIN: 'https://bylaw.example.org', BYLAW_TRUST_PROXY: '10.0.0.1' };
    expect(warnings(behind)).toBe('');
    expect(warnings({ ...behind, BYLAW_HOST: '0.0.0.0' })).toContain('without its own encryption');
    expect(warnings({ BYLAW_ORIGIN: 'http://bylaw.example.org' })).toContain('without encryption');
  });

  it.each([
    ['postgres://a:b@db.example/x', 'verify-full'],
    ['postgresql://a:b@10.0.0.5:5432/x?sslmode=prefer', 'verify-full'],
    ['postgres://a:b@db.example/x?sslmode=require&uselibpqcompat=true', 'verify-full'],
    ['postgres://a:b@db.example/x?sslmode=allow&application_name=y', 'verify-full'],
    ['postgres:///x?host=db.example', 'verify-full'],
    ['postgres://a:b@127.0.0.1/x', null],
    ['postgres://a:b@[::1]/x', null],
    ['postgres://a:b@localhost/x?sslmode=disable', 'disable'],
    ['postgres:///x?host=/var/run/postgresql', null],
  ])('connect to %s with verified TLS, unless it is on this machine', (DATABASE_URL, mode) => {
    const { databaseUrl } = readSettings({ DATABASE_URL });
    expect(new URL(databaseUrl ?? '').searchParams.get('sslmode')).toBe(mode);
    expect(databaseUrl).not.toContain('uselibpqcompat');
    expect(warnings({ DATABASE_URL })).toBe('');
  });

  it('go without TLS to another machine only if that is configured, and say so', () => {
    for (const DATABASE_URL of [
      'postgres://a:b@db.example/x?sslmode=disable',
      'postgres://a:b@db.example/x?ssl=false',
    ]) {
      expect(() => readSettings({ DATABASE_URL })).toThrow('BYLAW_DATABASE_TLS=off');
      expect(warnings({ DATABASE_URL, BYLAW_DATABASE_TLS: 'off' })).toContain('can be read in transit');
    }
    const plain = { DATABASE_URL: 'postgres://a:b@db.example/x', BYLAW_DATABASE_TLS: 'off' };
    expect(readSettings(plain).databaseUrl).toBe(plain.DATABASE_URL);
    expect(warnings(plain)).toContain('can be read in transit');
    expect(warnings(plain)).not.toContain('a:b');
    expect(warnings({ DATABASE_URL: 'postgres://a:b@db.example/x?sslmode=no-verify' })).toContain(
      'is not checked',
    );
    expect(() => readSettings({ ...plain, BYLAW_DATABASE_TLS: 'maybe' })).toThrow('BYLAW_DATABASE_TLS');
  });

  it('take addresses and networks of reverse proxies, and nothing wider', () => {
    const { trustProxy } = readSettings({ BYLAW_TRUST_PROXY: '127.0.0.1, 10.1.0.0/16 ::1' });
    expect(trustProxy).toEqual(['127.0.0.1', '10.1.0.0/16', '::1']);
    for (const wrong of ['true', 'proxy.example', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', '1.2.3'])
      expect(() => readSettings({ BYLAW_TRUST_PROXY: wrong }), wrong).toThrow('is not an address');
  });

  it('take folders for a SIEM by their whole path', () => {
    expect(readSettings({}).forwardFolders).toEqual([]);
    expect(readSettings({ BYLAW_FORWARD_FOLDERS: '/var/log/a, /srv/b' }).forwardFolders).toEqual([
      '/var/log/a',
      '/srv/b',
    ]);
    expect(() => readSettings({ BYLAW_FORWARD_FOLDERS: 'logs' })).toThrow('not a full path');
  });

  it('take the file for the heads of the audit log by its whole path', () => {
    expect(readSettings({}).auditHeadsFile).toBeNull();
    expect(readSettings({ BYLAW_AUDIT_HEADS_FILE: '/mnt/heads.jsonl' }).auditHeadsFile).toBe(
      '/mnt/heads.jsonl',
    );
    expect(() => readSettings({ BYLAW_AUDIT_HEADS_FILE: 'heads.jsonl' })).toThrow('not a full path');
  });

  it('take addresses of DNS resolvers with or without a port, and two public ones where none is named', () => {
    expect(readSettings({}).resolvers).toEqual(['1.1.1.1', '8.8.8.8']);
    const { resolvers } = readSettings({
      BYLAW_RESOLVERS: '9.9.9.9, 127.0.0.1:5353 [::1]:53 2606:4700::1111',
    });
    expect(resolvers).toEqual(['9.9.9.9', '127.0.0.1:5353', '[::1]:53', '2606:4700::1111']);
    for (const wrong of ['dns.example', '1.1.1', '1.1.1.1:0', '1.1.1.1:99999', '1.1.1.1:53:53'])
      expect(() => readSettings({ BYLAW_RESOLVERS: wrong }), wrong).toThrow('is not an address');
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
