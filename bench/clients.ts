import type { DecisionInput } from '../src/domain/decide/input.ts';
import type { Catalogue } from '../src/domain/model/catalogue.ts';
import { charterSchema } from '../src/domain/model/charter.ts';
import { journalSchema } from '../src/domain/model/journal.ts';
import type { Kind } from '../src/domain/model/kinds.ts';
import { profileSchema } from '../src/domain/model/profile.ts';
import type { Reading } from '../src/domain/model/reading.ts';
import { given, reading, TODAY } from '../src/domain/testing/build.ts';

/** A generated client with `people` people and every kind of file that a Team client can export. */
export function client(n: number, people: number, catalogue: Catalogue): DecisionInput {
  const domain = `client${n}.example.org`;
  const staff = Array.from({ length: people }, (_, index) => ({
    name: `Person${index} Surname${n}x${index}`,
    mail: `person${index}@${domain}`,
  }));
  const left = (index: number) => index % 25 === 0;
  const named = <K extends Kind>(one: Reading<K>): Reading<K> => ({ ...one, sha256: `${n}-${one.kind}` });
  const connectors = ['Microsoft 365 SharePoint', 'Microsoft 365 Outlook', 'Asana', 'Salesforce'].flatMap(
    (connector) =>
      ['Read', 'Search', 'Create', 'Update', 'Delete'].map((action, index) => ({
        connector,
        action,
        state: index < 2 ? ('allow' as const) : index < 4 ? ('ask' as const) : ('blocked' as const),
        stateText: 'x',
        enabled: true,
      })),
  );
  const base = given({ catalogue: catalogue });
  return {
    ...base,
    profile: profileSchema.parse({
      name: `Client ${n}`,
      domains: [domain],
      claudePlan: 'team',
      claudeSeats: people,
      m365: 'business_premium',
      swg: 'none',
      siem: 'none',
      timezone: 'America/New_York',
      normalHours: { start: '08:00', end: '18:00' },
    }),
    charter: {
      value: charterSchema.parse({
        version: 1,
        inForceSince: '2026-09-01',
        approvedBy: ['A', 'B'],
        accountOwner: staff[1]?.mail,
        owners: [staff[1]?.mail],
        connectors: [{ name: 'Asana', actions: { Read: 'allow', '*': 'blocked' } }],
        policy: { version: '1', published: '2026-09-01' },
      }),
      file: 'charter.yaml',
      sha256: `charter ${n}`,
      lines: {},
    },
    journal: {
      value: journalSchema.parse({
        firstInvitation: '2026-09-02',
        lockdown: { on: '2026-09-01', by: 'A' },
        reviews: [{ kind: 'monthly', on: '2026-11-01', by: 'A' }],
      }),
      file: 'journal.yaml',
      sha256: `journal ${n}`,
      lines: {},
    },
    readings: {
      members: [
        named(
          reading(
            'members',
            staff.map((person, index) => ({
              email: person.mail,
              name: person.name,
              role: index === 1 ? ('primary_owner' as const) : ('user' as const),
              roleText: 'User',
              status: 'active' as const,
              seat: 'Standard',
            })),
          ),
        ),
      ],
      roster: [
        named(
          reading(
            'roster',
            staff.map((person, index) => ({
              name: person.name,
              emails: [person.mail],
              status: left(index) ? ('left' as const) : ('active' as const),
              endsOn: left(index) ? '2026-10-01' : null,
              employeeId: `E${index}`,
            })),
          ),
        ),
      ],
      entra_users: [
        named(
          reading(
            'entra_users',
            staff.map((person, index) => ({
              id: `u${index}`,
              upn: person.mail,
              mail: person.mail,
              enabled: !left(index),
              userType: 'Member' as const,
              name: person.name,
              employeeId: `E${index}`,
            })),
          ),
        ),
      ],
      acknowledgements: [
        named(
          reading(
            'acknowledgements',
            staff.slice(5).map((person) => ({
              email: person.mail,
              name: person.name,
              version: '1',
              on: '2026-09-03',
              acknowledged: true,
            })),
          ),
        ),
      ],
      domain_memberships: [
        named(
          reading(
            'domain_memberships',
            staff.map((person, index) => ({
              email: person.mail,
              name: person.name,
              inWorkspace: index % 30 !== 0,
            })),
          ),
        ),
      ],
      connectors: [named(reading('connectors', connectors))],
      usage: [
        named(
          reading(
            'usage',
            staff.map((person, index) => ({
              email: person.mail,
              requests: 100 + index,
              from: '2026-10-01',
              to: '2026-10-31',
            })),
          ),
        ),
      ],
      dns: [named(reading('dns', [{ domain, txt: ['anthropic-domain-verification-x'] }]))],
    },
    now: `${TODAY}T23:59:59Z`,
    today: TODAY,
  };
}
