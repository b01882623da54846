import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import {
  type Json,
  TEST_NOW,
  type TestConsole,
  type TestConsoleOptions,
  type TestPerson,
  testConsole,
} from '#server/testing/console.ts';
import { insertDocument } from '#store/imports/documents.ts';

/** Domain of all people in a test console. */
export const OWN_DOMAIN = 'people.example';

/**
 * A test console with actions shared by the deployment tests. Each action advances the clock, as if people did them.
 */
export interface TestDeployment {
  readonly bylaw: TestConsole;
  readonly me: TestPerson;
  show(slug: string, person?: TestPerson): Promise<Json>;
  task(slug: string, id: string, person?: TestPerson): Promise<Json>;
  later(minutes?: number): void;
  /**
   * Puts a charter in force that names `me` as the account owner, so that `me` can attest to it. `OWN_DOMAIN` must be
   * one of the client's domains.
   */
  nameOwner(client: { readonly id: string }, more?: object): Promise<void>;
  attest(slug: string, ...controls: string[]): Promise<string[]>;
  /** Adds a file to the evidence and returns its SHA-256. */
  upload(slug: string, name: string): Promise<string>;
  /** Records the lockdown of connectors, which takes two people. */
  lockDown(slug: string, on: string): Promise<void>;
  /** Requests and approves the override of a locked task. */
  override(slug: string, task: string): Promise<void>;
  auditOf(slug: string, action: string): Promise<Json[]>;
}

export async function testDeployment(options: TestConsoleOptions = {}): Promise<TestDeployment> {
  const bylaw = await testConsole(options);
  const me = bylaw.owner;
  let passed = 0;
  const charters = new Map<string, number>();
  const show = async (slug: string, person = me) =>
    (await person.call('GET', `/clients/${slug}/deployment`)).body;
  const later = (minutes = 1) => {
    passed += minutes;
    bylaw.setNow(new Date(TEST_NOW.getTime() + passed * 60_000));
  };
  const upload = async (slug: string, name: string): Promise<string> => {
    const answer = await bylaw.inject({
      method: 'PUT',
      url: `/api/v1/clients/${slug}/evidence?name=${name}`,
      headers: {
        cookie: me.cookie,
        origin: bylaw.services.config.origin,
        'content-type': 'application/octet-stream',
      },
      payload: Buffer.from(`${name} of ${slug}`),
    });
    return String(answer.body.sha256);
  };
  const override = async (slug: string, task: string) => {
    const { id } = (await me.call('GET', `/clients/${slug}`)).body;
    const second = await bylaw.person('technician', id);
    later();
    const asked = await second.call('POST', `/clients/${slug}/deployment/overrides`, {
      task,
      reason: 'It was begun before.',
    });
    expect(asked.status).toBe(201);
    later();
    const agreed = await me.call('POST', `/clients/${slug}/deployment/overrides/${asked.body.id}/approve`, {
      reason: 'So it was.',
    });
    expect(agreed.status).toBe(201);
  };
  return {
    bylaw,
    me,
    show,
    later,
    task: async (slug, id, person = me) => {
      const found = (await show(slug, person)).tasks.find((one: Json) => one.id === id);
      if (found === undefined) throw new Error(`no task ${id}`);
      return found;
    },
    nameOwner: async ({ id }, more = {}) => {
      const version = (charters.get(id) ?? 0) + 1;
      charters.set(id, version);
      await bylaw.services.store.write([id], (tx) =>
        insertDocument(tx, {
          id: randomUUID(),
          clientId: id,
          kind: 'charter',
          version,
          value: { accountOwner: me.email, ...more },
          lines: {},
          file: 'charter.yaml',
          sha256: 'x',
          importId: null,
          basis: 'draft',
          at: bylaw.services.clock(),
          by: me.id,
        }),
      );
      await bylaw.services.verdicts.refresh(id);
    },
    attest: async (slug, ...controls) => {
      const ids: string[] = [];
      for (const control of controls) {
        later();
        const answer = await me.call('POST', `/clients/${slug}/attestations`, {
          control,
          holds: true,
          seen: '2026-11-24',
          note: 'Seen.',
        });
        expect(answer.status).toBe(201);
        ids.push(answer.body.id);
      }
      return ids;
    },
    upload,
    lockDown: async (slug, on) => {
      await override(slug, 'connectors_locked');
      later();
      const filed = await me.call('POST', `/clients/${slug}/deployment/notes`, {
        entry: 'lockdown',
        on,
        variant: 'added_only',
        evidence: await upload(slug, 'connectors.png'),
      });
      expect(filed.status).toBe(201);
    },
    override,
    auditOf: async (slug, action) =>
      (await me.call('GET', `/clients/${slug}/audit?action=${action}`)).body.items,
  };
}
