import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';

/** The Microsoft 365 connector and the ways to the membership system, over HTTP, with the sandbox association. */
let bylaw: TestConsole;
let sandbox: string;
let empty: string;

beforeAll(async () => {
  bylaw = await testConsole();
  sandbox = (await bylaw.owner.call('POST', '/sandbox', {})).body.client;
  empty = (await bylaw.client('Rowan Guild')).slug;
});
afterAll(() => bylaw.close());

const get = async (path: string) => (await bylaw.owner.call('GET', path)).body;
interface Scope {
  readonly scope: string;
  readonly needed: boolean | null;
}

describe('the Microsoft 365 connector', () => {
  it('shows the applications of connector and sign-in by id, and names each scope that the charter does not need with the call that removes it', async () => {
    const shown = await get(`/clients/${sandbox}/microsoft-connector`);
    expect(shown.observed.why).toBeNull();
    expect(shown.apps).toMatchObject([
      { appId: '07c030f6-5743-41b7-ba00-0a6e85f37c17', role: 'server', there: true, enabled: true },
      { appId: '08ad6f98-a4f8-4635-bb8d-f1a3044760f0', role: 'client', there: true, enabled: true },
      { appId: 'a1de5500-1111-4222-8333-0123456789ab', role: 'sign_in', assignmentRequired: false },
    ]);
    const surplus = shown.scopes
      .filter(({ needed }: Scope) => needed === false)
      .map(({ scope }: Scope) => scope);
    expect(surplus).toEqual(['Mail.Send', 'MailboxSettings.ReadWrite']);
    // Approved reading of the mailbox keeps working without the scope that also writes its settings.
    const keeps =
      'User.Read openid offline_access email profile Mail.Read Mail.ReadBasic Files.Read Files.Read.All Sites.Read.All Files.ReadWrite.All MailboxSettings.Read';
    expect(shown.removals).toEqual([
      {
        grant: 'grant-1',
        person: null,
        removes: ['Mail.Send', 'MailboxSettings.ReadWrite'],
        keeps: keeps.split(' '),
        graph: `PATCH https://graph.microsoft.com/v1.0/oauth2PermissionGrants/grant-1 {"scope":"${keeps}"}`,
        powershell: `Update-MgOauth2PermissionGrant -OAuth2PermissionGrantId 'grant-1' -Scope '${keeps}'`,
      },
    ]);
    const scopes = shown.requirements.find(({ id }: { id: string }) => id === 'scopes');
    expect(scopes.controls).toMatchObject([{ id: 'CLA-M365-06', state: 'fail' }]);
    expect(shown.egress).toBe('160.79.104.0/21');
    // The sandbox has only one file of grants, so there is no earlier one to compare with.
    expect(shown.since).toBeNull();
    // Nor does it have Entra's audit log, so it is not known who consented.
    expect(shown.consents).toBeNull();
    // Consent is for everyone. Assignments were not read, so no one counts as kept out.
    const { linkers } = shown;
    expect(linkers).toMatchObject({ consent: 'everyone', assignment: true, count: 0, names: [] });
    expect(linkers.unknown).toBe(linkers.of);
  });

  it('holds the same grants against a draft, where reading that it does not open is surplus too', async () => {
    const created = await bylaw.owner.call('POST', `/clients/${sandbox}/charter/yaml`, {
      text: 'connectors: [ { name: Microsoft 365 (Outlook), actions: { Send email: ask, "*": blocked } } ]',
      reason: 'Mail only',
    });
    const shown = await get(`/clients/${sandbox}/microsoft-connector?draft=${created.body.draft}`);
    const of = (wanted: boolean) =>
      shown.scopes.filter(({ needed }: Scope) => needed === wanted).map(({ scope }: Scope) => scope);
    expect(of(false)).toEqual([
      'Files.Read',
      'Files.Read.All',
      'Sites.Read.All',
      'Files.ReadWrite.All',
      'MailboxSettings.ReadWrite',
    ]);
    expect(of(true)).toContain('Mail.Send');
  });

  it('gives no call and no verdict on a scope that it cannot judge', async () => {
    const shown = await get(`/clients/${empty}/microsoft-connector`);
    expect(shown).toMatchObject({ charter: 'No charter in force', scopes: [], removals: [] });
    expect(shown.observed.why).not.toBeNull();
    expect(shown.apps.map(({ there }: { there: boolean | null }) => there)).toEqual([null, null]);
    const created = await bylaw.owner.call('POST', `/clients/${sandbox}/charter/yaml`, {
      text: 'connectors: [ { name: Microsoft 365 (Outlook), actions: { Read email: allow, Do as it likes: ask, "*": blocked } } ]',
      reason: 'Unclear',
    });
    const unclear = await get(`/clients/${sandbox}/microsoft-connector?draft=${created.body.draft}`);
    expect(unclear.needed.unclear).toEqual(['“Do as it likes”']);
    expect(unclear.scopes.some(({ needed }: Scope) => needed === false)).toBe(false);
    expect(unclear.removals).toEqual([]);
  });
});

