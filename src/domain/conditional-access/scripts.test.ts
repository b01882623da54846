import { expect, it } from 'vitest';
import type { PolicyBody } from './body.ts';
import { graphCalls, powershell, terraform } from './scripts.ts';
import type { AccessStep } from './steps.ts';

/** Names as strangers give them: quotes of three languages, templates, the end of a here-string, bytes beyond ASCII. */
const NAMES = [
  `Ä "quoted" \\ back`,
  "line\n'@\nRemove-MgUser",
  'curly\n\u2019@\nRemove-MgUser',
  '$(Remove-MgUser) \x24{var.x} $\x24{var.y} %{ if true } `n',
  '\b\f\u0001\u2028 lone \ud800 end',
  '"\n}\nresource "azuread_user" "x" {',
];
const NOWHERE = { tenant: null, environment: null };

function body(displayName: string): PolicyBody {
  return {
    displayName,
    state: 'enabled',
    conditions: {
      clientAppTypes: ['all'],
      applications: {
        includeApplications: ['All'],
        excludeApplications: ['app-out'],
        includeUserActions: [],
      },
      users: {
        includeUsers: ['All'],
        excludeUsers: [displayName],
        includeGroups: [],
        excludeGroups: [],
        includeRoles: [],
        excludeRoles: [],
      },
    },
    grantControls: {
      operator: 'OR',
      builtInControls: ['mfa'],
      customAuthenticationFactors: [],
      termsOfUse: [],
    },
    sessionControls: null,
  };
}

it.each(NAMES)('leaves %j intact in PowerShell', (name) => {
  const made = powershell([{ do: 'create_policy', body: body(name) }], NOWHERE);
  expect(made).toMatch(/^[\x20-\x7e\n]*$/);
  // All that is between the first here-string and its end is the one JSON text.
  const [, json = '', rest = ''] = /\$body = @'\n(.*?)\n'@(.*)$/s.exec(made) ?? [];
  expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(body(name))));
  expect(rest).not.toContain('Remove-MgUser');
});

it.each(NAMES)('leaves %j intact in Terraform', (name) => {
  const made = terraform([{ do: 'create_policy', body: body(name) }], body(name), {
    label: 'claude_mfa',
    where: NOWHERE,
  });
  const line = made.split('\n').find((one) => one.includes('display_name')) ?? '';
  const quoted = line.slice(line.indexOf('"'));
  // HCL knows these escapes and no others, and begins a template at a brace after a sign.
  expect(quoted.slice(1, -1)).toMatch(/^([^"\\\n]|\\[nrt"\\]|\\u[0-9a-f]{4})*$/);
  expect(quoted).not.toMatch(/[$%]\{/);
  expect(JSON.parse(quoted)).toBe(name.toWellFormed());
  expect(made.match(/^resource /gm)).toHaveLength(1);
  expect(made).toContain('excluded_applications = ["app-out"]');
});

it('names the tenant and its cloud, or neither if they are unknown', () => {
  const steps: AccessStep[] = [{ do: 'create_policy', body: body('MFA') }];
  const of = (tenant: string | null, environment: string | null) =>
    powershell(steps, { tenant, environment }).split('\n').slice(2, 4).join('\n');
  expect(of('a1de0000-0000-4000-8000-000000000000', 'USGov')).toMatch(
    /^Connect-MgGraph -TenantId 'a1de[^']*' -Environment USGov -Scopes /,
  );
  for (const unknown of [null, "x'; Remove-MgUser"])
    expect(of(unknown, null)).toMatch(
      /^Connect-MgGraph -Scopes .*\nGet-MgContext \| Select-Object Account, TenantId$/,
    );
  expect(
    terraform(steps, body('MFA'), { label: 'x', where: { tenant: 'a.example\nx', environment: null } }),
  ).not.toContain('a.example');
});

it('does not let an id from an imported file break out of a path', () => {
  const step: AccessStep = {
    do: 'change_policy',
    id: "x'; Remove-MgUser \u2019?a=b",
    name: 'MFA',
    body: { state: 'enabled' },
    parts: ['state'],
  };
  expect(graphCalls([step])[0]?.path).toMatch(/\/policies\/[\w%;.-]+$/);
  expect(powershell([step], NOWHERE)).toMatch(/-Uri '[^'\u2019]+' -Body/);
});
// Guide: G6.2-01 G6.3-02
