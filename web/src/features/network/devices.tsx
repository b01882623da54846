import { Button } from '@mantine/core';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { When } from '../../ui/when.tsx';
import type { Network } from './words.ts';

type Device = Network['devices'][number];

interface DevicesProps {
  readonly slug: string;
  readonly devices: readonly Device[];
}

/** Devices that sign the results of their tests, and what such a signature shows. */
export function Devices({ slug, devices }: DevicesProps) {
  const mayRevoke = useMay('attestations.write');
  const [revoking, setRevoking] = useState<Device | null>(null);
  return (
    <>
      <h3>Devices that sign their tests</h3>
      <p className="muted measure">
        A device enrolled with the command below creates its own key and signs each test with it, so each
        result counts once and at its own time. The signature shows that the device’s key was used. It does
        not show that the person controlling the device was honest, or which network the device was on.
      </p>
      {devices.length === 0 ? null : (
        <Stack as="ul" gap="xs">
          {devices.map((device) => (
            <li key={device.id}>
              <Row justify="between" gap="md">
                <span className="wraps">
                  {device.name}
                  <span className="second">
                    Enrolled by {device.enrolledBy}, <When at={device.enrolledAt} inline />
                    {device.revokedAt === null ? null : (
                      <>
                        {' '}
                        · revoked by {device.revokedBy}, <When at={device.revokedAt} inline />
                      </>
                    )}
                  </span>
                </span>
                {mayRevoke && device.revokedAt === null ? (
                  <Button
                    size="xs"
                    onClick={() => setRevoking(device)}
                    aria-label={`Revoke the device ${device.name}`}
                  >
                    Revoke
                  </Button>
                ) : null}
              </Row>
            </li>
          ))}
        </Stack>
      )}
      <CopyValue
        value={`bylaw probe ${slug} --enroll "Head office laptop"`}
        name="the command that enrolls a device"
      />
      <FormDialog
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title="Revoke this device"
        submit="Revoke device"
        final
        onSubmit={async () => {
          if (revoking === null) return true;
          await calls.network.revokeDevice({ client: slug, networkDevice: revoking.id });
          await done('The device can no longer sign tests.', api.network.key());
          return true;
        }}
      >
        <p>
          The next tests of “{revoking?.name}” are refused, and past results it signed in the network’s favor
          no longer count. To use the device again, enroll it again.
        </p>
      </FormDialog>
    </>
  );
}
// Guide: G4.4-07
