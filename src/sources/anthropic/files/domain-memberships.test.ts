import { describe, expect, it } from 'vitest';
import { reading } from '../../exports/table/testing.ts';
import { domainMemberships } from './domain-memberships.ts';

describe('domain memberships', () => {
  it('knows personal accounts by their plan', () => {
    const { rows } = reading(domainMemberships, [
      'Email,Plan type,Workspace,Account creation date,Last active date',
      'ann@alder.example.org,Team,Alder Society,2026-01-02,2026-11-01',
      'cy@alder.example.org,Free,,03/25/2025,',
      'di@alder.example.org,Max 5x,,,',
      'ed@alder.example.org,Individual,,,',
      'fi@alder.example.org,Platinum,,,',
    ]);
    expect(
      rows.map(({ email, plan, inWorkspace, organization }) => [email, plan, inWorkspace, organization]),
    ).toEqual([
      ['ann@alder.example.org', 'team', null, 'Alder Society'],
      ['cy@alder.example.org', 'free', false, null],
      ['di@alder.example.org', 'max', false, null],
      ['ed@alder.example.org', null, false, null],
      ['fi@alder.example.org', null, null, null],
    ]);
    expect(rows[1]?.createdOn).toBe('2025-03-25');
  });

  it('does not ask whether a role says who is in our organization', () => {
    const asked = (column: string) =>
      domainMemberships
        .parse(
          {
            form: 'table',
            tables: [
              {
                sheet: null,
                headingRow: 1,
                columns: ['Email', 'Organization', 'Plan', column],
                rows: ['ann', 'bo', 'cy'].map((name, n) => ({
                  row: n + 2,
                  cells: [`${name}@alder.example.org`, `${name}’s`, 'Pro', n === 0 ? 'Admin' : 'User'],
                })),
              },
            ],
          },
          { file: 'domain.csv', timezone: 'UTC', domains: ['alder.example.org'], today: '2026-11-24' },
        )
        .flatMap((one) => one.notes.map(({ says }) => says))
        .filter((says) => says.includes('In this organization'));
    expect(asked('Role')).toEqual([]);
    expect(asked('Kind of member')).toHaveLength(1);
  });

  it('takes each of several addresses in a cell as an account, and says so', () => {
    const { rows, says } = reading(domainMemberships, [
      'Email,Plan type',
      'ann@alder.example.org; ann.roe@alder.example.org,Free',
    ]);
    expect(rows.map(({ email, plan, row }) => [email, plan, row])).toEqual([
      ['ann@alder.example.org', 'free', 2],
      ['ann.roe@alder.example.org', 'free', 2],
    ]);
    expect(says).toEqual(['2: This row has 2 email addresses. Each was counted as a separate account.']);
  });

  it('reads whether an account is inside', () => {
    const { rows } = reading(domainMemberships, [
      'Email,In your organization,Plan',
      'ann@alder.example.org,Yes,Team',
      'bo@alder.example.org,No,Team',
      'cy@alder.example.org,Yes,Free',
    ]);
    expect(rows.map(({ inWorkspace }) => inWorkspace)).toEqual([true, false, false]);
  });

  it('refuses a report of nobody, since silence is not absence', () => {
    expect(() => reading(domainMemberships, ['Email,Plan'])).toThrow(
      'The Domain memberships report lists no account. Nothing was imported. Is this the right file?',
    );
  });

  it('says when the JSON is one page of several', () => {
    const value = {
      data: [{ email: 'cy@alder.example.org', plan_type: 'free', organization: { name: 'Other' } }],
      has_more: true,
    };
    const [parsed] = domainMemberships.parse(
      { form: 'json', value, text: '' },
      { file: 'a.json', timezone: 'UTC', domains: [], today: '2026-11-24' },
    );
    expect(parsed).toMatchObject({
      complete: false,
      rows: [{ row: 1, email: 'cy@alder.example.org', plan: 'free', organization: 'Other' }],
    });
  });
});

it('lets a person say what a column of a Domain memberships report holds, wherever it asks', () => {
  const { asks = [] } = reading(domainMemberships, [
    'Email,Standing',
    'a.one@rowan.example.org,Here',
    'b.two@rowan.example.org,Elsewhere',
  ]);
  expect(asks.map(({ field }) => field)).toContain('inWorkspace');
  for (const { field } of asks) expect(domainMemberships.fields).toContain(field);
});
