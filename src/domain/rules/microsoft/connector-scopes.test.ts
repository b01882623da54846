import { describe, expect, it } from 'vitest';
import type { Connector } from '../../model/catalogue.ts';
import { reading, runRule } from '../../testing/build.ts';
import { connectorScopes } from './connector-scopes.ts';
import { principals } from './testing.ts';

const outlook: Connector = {
  id: 'microsoft365_outlook',
  name: 'Microsoft 365 Outlook',
  aliases: ['Outlook'],
  category: 'mail',
  holdsMemberData: true,
  sensitivity: 'high',
  directory: 'confirmed',
  dataClasses: null,
  verifiedDomain: null,
  managedAuth: null,
  limits: null,
  guideRows: [],
  actions: [
    {
      id: 'read_mail',
      title: 'Read mail',
      aliases: [],
      effect: 'read',
      baseline: 'allow',
      scope: 'Mail.Read',
    },
    {
      id: 'create_draft',
      title: 'Create draft',
      aliases: ['outlook_create_draft'],
      effect: 'write',
      baseline: 'ask',
      scope: 'Mail.ReadWrite',
    },
    {
      id: 'send_mail',
      title: 'Send mail',
      aliases: [],
      effect: 'send',
      baseline: 'blocked',
      scope: 'Mail.Send',
    },
  ],
  sources: [],
};
const grant = (scopes: string[], more: object = {}) => ({
  id: 'g1',
  clientId: 'SP-SERVER',
  resourceId: 'sp-graph',
  consentType: 'AllPrincipals',
  scopes,
  ...more,
});
const charterWith = (actions: Record<string, string>) => ({ connectors: [{ name: 'Outlook', actions }] });

function run(
  grants: readonly object[] | null,
  charter: Record<string, unknown> | undefined,
  catalogue: readonly Connector[] = [outlook],
  service_principals = principals(),
) {
  return runRule(
    connectorScopes,
    {},
    {
      ...(charter ? { charter } : {}),
      catalogue: { connectors: catalogue },
      readings: {
        service_principals,
        ...(grants
          ? { permission_grants: [reading('permission_grants', grants, { mappedByHand: true })] }
          : {}),
      },
    },
  );
}

