import { expect, it } from 'vitest';
import { typeWords } from '#domain/activity/type-words.ts';
import { loadCatalogue } from './load.ts';

it('reads types as people say them, also those that are not known', () => {
  const read = Object.entries({
    api_request: 'Model called',
    claude_file_uploaded: 'File uploaded',
    claude_code_runner_deleted: 'Claude Code runner deleted',
    org_sso_connection_activated: 'Organization single sign-on connection activated',
    org_cowork_auto_mode_enabled: 'Cowork auto mode switched on',
    rbac_role_created: 'Role created',
    seat_tier_changes_cancelled: 'Seat tier changes canceled',
    'vendor.new_thing': 'Vendor new thing',
  });
  for (const [type, words] of read) expect(typeWords(type), type).toBe(words);
});

it('leaves no abbreviation of the vendor’s in the name of any type that the catalogue knows', () => {
  const types = loadCatalogue().activityTypes.flatMap((one) => Object.keys(one.types));
  expect(types.length).toBeGreaterThan(400);
  for (const type of types)
    expect(typeWords(type)).not.toMatch(/\b(api|org|sso|mcp|ccr|scim|rbac|Api|Org|Sso|Mcp|Ccr)\b|_/);
});
