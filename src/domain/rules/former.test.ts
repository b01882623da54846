import { expect, it } from 'vitest';
import { saysFormer } from '../people/former.ts';
import { runRule } from '../testing/build.ts';
import { governanceOwner } from './operations/governance-owner.ts';
import { INCIDENT_TYPES, incidentPlan } from './operations/incident-plan.ts';
import { policyContact } from './policy/contact.ts';
import { contentAccess } from './visibility/content-access.ts';

it.each([
  ['Dana Whit (former)', true],
  ['Dana Whit (former CFO)', true],
  ['Dana Whit, retired', true],
  ['Dana Whit – left in May', true],
  ['Ex-treasurer Dana Whit', true],
  ['Dana Whit (immediate past president)', false],
  ['Dana Whit (formation)', false],
  ['Rex Former', false],
  ['dana.whit@alder.example.org', false],
])('%s: %s', (text, former) => expect(saysFormer(text)).toBe(former));

it('someone whom the charter calls former neither approves nor can be called', () => {
  const former = 'Dana Whit (former)';
  const approvers = (second: string) =>
    runRule(
      contentAccess,
      { approvers: 2 },
      { charter: { contentAccess: { allowed: true, approvers: ['Noor Sal', second] } } },
    );
  expect(approvers('Dana Whit').state).toBe('pass');
  expect(approvers(former)).toMatchObject({
    state: 'fail',
    reason: expect.stringContaining('The charter itself says that Dana Whit (former) is no longer here'),
  });
  const types = INCIDENT_TYPES.map(({ id }) => id);
  const mail = 'dana.whit@alder.example.org';
  const plan = { types, contacts: [`${former}, ${mail}`], reviewed: '2026-11-01' };
  expect(runRule(incidentPlan, { days: 365 }, { charter: { incidentPlan: plan } })).toMatchObject({
    state: 'fail',
    reason: expect.stringMatching(/^According to the plan itself .* has left/),
  });
  const policy = { version: '2', published: '2026-10-01', contact: `${former}, ${mail}` };
  expect(runRule(policyContact, {}, { charter: { policy } }).code).toBe('policy.contact.former');
  const owners = {
    governanceOwner: { name: former, email: mail },
    governanceDeputy: { name: 'Noor Sal', email: 'noor.sal@alder.example.org' },
  };
  expect(runRule(governanceOwner, {}, { charter: owners }).code).toBe('operations.governance_owner.former');
});