describe('connector-scopes', () => {
  it('passes for reading scopes and those of approved actions', () => {
    expect(
      run(
        [grant(['User.Read', 'Mail.Read', 'Mail.ReadWrite'])],
        charterWith({ outlook_create_draft: 'ask', send_mail: 'blocked' }),
      ),
    ).toMatchObject({ state: 'pass' });
  });

  it('fails for a scope that no approved action needs, and gives the call that removes it', () => {
    const found = run(
      [grant(['User.Read', 'Mail.Read', 'Mail.Send'])],
      charterWith({ '*': 'blocked', create_draft: 'ask' }),
    );
    expect(found).toMatchObject({ state: 'fail', items: [{ key: 'mail.send' }] });
    expect(found.reason).toContain('Mail.Send (send and forward mail as the person)');
    expect(found.items[0]?.detail).toContain(
      'PATCH https://graph.microsoft.com/v1.0/oauth2PermissionGrants/g1 {"scope":"User.Read Mail.Read"}',
    );
  });

  it('fails for what the server application holds, whatever is not known about the client application', () => {
    const ofClient = { ...grant(['openid']), id: 'g2', clientId: 'SP-CLIENT', resourceId: null };
    const charter = charterWith({ '*': 'blocked', create_draft: 'ask' });
    expect(run([grant(['Mail.Send']), ofClient], charter).state).toBe('fail');
    expect(run([grant(['Mail.Read']), ofClient], charter).state).toBe('cannot_read');
  });

  it('applies the star to all actions that are not named', () => {
    expect(run([grant(['Mail.Send'])], charterWith({ '*': 'allow' })).state).toBe('pass');
    expect(run([grant(['Mail.Send'])], charterWith({ '*': 'allow', send_mail: 'blocked' })).state).toBe(
      'fail',
    );
    expect(run([grant(['Mail.Send'])], charterWith({ read_mail: 'allow' })).state).toBe('fail');
  });

  it('applies a class to all its actions and to no others', () => {
    for (const actions of [
      { read: 'ask' },
      { 'read-only tools': 'allow', 'write/delete tools': 'blocked' },
    ]) {
      expect(run([grant(['Mail.Read'])], charterWith(actions)).state).toBe('pass');
      expect(run([grant(['Mail.Read', 'Mail.Send'])], charterWith(actions))).toMatchObject({
        state: 'fail',
        items: [{ key: 'mail.send' }],
      });
    }
    expect(run([grant(['Mail.Send'])], charterWith({ read: 'ask', send_mail: 'ask' })).state).toBe('pass');
  });

  it('fails for any application permission of Claude’s applications, and says which were not read', () => {
    const role = {
      assignmentId: 'a1',
      resourceId: 'sp-graph',
      resource: 'Microsoft Graph',
      id: 'r1',
      name: 'Mail.Read',
    };
    const named = (name: string) => ({ id: 'sp-more', appId: 'aaaaaaaa-0000-4000-8000-0000000000b7', name });
    const decide = (changes: Parameters<typeof principals>[0], scopes = ['Mail.Read']) =>
      run([grant(scopes)], charterWith({ read_mail: 'allow' }), [outlook], principals(changes));
    const read = { sign_in: { roles: [] }, server: { roles: [] }, client: { roles: [] } };
    const none = decide(read);
    expect([none.state, none.reason]).toEqual(['pass', expect.not.stringContaining('Not read')]);
    const unread = decide({ ...read, client: {} });
    expect([unread.state, unread.reason]).toEqual([
      'pass',
      expect.stringContaining('Not read: application permissions of M365 MCP Client for Claude,'),
    ]);
    const more = (name: string) => decide({ ...read, more: [{ ...named(name), roles: [role] }] });
    // Only a live reading identifies the application that reads.
    expect(
      decide({ ...read, more: [{ ...named('Claude automations'), roles: [role], reader: true }] }).state,
    ).toBe('fail');
    for (const other of ['Payroll', 'Cloude']) expect(more(other).state).toBe('pass');
    // Permissions that only read the directory are usual for governance software, so the name alone is no failure.
    const directory = { ...role, id: 'r3', name: 'AuditLog.Read.All' };
    const governs = (roles: (typeof role)[], name = 'Claude governance') =>
      decide({ ...read, more: [{ ...named(name), roles }] });
    const asked = governs([directory]);
    expect([asked.state, asked.items.map(({ label }) => label)]).toEqual([
      'cannot_read',
      ['Claude governance: AuditLog.Read.All of Microsoft Graph'],
    ]);
    expect(asked.reason).toContain('(aaaaaaaa-0000-4000-8000-0000000000b7)');
    expect(governs([directory, role]).state).toBe('fail');
    expect(governs([directory], 'Clаude governance').state).toBe('fail');
    expect(governs([{ ...directory, resourceId: 'sp-payroll' }]).state).toBe('fail');
    for (const app of [more('Claude automations'), decide({ ...read, sign_in: { roles: [role] } })])
      expect(app).toMatchObject({
        state: 'fail',
        reason: expect.stringContaining('Mail.Read of Microsoft Graph'),
      });
    const both = decide({ ...read, server: { roles: [role, { ...role, id: 'r2', name: null }] } }, [
      'Mail.Send',
    ]);
    expect(both.items.map(({ label }) => label)).toEqual([
      'M365 MCP Server for Claude: Mail.Read of Microsoft Graph',
      'M365 MCP Server for Claude: r2 of Microsoft Graph',
      'Mail.Send',
    ]);
    // No one consented to the connector, but it still holds a permission.
    expect(run([], charterWith({}), [outlook], principals({ server: { roles: [role] } })).state).toBe('fail');
  });

  it('fails the sign-in application for scopes beyond signing in, by its id and not by its name', () => {
    const ofApp = (clientId: string, scopes: string[]) => [
      grant(['Mail.Read']),
      grant(scopes, { id: 'g2', clientId }),
    ];
    const approved = charterWith({ read_mail: 'allow' });
    const named = { entra: { ssoAppId: 'AAAAAAAA-0000-4000-8000-0000000000A1' } };
    const sends = run(ofApp('SP-SSO', ['User.Read', 'Mail.Send']), { ...approved, ...named });
    expect(sends).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Claude (aaaaaaaa-0000-4000-8000-0000000000a1) holds Mail.Send'),
      items: [{ label: 'Claude: Mail.Send', detail: expect.stringContaining('{"scope":"User.Read"}') }],
    });
    expect(run(ofApp('sp-sso', ['openid', 'User.Read']), { ...approved, ...named }).state).toBe('pass');
    // No one consented to the connector.
    expect(run(ofApp('sp-sso', ['Mail.Send']).slice(1), { ...approved, ...named }).state).toBe('fail');
    // The charter does not say which application signs people in.
    expect(run(ofApp('sp-sso', ['Mail.Send']), approved)).toMatchObject({
      state: 'cannot_read',
      ask: { field: 'entra.ssoAppId' },
    });
    // Another application with the name is evaluated by its own control.
    const other = principals({
      more: [{ id: 'sp-more', appId: 'aaaaaaaa-0000-4000-8000-0000000000b7', name: 'Claude letters' }],
    });
    expect(run(ofApp('sp-more', ['Mail.Send']), { ...approved, ...named }, [outlook], other).state).toBe(
      'pass',
    );
  });

  it('also names read scopes that the charter does not open', () => {
    const varies = {
      ...outlook,
      actions: outlook.actions.map((one) => ({
        ...one,
        scope: 'Varies by resource: Mail.Read or Chat.Read',
      })),
    };
    for (const one of [outlook, varies])
      expect(
        run([grant(['Mail.Read', 'Chat.Read'])], charterWith({ read_mail: 'allow' }), [one]),
      ).toMatchObject({
        state: 'fail',
        items: [{ key: 'chat.read', detail: expect.stringContaining('Lets Claude read chats.') }],
      });
    expect(run([grant(['Mail.Read'])], charterWith({ '*': 'blocked' }))).toMatchObject({ state: 'fail' });
  });

  it('counts grants of single people too', () => {
    expect(
      run(
        [grant(['Mail.Read']), grant(['Mail.Send'], { id: 'g2', consentType: 'Principal' })],
        charterWith({ read_mail: 'allow' }),
      ),
    ).toMatchObject({ state: 'fail' });
  });

  it('treats a list of scopes in the charter as complete', () => {
    const charter = { entra: { connectorScopes: ['Files.Read.All'] } };
    expect(run([grant(['openid', 'Files.Read.All'])], charter).state).toBe('pass');
    expect(run([grant(['Files.Read.All', 'Mail.Read'])], charter)).toMatchObject({
      state: 'fail',
      items: [{ key: 'mail.read' }],
    });
  });

  it('cannot tell when the charter allows an action that the catalogue does not know', () => {
    expect(run([grant(['Mail.Send'])], charterWith({ 'send newsletters': 'ask' }))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('send newsletters'),
    });
  });

  it('cannot read without charter, connectors, catalogue or files', () => {
    expect(run([grant(['Mail.Send'])], undefined).state).toBe('cannot_read');
    expect(run([grant(['Mail.Send'])], {}).state).toBe('cannot_read');
    expect(run([grant(['Mail.Send'])], charterWith({ read_mail: 'allow' }), []).state).toBe('cannot_read');
    expect(run(null, charterWith({ read_mail: 'allow' })).state).toBe('cannot_read');
    expect(
      run(
        [grant(['Mail.Send'])],
        charterWith({ read_mail: 'allow' }),
        [outlook],
        principals({ server: { id: null } }),
      ).state,
    ).toBe('cannot_read');
    expect(runRule(connectorScopes, {}, { charter: charterWith({ read_mail: 'allow' }) }).state).toBe(
      'cannot_read',
    );
  });

  it('does not apply if the application is missing or has no grants', () => {
    const without = (more: readonly object[]) =>
      run([], charterWith({ read_mail: 'allow' }), [outlook], principals({ without: ['server'], more }));
    const payroll = { appId: 'cccccccc-0000-4000-8000-000000000003', name: 'Payroll' };
    expect(without([payroll]).state).toBe('not_applicable');
    // A list filtered by name may lack it.
    expect(without([])).toMatchObject({ state: 'cannot_read', ask: { detail: 'unfiltered' } });
    expect(
      run([grant(['Mail.Send'], { clientId: 'sp-graph' })], charterWith({ read_mail: 'allow' })).state,
    ).toBe('not_applicable');
  });

  it('fails every scope beyond sign-in if the charter approves no part of the connector', () => {
    for (const connectors of [[], [{ name: 'Slack', actions: { '*': 'ask' } }]])
      expect(run([grant(['User.Read', 'Mail.Read', 'Mail.Send'])], { connectors })).toMatchObject({
        state: 'fail',
        reason: expect.stringContaining('approves no part of the Microsoft 365 connector'),
        items: [{ key: 'mail.read' }, { key: 'mail.send' }],
      });
  });

  it('never offers a call that would remove approved scopes', () => {
    const detail = (scopes: string[], charter: Record<string, unknown>, catalogue = [outlook]) =>
      run([grant(scopes)], charter, catalogue).items.map((item) => item.detail);
    // The scopes of an approved action are not known: offer no call at all.
    const send = charterWith({ 'send newsletters': 'ask' });
    expect(detail(['Mail.Send'], send).join()).not.toContain('graph.microsoft.com');
    const silent = { ...outlook, actions: outlook.actions.map(({ scope: _scope, ...one }) => one) };
    const found = run([grant(['Mail.Send'])], charterWith({ send_mail: 'ask' }), [silent]);
    expect(found.state).toBe('cannot_read');
    expect(found.items[0]?.detail).not.toContain('graph.microsoft.com');
    // Reading continues to work through a narrower scope when the write scope is removed.
    expect(detail(['Mail.ReadWrite'], charterWith({ read_mail: 'allow' }))[0]).toContain(
      '{"scope":"Mail.Read"}',
    );
    // An outdated list does not override an approved action.
    expect(
      run([grant(['Mail.Send', 'Mail.Read'])], {
        entra: { connectorScopes: ['Mail.Read'] },
        ...charterWith({ send_mail: 'ask' }),
      }).state,
    ).toBe('pass');
  });

  it('says what was added and removed since the earlier file', () => {
    const file = (day: string, scopes: string[]) =>
      reading('permission_grants', [{ ...grant(scopes), consentType: 'AllPrincipals' }], {
        mappedByHand: true,
        observedOn: day,
        file: `grants ${day}.json`,
      });
    const since = (...files: ReturnType<typeof file>[]) =>
      runRule(
        connectorScopes,
        {},
        {
          charter: charterWith({ read_mail: 'allow' }),
          catalogue: { connectors: [outlook] },
          readings: { service_principals: principals(), permission_grants: files },
        },
      );
    const before = file('2026-10-20', ['User.Read', 'Mail.Read', 'Chat.Read']);
    expect(since(before, file('2026-11-23', ['User.Read', 'Mail.Read', 'Mail.Send']))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining(
        'Added since Oct 20, 2026: Mail.Send. Removed since Oct 20, 2026: Chat.Read.',
      ),
    });
    expect(since(before, file('2026-11-23', ['User.Read', 'Mail.Read']))).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('Removed since Oct 20, 2026: Chat.Read.'),
    });
    expect(since(file('2026-11-23', ['User.Read', 'Mail.Read'])).reason).not.toContain('since');
  });
});
// Guide: G3.2-02 G6.1-05
