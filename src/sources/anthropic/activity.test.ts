import { describe, expect, it } from 'vitest';
import { sharedCatalogue } from '../catalogue/testing/shared.ts';
import { activityReader } from './activity.ts';

const read = activityReader(sharedCatalogue());
const outcome = (fields: object) =>
  read(
    {
      id: 'activity_1',
      created_at: '2026-11-20T10:00:00Z',
      organization_uuid: null,
      actor: { type: 'admin_api_key_actor', admin_api_key_id: 'apikey_1' },
      ...fields,
    },
    new Date('2026-11-24T10:00:00Z'),
  )?.outcome;

describe('what came of an event', () => {
  it.each<[object, string | null]>([
    [{ type: 'compliance_api_accessed', status_code: 200 }, 'success'],
    [{ type: 'compliance_api_accessed', status_code: 403 }, 'rejected'],
    [{ type: 'compliance_api_accessed', status_code: 500 }, 'failure'],
    [{ type: 'compliance_api_accessed' }, null],
    [{ type: 'github_token_import', result: 'failed' }, 'failure'],
    [{ type: 'org_sso_toggled', enabled: false }, null],
    [{ type: 'claude_chat_access_failed' }, 'failure'],
  ])('%j: %s', (fields, expected) => expect(outcome(fields)).toBe(expected));
});
