import { expect, it } from 'vitest';
import { keptAlert, readAlert } from './alert.ts';

const SHA = 'AB'.repeat(32);
const evidence = (type: string, more: object) => ({
  '@odata.type': `#microsoft.graph.security.${type}Evidence`,
  remediationStatus: 'none',
  ...more,
});

const ALERT = {
  id: 'dlp-1',
  title: 'DLP policy (Member data (PII)) matched for document (members (2026).xlsx) in a device',
  description: 'Social security numbers 078-05-1120 were pasted',
  severity: 'high',
  status: 'new',
  serviceSource: 'dataLossPrevention',
  createdDateTime: '2026-11-23T15:00:00.1234567Z',
  lastUpdateDateTime: '2026-11-23T15:01:00Z',
  additionalData: { Snippet: '078-05-1120' },
  evidence: [
    evidence('user', { userAccount: { userPrincipalName: 'Kim@Alder.example.org', userSid: 'S-1-5-21' } }),
    evidence('file', {
      detectionStatus: 'prevented',
      fileDetails: { fileName: 'members (2026).xlsx', filePath: 'C:\\Users\\kim\\private', sha256: SHA },
    }),
    evidence('device', {
      deviceDnsName: 'LT-014.alder.example.org',
      azureAdDeviceId: 'AAAAAAAA-0000-4000-8000-000000000014',
      onboardingStatus: 'onboarded',
    }),
    evidence('cloudLogonSession', { deviceName: 'Kim’s phone', userAgent: 'x' }),
    evidence('url', { url: 'https://claude.ai/chat/5f0c?q=secret' }),
    evidence('analyzedMessage', { subject: 'Salary of Kim' }),
  ],
};

it('reads person, file, policy, device and host of an alert, and that it was stopped', () => {
  expect(readAlert(ALERT, 'alerts.json', 1)).toMatchObject({
    people: ['kim@alder.example.org'],
    files: [{ name: 'members (2026).xlsx', sha256: SHA.toLowerCase() }],
    policies: ['Member data (PII)'],
    devices: [
      { name: 'LT-014.alder.example.org', entraId: 'aaaaaaaa-0000-4000-8000-000000000014', onboarded: true },
      { name: 'Kim’s phone', entraId: null, onboarded: null },
    ],
    hosts: ['claude.ai'],
    stoppedHosts: [],
    stopped: true,
  });
  const address = evidence('url', { url: 'https://claude.ai/new', remediationStatus: 'blocked' });
  for (const one of [{ ...ALERT, evidence: [address] }, keptAlert({ ...ALERT, evidence: [address] })])
    expect(readAlert(one, 'alerts.json', 1)).toMatchObject({ stoppedHosts: ['claude.ai'], stopped: true });
});

it('keeps of an alert read live what it reads of it, and nothing that a person wrote', () => {
  const kept = keptAlert(ALERT);
  expect(readAlert(kept, 'alerts.json', 1)).toEqual(readAlert(ALERT, 'alerts.json', 1));
  expect(JSON.stringify(kept)).not.toMatch(/078-05|private|secret|Salary|S-1-5/u);
});

it('reads that what was seen was not stopped, and reads nothing from silence', () => {
  const file = (detectionStatus: string | null) => evidence('file', { detectionStatus, fileDetails: {} });
  const stopped = (...all: object[]) =>
    [{ ...ALERT, evidence: all }, keptAlert({ ...ALERT, evidence: all })].map(
      (one) => readAlert(one, 'alerts.json', 1).stopped,
    );
  expect(stopped(file('detected'))).toEqual([false, false]);
  expect(stopped(file('detected'), file('prevented'))).toEqual([true, true]);
  expect(stopped(file(null))).toEqual([null, null]);
  expect(stopped(file('unknownFutureValue'))).toEqual([null, null]);
});

it('takes the file from the title where no evidence names one, and never the subject of a mail', () => {
  const { evidence: _evidence, ...bare } = ALERT;
  expect(readAlert(bare, 'alerts.json', 1)).toMatchObject({
    files: [{ name: 'members (2026).xlsx', sha256: null }],
    devices: [],
    hosts: [],
    stopped: null,
  });
  const mail = { ...bare, title: 'DLP policy (Mail) matched for email with subject (Salary (Kim))' };
  for (const one of [mail, keptAlert(mail)])
    expect(readAlert(one, 'alerts.json', 1)).toMatchObject({
      title: 'DLP policy (Mail) matched for email with subject (not kept)',
      policies: ['Mail'],
      files: [],
    });
});

it('reports nothing that an alert in other words does not say', () => {
  const odd = {
    ...ALERT,
    title: 'Richtlinie hat angeschlagen',
    evidence: [
      evidence('device', { azureAdDeviceId: '00000000-0000-0000-0000-000000000000', hostName: null }),
      evidence('url', { url: 'http://' }),
      evidence('file', { fileDetails: { fileName: '', sha256: 'none' }, remediationStatus: 'remediated' }),
    ],
  };
  expect(readAlert(odd, 'alerts.json', 1)).toMatchObject({
    files: [],
    policies: [],
    devices: [],
    hosts: [],
    stopped: null,
  });
});
// Guide: G7.2-09
