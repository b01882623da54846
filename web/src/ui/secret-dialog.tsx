import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyValue } from './copy-value.tsx';
import { Row, Stack } from './layout.tsx';

interface SecretDialogProps {
  title: string;
  /** What was just made; null: nothing, and the dialog is closed. */
  secret: string | null;
  /** For the button that copies it: "the token". */
  name: string;
  onClose: () => void;
  /** Where to put it, and who may have it. */
  children: ReactNode;
}

/** A token or secret address, the only time that it is shown. */
export function SecretDialog({ title, secret, name, onClose, children }: SecretDialogProps) {
  return (
    <Modal opened={secret !== null} onClose={onClose} withCloseButton={false} title={title}>
      {secret === null ? null : (
        <Stack gap="lg">
          <p>It is shown only once.</p>
          <CopyValue value={secret} name={name} />
          {children}
          <Row>
            <Button variant="filled" onClick={onClose}>
              Done
            </Button>
          </Row>
        </Stack>
      )}
    </Modal>
  );
}
