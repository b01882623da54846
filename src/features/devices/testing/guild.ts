import { afterAll, beforeAll, expect } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';

export const ORGANIZATION = '7c1f3b60-58a2-4f0e-9a53-2f6d2f0c7e11';
/** A charter with every part that device settings can express. */
export const CHARTER = `
claudeOrganization: ${ORGANIZATION}
desktopOrgLock: true
desktopExtensions: []
localMcpAllowed: false
cowork: { enabled: false, runInCloud: false, automaticApproval: false, alwaysAllow: false }
contentAccess: { allowed: false }
chatRetentionDays: 180
connectors:
  - name: iMIS "live" server
    kind: custom
    url: https://ams.example.org/mcp
    actions: { read_members: allow, list_events: ask, delete_member: blocked, "*": blocked }
  - name: Old server
    kind: custom
    actions: { "*": blocked }
  - name: Asana
    actions: { Read tasks: allow, "*": blocked }
`;

/** What the check of a file says about one setting. */
export interface Finding {
  readonly level: string;
  readonly key: string | null;
  readonly says: string;
}
/** The settings for which a check reports findings of one level. */
export const found = (body: { findings: Finding[] }, level: string) =>
  body.findings.filter((one) => one.level === level).map(({ key }) => key);

/** A console with one client, whose charter is a draft, and its technician's requests to the devices page. */
export function devicesOfAGuild() {
  let bylaw: TestConsole;
  let technician: TestPerson;
  let slug: string;
  let draft: string;

  beforeAll(async () => {
    bylaw = await testConsole();
    const client = await bylaw.client('Rowan Guild\n"of" <Trees>');
    slug = client.slug;
    technician = await bylaw.person('technician', client.id);
    draft = await draftOf(CHARTER);
  });
  afterAll(() => bylaw.close());

  async function draftOf(text: string): Promise<string> {
    const created = await technician.call('POST', `/clients/${slug}/charter/yaml`, {
      text,
      reason: 'For the test',
    });
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    return created.body.draft;
  }
  const show = async (query = `?draft=${draft}`) =>
    (await technician.call('GET', `/clients/${slug}/devices${query}`)).body;
  const file = (id: string, query = `?draft=${draft}`) =>
    technician.call('GET', `/clients/${slug}/devices/files/${id}${query}`);
  const lint = (name: string, content: string | Uint8Array, query = `&draft=${draft}`) =>
    bylaw.inject({
      method: 'PUT',
      url: `/api/v1/clients/${slug}/devices/lint?name=${encodeURIComponent(name)}${query}`,
      headers: {
        cookie: technician.cookie,
        origin: bylaw.services.config.origin,
        'content-type': 'application/octet-stream',
      },
      payload: Buffer.from(content),
    });
  return {
    get bylaw() {
      return bylaw;
    },
    get technician() {
      return technician;
    },
    get slug() {
      return slug;
    },
    /** Id of the draft of the charter. */
    get draft() {
      return draft;
    },
    /** Creates another draft from YAML and returns its id. */
    draftOf,
    show,
    file,
    /** Checks a file. */
    lint,
  };
}
