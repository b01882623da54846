import { expect, it } from 'vitest';
import { toolResolver } from './tools.ts';

it('treats the two spellings of a plugin\u2019s server as the same server', () => {
  const resolve = toolResolver({ connectors: [] }, {});
  const spelled = ['plugin:acme:member_crm', 'plugin_acme_member_crm', 'Plugin:Acme:Member_CRM'];
  expect(new Set(spelled.map((name) => resolve(name, null).connector))).toEqual(
    new Set(['plugin acme member crm']),
  );
  expect(resolve('crm:members', null).connector).toBe('crm:members');
});
