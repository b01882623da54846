import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyValue } from './copy-value.tsx';
import { Row, Stack } from './layout.tsx';
import { useReturnFocus } from './return-focus.ts';

interface SecretDialogProps {
  title: string;
  /** The new secret; null: the dialog is closed. */
  secret: string | null;
  /** For the copy button: "the token". */
  name: string;
  onClose: () => void;
  /** Where to put it, and who may have it. */
  children: ReactNode;
}

/** Shows a token or secret URL, for the only time. */
export function SecretDialog({ title, secret, name, onClose, children }: SecretDialogProps) {
  useReturnFocus(secret !== null);
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
