import { expect, it } from 'vitest';
import { defenderWords } from './words.ts';

const alert = (files: number): Parameters<typeof defenderWords>[0] => ({
  id: 'a1',
  at: '2026-11-20T10:00:00Z',
  title: 'Files went to Claude',
  severity: 'high',
  status: 'new',
  classification: null,
  source: 'dataLossPrevention',
  link: null,
  people: ['jo@birch.example.org'],
  apps: [],
  hosts: ['claude.ai'],
  files: Array.from({ length: files }, (_, at) => ({ name: `list ${at}.xlsx`, sha256: 'a'.repeat(64) })),
  devices: [],
  policies: [],
  kind: 'dlp',
  destination: 'claude',
  stopped: false,
});

it('names every file of an alert, and says how many did not fit', () => {
  expect(defenderWords(alert(3)).split('\n')).toHaveLength(6);
  const long = defenderWords(alert(100)).split('\n');
  const named = long.filter((line) => line.startsWith('SHA-256 of')).length;
  expect(named).toBeLessThan(100);
  expect(long.at(-1)).toBe(`${100 - named} more lines are in the alert, which is kept with the incident.`);
  expect(long.join('\n').length).toBeLessThanOrEqual(4_000);
});
// Guide: G7.2-09
