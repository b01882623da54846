import { expect, it } from 'vitest';
import { operations } from '#app/operations.ts';
import { permissionsOf } from '#domain/access/permissions.ts';
import { nameOf } from './testing/input.ts';

/**
 * Of all operations that change something of a client, those that an auditor may call, and why each is none of the
 * client's facts. The door refuses every other one (everything-is-guarded.test.ts).
 */
const MAY_CALL: Readonly<Record<string, string>> = {
  'activity.answerText': 'refused to whoever the charter does not name as the one who answers',
  'conversations.look': 'reads no word of them; the record says who looked at whose, and why',
  'evidenceRoom.make': 'reads; the record says that it was made',
  'reminders.setMyAlerts': 'of which alerts they themselves are mailed',
};

it('an auditor reads and changes nothing of a client', () => {
  const held = permissionsOf(
    [{ client: 'here', effect: 'allow', role: 'auditor', permission: null }],
    'here',
  );
  const changing = operations().filter(
    ({ meta }) => meta.scope === 'client' && meta.audit !== null && held.has(meta.permission as never),
  );
  expect(changing.map(nameOf).sort(), 'name it in MAY_CALL, or ask for another permission').toEqual(
    Object.keys(MAY_CALL).sort(),
  );
  // What reads says so: nothing that an auditor may call changes without naming its record.
  const silent = operations().filter(
    ({ meta, method }) =>
      meta.scope === 'client' &&
      meta.audit === null &&
      method !== 'GET' &&
      held.has(meta.permission as never),
  );
  expect(silent.map(nameOf)).toEqual(['devices.lint', 'network.check']);
});
