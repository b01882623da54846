import { describe, expect, it } from 'vitest';
import { templateCharterSchema } from '../model/baseline.ts';
import { charterSchema } from '../model/charter.ts';
import { leastCpu } from '../testing/cpu.ts';
import { differencesFrom, overlayTemplate } from './overlay.ts';

const compared = { catalogue: { connectors: [] }, today: '2026-11-24' };
const template = templateCharterSchema.parse({
  maxOwners: 2,
  inviteDomains: ['alder.example.org'],
  localMcpAllowed: false,
  connectors: [{ name: 'Asana', actions: { 'Read tasks': 'allow', 'Create tasks': 'ask', '*': 'blocked' } }],
  cowork: { enabled: true, runInCloud: false, automaticApproval: false, alwaysAllow: false },
});
const client = charterSchema.parse({
  version: 6,
  maxOwners: 4,
  inviteDomains: ['alder.example.org', 'alder-events.example.org'],
  localMcpAllowed: false,
  accountOwner: 'owner@alder.example.org',
  connectors: [
    { name: 'asana', actions: { 'Create tasks': 'allow', 'Read tasks': 'allow', 'Delete tasks': 'ask' } },
    { name: 'Slack', actions: { '*': 'blocked' } },
  ],
});
const found = differencesFrom(template, client, compared);
const of = (what: string) => found.find((one) => one.what.includes(what));

describe('a client compared with a baseline', () => {
  it('differs if it says something else, not if the baseline is silent or only the spelling differs', () => {
    expect(of('Maximum number')).toMatchObject({ client: '4', template: '2', status: 'looser' });
    expect(of('Create tasks')).toMatchObject({
      client: 'Always allow',
      template: 'Needs approval',
      status: 'looser',
    });
    expect(of('Read tasks')).toBeUndefined();
    expect(of('Account owner')).toBeUndefined();
    expect(found.map(({ status }) => status)).toEqual(
      found.map(({ status }) => status).toSorted((a, b) => rank(a) - rank(b)),
    );
  });

  it('differs by entries that the list of the baseline lacks', () => {
    expect(of('Delete tasks')).toMatchObject({ template: null, status: 'looser' });
    expect(of('Slack')).toMatchObject({ template: null });
    expect(found.find(({ client: value }) => value === 'alder-events.example.org')).toMatchObject({
      template: null,
      status: 'looser',
    });
  });

  it('is drafted with what the baseline adds, keeps its own entries and what stays on purpose', () => {
    const keep = new Set([of('Maximum number')?.key ?? '']);
    const draft = overlayTemplate(template, client, 'adds', keep);
    expect(draft.maxOwners).toBe(4);
    expect(draft.inviteDomains).toEqual(['alder.example.org', 'alder-events.example.org']);
    expect(draft.connectors?.map(({ name }) => name)).toEqual(['asana', 'Slack']);
    expect(draft.connectors?.[0]?.actions).toMatchObject({ 'Create tasks': 'ask', 'Delete tasks': 'ask' });
    expect(draft.cowork).toEqual(template.cowork);
    expect(draft.accountOwner).toBe('owner@alder.example.org');
  });

  it('is drafted in single places, and loses entries that the baseline lacks', () => {
    const only = new Set([of('Slack')?.key ?? '', of('Create tasks')?.key ?? '']);
    const draft = overlayTemplate(template, client, { only });
    expect(draft.connectors?.map(({ name }) => name)).toEqual(['asana']);
    expect(draft.connectors?.[0]?.actions['Create tasks']).toBe('ask');
    expect(draft.maxOwners).toBe(4);
    expect(draft.cowork).toBeUndefined();
  });

  it('matches the baseline once all of it is applied', () => {
    expect(differencesFrom(template, overlayTemplate(template, client, 'all'), compared)).toEqual([]);
    expect(differencesFrom(template, overlayTemplate(template, {}, 'adds'), compared)).toEqual([]);
  });

  it('brings the rest of a group along if a single value is no valid charter', () => {
    const key =
      differencesFrom(template, {}, compared).find((one) => one.key.includes('runInCloud'))?.key ?? '';
    expect(key).not.toBe('');
    expect(overlayTemplate(template, {}, { only: new Set([key]) }).cowork).toEqual(template.cowork);
  });

  it('takes time that grows with its length alone', async () => {
    const connectors = (of: string) =>
      Array.from({ length: 1_000 }, (_, at) => ({
        name: `${of} ${at}`,
        actions: Object.fromEntries(Array.from({ length: 3 }, (__, n) => [`${of} ${n}`, 'allow'])),
      }));
    const large = templateCharterSchema.parse({ connectors: connectors('Theirs') });
    const own = charterSchema.parse({ connectors: connectors('Own') });
    const compare = () => {
      expect(overlayTemplate(large, own, 'adds').connectors).toHaveLength(2_000);
      expect(differencesFrom(large, own, compared)).toHaveLength(6_000);
    };
    // A search through the whole charter for each part took more than three seconds.
    expect(await leastCpu(2_000, compare)).toBeLessThan(2_000);
  });
});

function rank(status: string): number {
  return ['looser', 'stricter', 'other'].indexOf(status);
}
// Guide: G2.2-24 G2.2-25 G2.2-26
