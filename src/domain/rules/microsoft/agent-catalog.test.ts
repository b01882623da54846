import { describe, expect, it } from 'vitest';
import type { AgentPackageRow } from '../../model/kinds.ts';
import { reading, runRule } from '../../testing/build.ts';
import { CONNECTOR_SERVER } from './apps.ts';
import { lookAlikeApps } from './look-alike-apps.ts';
import { CHARTER, principals, SSO_ID } from './testing.ts';

type Row = Partial<AgentPackageRow>;

const HR: Row = { id: 'P_hr', name: 'Contoso HR Agent', publisher: 'Contoso', blocked: false };
const CLAUDE: Row = { id: 'P_Claude', name: 'Claude for grants', publisher: 'Contoso', blocked: false };
const IMITATION = {
  id: 'sp-x',
  appId: 'cccccccc-0000-4000-8000-000000000001',
  name: 'Claude Assistant',
  publisher: 'Contoso',
};

function run(
  agents: readonly Row[] | null,
  more: readonly object[] = [],
  options: { readonly observedOn?: string; readonly complete?: boolean } = {},
  charter: Record<string, unknown> = CHARTER,
) {
  return runRule(
    lookAlikeApps,
    {},
    {
      charter,
      readings: {
        service_principals: principals({
          more: [{ appId: 'cccccccc-0000-4000-8000-000000000003', name: 'Payroll' }, ...more],
        }),
        agent_packages: agents === null ? [] : [reading('agent_packages', agents, options)],
      },
    },
  );
}

describe('agents in the catalog of Microsoft Agent 365', () => {
  it('says on pass and on fail that the catalog was not read', () => {
    expect(run(null)).toMatchObject({
      state: 'pass',
      code: 'microsoft.app_presence.no_look_alike',
      params: {},
      reason: expect.stringContaining('The catalog of agents of Microsoft Agent 365 was not read'),
    });
    expect(run(null, [IMITATION])).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('was not read'),
    });
  });

  it('passes with a catalog without an agent for Claude, and cites it', () => {
    const passed = run([HR]);
    expect(passed).toMatchObject({
      state: 'pass',
      reason: expect.stringMatching(/Of 1 agent in the catalog .* none that people can use/),
    });
    expect(passed.evidence.map(({ kind }) => kind)).toEqual(['service_principals', 'agent_packages']);
    // At least one report says that Microsoft returns an empty list to a tenant without the license.
    expect(run([])).toMatchObject({ state: 'pass', reason: expect.stringContaining('proves nothing') });
  });

  it.each<[string, Row]>([
    ['its name', CLAUDE],
    ['a disguised name', { ...HR, name: 'C1aude helper' }],
    ['its publisher', { ...HR, publisher: 'Anthropic PBC' }],
    ['its description', { ...HR, about: 'Answers with Claude, over SharePoint' }],
    ['a disguised word of its description', { ...HR, about: 'Answers with Сlaude' }],
    ['the connector’s application', { ...HR, appId: CONNECTOR_SERVER.appId.toUpperCase() }],
    ['the sign-in application', { ...HR, appId: SSO_ID }],
  ])('fails for one that is about Claude by %s', (_, row) => {
    const failed = run([HR, { ...row, id: 'P_Found' }]);
    expect(failed).toMatchObject({
      state: 'fail',
      code: 'microsoft.app_presence.agents',
      items: [{ key: 'p_found', evidence: [{ kind: 'agent_packages', row: 3 }] }],
    });
    expect(failed.reason).toContain('1 of 2 agents');
  });

  it('ignores everyday words and near matches in a description', () => {
    expect(run([{ ...HR, name: 'Philanthropic giving' }]).state).toBe('pass');
    const about = 'In the cloud, with a clause. Include detail, Oracl audex.';
    expect(run([{ ...HR, about }]).state).toBe('pass');
    expect(run([{ ...HR, about: `${about} By Claude.` }]).state).toBe('fail');
  });

  it('does not fail an agent that is blocked or available to nobody, but fails if that is not stated', () => {
    expect(run([{ ...CLAUDE, blocked: true }]).state).toBe('pass');
    expect(run([{ ...CLAUDE, availableTo: 'none', deployedTo: 'none' }]).state).toBe('pass');
    expect(run([{ ...CLAUDE, availableTo: 'none', deployedTo: 'some' }]).state).toBe('fail');
    expect(run([{ ...CLAUDE, availableTo: 'none' }]).state).toBe('fail');
    expect(run([{ ...CLAUDE, blocked: null }]).state).toBe('fail');
  });

  it('counts an agent that is also an application in Entra once, by the application id', () => {
    const both = run([{ ...HR, appId: IMITATION.appId }], [IMITATION]);
    expect(both).toMatchObject({
      state: 'fail',
      code: 'microsoft.app_presence.look_alike',
      items: [{ key: IMITATION.appId, detail: expect.stringContaining('as Contoso HR Agent') }],
    });
    expect(both.evidence.map(({ kind }) => kind)).toEqual(['service_principals', 'agent_packages']);
    const apart = run([CLAUDE], [IMITATION]);
    expect(apart.items.map(({ key }) => key)).toEqual([IMITATION.appId, 'p_claude']);
    expect(apart.code).toBe('microsoft.app_presence.look_alike_and_agents');
  });

  it('fails for an agent while the charter does not name the sign-in application', () => {
    expect(run([CLAUDE], [], {}, {})).toMatchObject({ state: 'fail', items: [{ key: 'p_claude' }] });
    expect(run([HR], [], {}, {}).state).toBe('cannot_read');
  });

  it('asks about a name that is one letter off', () => {
    expect(run([{ ...HR, name: 'Claud helper' }])).toMatchObject({
      state: 'cannot_read',
      items: [{ key: 'p_hr' }],
    });
    // It counts if the same id is also an application.
    const app = { ...IMITATION, name: 'Claud helper' };
    expect(run([{ ...HR, name: app.name, appId: app.appId }], [app])).toMatchObject({
      state: 'cannot_read',
      items: [{ key: app.appId, detail: expect.stringContaining('as Claud helper') }],
      reason: expect.stringContaining('The name of 1 application is one letter off'),
    });
  });

  it('never passes on a partial catalog or an old one that lists an agent for Claude', () => {
    expect(run([HR], [], { complete: false })).toMatchObject({
      state: 'cannot_read',
      code: 'microsoft.app_presence.catalog_unread',
      ask: { of: 'source', field: 'agent_packages' },
    });
    const old = { observedOn: '2026-01-01' };
    expect(run([CLAUDE], [], old)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Claude for grants'),
    });
    expect(run([HR], [], old)).toMatchObject({ state: 'pass', reason: expect.stringContaining('days old') });
    // A finding about an application stands even with a partial catalog.
    expect(run([HR], [IMITATION], { complete: false }).state).toBe('fail');
  });
});
// Guide: G6.1-04
