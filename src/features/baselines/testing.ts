import type { TestConsole, TestPerson } from '#server/testing/console.ts';

/** A template that uses every kind of entry. */
export const YAML = `name: Kestrel standard
purpose: For associations on Team.
meantFor: { claudePlans: [team], m365: [business_premium] }
client: { timezone: America/New_York, swg: null }
charter:
  accountOwner: "{owner}"
  maxOwners: 2
  inviteDomains: ["{domains}"]
  localMcpAllowed: false
  connectors:
    - name: Asana
      actions: { Read tasks: allow, Create tasks: ask, "*": blocked }
deployment:
  - { task: owner_named, by: client, owner: "{owner}", dueDays: 3 }
  - { task: domain_verified, by: msp, owner: Kestrel desk, dueDays: 7 }
texts:
  - { id: welcome, title: Welcome, text: "Dear {name}, at {domain}." }
`;

/** Uploads a table of clients as the page does. */
export const upload = (bylaw: TestConsole, person: TestPerson, payload: string | Buffer) =>
  bylaw.inject({
    method: 'PUT',
    url: '/api/v1/baselines/table',
    headers: {
      cookie: person.cookie,
      origin: bylaw.services.config.origin,
      'content-type': 'application/octet-stream',
    },
    payload,
  });

/** A table of `n` clients as copied from a spreadsheet, numbered from `from`. */
export const clientTable = (n = 40, from = 1) =>
  [
    'Name\tDomains\tClaude plan\tMicrosoft license\tStaff\tOwner',
    ...Array.from({ length: n }, (_, at) => {
      const k = at + from;
      return `Society ${k}\tsociety-${k}.example.org\tTeam\tBusiness Premium\t${k + 5}\tit@society-${k}.example.org`;
    }),
  ].join('\n');

/** Actions and bodies on the audit log of a client or the workspace, in order. */
export async function auditOf(bylaw: TestConsole, chain: string) {
  return bylaw.services.store.read('system', (tx) =>
    tx
      .selectFrom('audit_log')
      .select(['action', 'body'])
      .where('client_id', '=', chain)
      .orderBy('seq')
      .execute(),
  );
}

/** Stores a charter in force, as an import would. */
export async function inForce(bylaw: TestConsole, clientId: string, value: object): Promise<void> {
  await bylaw.services.store.write([clientId], async (tx) => {
    const last = await tx
      .selectFrom('documents')
      .select((eb) => eb.fn.max('version').as('version'))
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    const version = Number(last?.version ?? 0) + 1;
    await tx
      .insertInto('documents')
      .values({
        id: `charter-${version}-${clientId}`,
        client_id: clientId,
        kind: 'charter',
        version,
        value: JSON.stringify(value),
        lines: '{}',
        file: 'charter.yaml',
        sha256: 'c'.repeat(64),
        import_id: null,
        stored_at: bylaw.services.clock(),
        stored_by: 'Dana Whitlock',
      })
      .execute();
  });
}