describe('a sign-in from a device that does not comply', () => {
  it('is a finding of its own, and a case that is known is left out until a day', async () => {
    const path = `/clients/${sandbox}`;
    const key = 'cosmo.farquharson@alder.example.org';
    const control = async () => get(`${path}/controls/M365-19`);
    const found = await control();
    expect(found.state).toBe('fail');
    expect(found.items).toMatchObject([{ key }]);
    const technician = await bylaw.person('technician', null);
    const asked = await technician.call('POST', `${path}/exceptions`, {
      control: 'CLA-M365-19',
      items: [key],
      reason: 'A loaner until the new laptop is here',
      owner: 'Priya Raman',
      until: '2026-12-31',
    });
    expect([asked.status, asked.body.message]).toEqual([201, undefined]);
    await bylaw.owner.call('POST', `${path}/exceptions/${asked.body.id}/approve`, { version: 1 });
    expect(await control()).toMatchObject({ state: 'accepted', acceptedUntil: '2026-12-31' });
  });
});

describe('the ways to the membership system', () => {
  it('are listed with what each needs, and are decided only by the charter', async () => {
    const open = await get(`/clients/${empty}/ams`);
    expect(open).toMatchObject({ name: null, charter: null, decided: false, none: false });
    expect(
      open.methods.map(({ id, chosen }: { id: string; chosen: boolean | null }) => [id, chosen]),
    ).toEqual([
      ['manual_upload', null],
      ['custom_mcp', null],
      ['bedrock', null],
    ]);
    expect(open.egress.now).toEqual(['160.79.104.0/21']);
    const none = await get(`/clients/${sandbox}/ams`);
    expect(none).toMatchObject({ name: 'iMIS', decided: true, none: true });
    expect(none.methods.every(({ chosen }: { chosen: boolean }) => chosen === false)).toBe(true);
    const states = none.methods.flatMap(({ needs }: { needs: { state: string | null }[] }) =>
      needs.map(({ state }) => state),
    );
    expect(states.every((state: string | null) => state === null)).toBe(true);
    expect(none.prepare).toMatch(/\/prepare$/);
  });

  it('show for a chosen way the status of what it needs, and what only people do', async () => {
    const client = await bylaw.client('Linden Society');
    const technician = await bylaw.person('technician', client.id);
    const path = `/clients/${client.slug}`;
    const charter = async (agent: string) => {
      const created = await technician.call('POST', `${path}/charter/yaml`, {
        text: `ams:
  name: iMIS
  methods: [manual_upload, bedrock]
  vendorConsulted: { on: 2026-10-01, contact: Account manager Paula Reyes, outcome: Read-only access agreed }
  ${agent}`,
        reason: 'Decided by the board',
      });
      const draft = `${path}/charter/drafts/${created.body.draft}`;
      const version = async () => (await bylaw.owner.call('GET', draft)).body.version;
      await technician.call('POST', `${draft}/propose`, { version: await version() });
      await bylaw.owner.call('POST', `${draft}/approve`, { version: await version() });
    };
    await charter(
      'agent: { account: "123456789012", name: member-answers, scopes: Members and dues, readOnly: true, reviewed: 2026-11-01 }',
    );
    const shown = await get(`${path}/ams`);
    expect(shown).toMatchObject({ name: 'iMIS', charter: 1, decided: true, none: false });
    const upload = shown.methods.find(({ id }: { id: string }) => id === 'manual_upload');
    expect(upload.chosen).toBe(true);
    expect(upload.needs.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
      ['policy', 'policy_only'],
      ['decided', 'pass'],
      ['prepared', 'policy_only'],
      ['deleted', 'policy_only'],
    ]);
    // The agent in the client's own cloud has the same checklist, and is in the inventory of a review with what Claude
    // cannot show.
    const bedrock = shown.methods.find(({ id }: { id: string }) => id === 'bedrock');
    expect(bedrock).toMatchObject({ chosen: true, agent: { name: 'member-answers', readOnly: true } });
    expect(bedrock.needs[0]).toMatchObject({ control: 'CLA-CON-23', state: 'pass' });
    const review = await bylaw.owner.call('POST', `${path}/reviews`, { kind: 'quarterly' });
    const inventory = JSON.stringify((await get(`${path}/reviews/${review.body.id}`)).items);
    expect(inventory).toContain('member-answers, agent for iMIS');
    expect(inventory).toContain('None of Claude’s logs show what it does');
    await charter(
      'agent: { account: "123456789012", name: member-answers, scopes: All, readOnly: false, reviewed: 2026-11-01 }',
    );
    const wide = (await get(`${path}/ams`)).methods.find(({ id }: { id: string }) => id === 'bedrock');
    expect(wide.needs[0]).toMatchObject({ control: 'CLA-CON-23', state: 'fail' });
    await charter('');
    const unnamed = (await get(`${path}/ams`)).methods.find(({ id }: { id: string }) => id === 'bedrock');
    expect(unnamed.needs[0]).toMatchObject({ control: 'CLA-CON-23', state: 'cannot_read' });
  });
});
// Guide: G3.2-00 G3.2-01 G3.2-02 G3.2-03 G3.3-00 G3.3-07 G3.3-08 G3.3-09 G3.3-10 G6.1-03 G6.1-04 G6.1-05
// Guide: G5.4-04 G6.1-06
