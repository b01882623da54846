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

/** Devices that sign what their tests came to, and what such a signature shows. */
export function Devices({ slug, devices }: DevicesProps) {
  const mayRevoke = useMay('attestations.write');
  const [revoking, setRevoking] = useState<Device | null>(null);
  return (
    <>
      <h3>Devices that sign their tests</h3>
      <p className="muted measure">
        A device that is enrolled with the command below makes a key of its own and signs each test with it,
        so that a result counts once and at its time. That shows that the device’s key was used. It does not
        show that nobody who controls the device lied, nor on which network it was.
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
          await done('The device signs no more tests.', api.network.key());
          return true;
        }}
      >
        <p>
          The next tests of “{revoking?.name}” are refused, and of those that it signed nothing counts anymore
          that speaks for the network. To use it again, it is enrolled again.
        </p>
      </FormDialog>
    </>
  );
}
// Guide: G4.4-07
