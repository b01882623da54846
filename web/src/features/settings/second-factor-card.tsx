import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { ROLE_WORDS, ROLES, type Role } from '../../../../src/domain/access/permissions.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { useProof } from '../account/proof.tsx';
import type { Settings } from './settings-page.tsx';

/** Roles that require a second factor. Someone without one has to set it up before anything else opens. */
export function SecondFactorCard({ settings: { secondFactor, version } }: { settings: Settings }) {
  const withProof = useProof();
  const [roles, setRoles] = useState<readonly Role[]>(secondFactor.roles);
  const saving = useSaving();
  const changed = [...roles].sort().join() !== [...secondFactor.roles].sort().join();
  const save = () =>
    saving.save(async () => {
      await withProof(() => calls.settings.setSecondFactor({ version, roles: [...roles] }));
      await done('Saved. It applies to each person from their next request.', api.settings.key());
    });
  return (
    <Card title="Second factor">
      <Stack
        as="form"
        gap="lg"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p>
          Anyone with one of these roles who signs in with only a password must set up a passkey or an
          authenticator app before doing anything else. Their tokens do not work until then. A sign-in
          provider counts as a second factor; whether it asks for one is configured there.
        </p>
        {ROLES.map((role) => {
          const always = secondFactor.always.includes(role);
          return (
            <Checkbox
              key={role}
              label={ROLE_WORDS[role].name}
              description={
                always ? 'Always, because this console can be reached from other machines' : undefined
              }
              disabled={always}
              checked={always || roles.includes(role)}
              onChange={({ currentTarget: { checked } }) =>
                setRoles(checked ? [...roles, role] : roles.filter((one) => one !== role))
              }
            />
          );
        })}
        <SaveBar saving={saving} changed={changed}>
          Save
        </SaveBar>
      </Stack>
    </Card>
  );
}
